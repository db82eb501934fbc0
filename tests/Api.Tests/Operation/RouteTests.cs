using Platform.Tests.Support;
using System.Text.Json.Nodes;
using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;
using Platform.Api.Identity;
using Platform.Domain.Identity;

namespace Platform.Api.Tests.Operation;

/// <summary>What holds for every route, whoever adds one.</summary>
public sealed partial class RouteTests(PlatformHost platform)
{
    /// <summary>All that may be asked without signing in; a new one is a decision, made here.</summary>
    private static readonly string[] Anonymous =
    [
        "/docs", "/health/live", "/health/ready", "/hub", "/openapi/", "/v1/auth/sign-in", "/v1/auth/register", "/v1/auth/recover", "/v1/auth/verify", "/v1/auth/passkey",
        "/v1/gaps", "/v1/series", "/v1/markets", "/v1/assets", "/v1/heatmap", "/platform-api/{keyName}/v1/markets", "/platform-api/{keyName}/v1/assets",
        "/platform-api/{keyName}/v1/heatmap", "/{*path",
        "/v1/exchanges", "/platform-api/{keyName}/v1/exchanges", "/v1/chains", "/platform-api/{keyName}/v1/chains",
        "/v1/countries", "/platform-api/{keyName}/v1/countries",
    ];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private IEnumerable<RouteEndpoint> Routes =>
        platform.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();

    [Fact]
    public void Every_route_states_what_it_takes()
    {
        Assert.NotEmpty(Routes);
        Assert.All(Routes, route => Assert.NotNull(route.Metadata.GetMetadata<Permission>()));
        Assert.All(
            Routes.Where(route => route.Metadata.GetMetadata<Permission>() is { Tier: TokenTier.None }),
            route => Assert.Contains(Anonymous, prefix => PathOf(route).StartsWith(prefix, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Platform_does_not_start_with_a_route_that_states_nothing()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Services.AddSignalR();
        await using var app = builder.Build();
        app.MapHub<Careless>("/careless").Requires(OpenPermissions.Connect);
        app.MapGet("/declared", () => "").Requires(OpenPermissions.ReadHealth);
        app.MapGet("/undeclared", () => "");
        app.MapGet("/whose", () => "").Requires(PoolPermissions.ReadTrading);

        var error = Assert.Throws<InvalidOperationException>(app.VerifyEveryEndpointDeclaresItsPermission);

        Assert.Contains("/undeclared", error.Message, StringComparison.Ordinal);
        Assert.Contains("/whose", error.Message, StringComparison.Ordinal);
        Assert.Contains("Careless.Undeclared; Careless.Misspelled; Careless.Whose", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Careless.Declared", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("/declared", error.Message.Replace("/undeclared", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Description_is_valid_and_holds_every_route()
    {
        await using var body = await platform.Anyone.GetStreamAsync("/openapi/v1.json", Cancel);
        using var copy = new MemoryStream();
        await body.CopyToAsync(copy, Cancel);
        copy.Position = 0;

        var (document, diagnostic) = await OpenApiDocument.LoadAsync(copy, "json", settings: null, Cancel);

        Assert.Empty(diagnostic!.Errors);
        var described = document!.Paths.SelectMany(path => path.Value.Operations!.Keys.Select(method => $"{method} {path.Key}")).ToHashSet();
        var routes = Routes.Where(route => PathOf(route).StartsWith("/v1/", StringComparison.Ordinal)).SelectMany(route =>
            route.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Select(method =>
                $"{method} {Constraint().Replace(PathOf(route), "}").TrimEnd('/')}")).ToHashSet();
        Assert.InRange(routes.Count, 14, int.MaxValue);
        Assert.All(document.Paths.SelectMany(path => path.Value.Operations!.Values), operation =>
        {
            Assert.NotNull(operation.Summary ?? operation.OperationId ?? operation.Tags?.First().Name);
            Assert.Contains("500", operation.Responses!.Keys);
        });
        Assert.All(document.Paths, path => Assert.All(path.Value.Operations!.Values, operation => Assert.Equal(
            Part().Matches(path.Key).Select(part => part.Groups["name"].Value).Order(),
            (operation.Parameters ?? []).Where(known => known.In is ParameterLocation.Path).Select(known => known.Name!).Order())));
        Assert.Equal(routes.Order(), described.Select(path => path.TrimEnd('/')).Order());
    }

    [Fact]
    public async Task App_was_generated_from_this_very_description()
    {
        var served = JsonNode.Parse(await platform.Anyone.GetStringAsync("/openapi/v1.json", Cancel));
        var used = JsonNode.Parse(await File.ReadAllTextAsync(RepositoryRoot.Combine("src", "Web", "openapi.json"), Cancel));

        Assert.True(
            JsonNode.DeepEquals(served, used), "Save /openapi/v1.json as src/Web/openapi.json and run \"npm run generate\" there.");
    }

    [Fact]
    public async Task Page_for_people_loads_nothing_from_outside()
    {
        using var answer = await platform.Anyone.GetAsync("/docs/", Cancel);
        var page = await answer.Content.ReadAsStringAsync(Cancel);

        Assert.Equal((HttpStatusCode.OK, "text/html"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        var sources = Source().Matches(page).Select(match => match.Groups["address"].Value).ToList();
        Assert.NotEmpty(sources);
        foreach (var source in sources)
        {
            Assert.DoesNotContain("//", source, StringComparison.Ordinal);
            using var loaded = await platform.Anyone.GetAsync(new Uri(new Uri(platform.Address, "/docs/"), source), Cancel);
            Assert.Equal(HttpStatusCode.OK, loaded.StatusCode);
        }
        Assert.All(
            Assert.Single(answer.Headers.GetValues("Content-Security-Policy")).Split("; "),
            rule => Assert.DoesNotMatch("https?:|\\*", rule));
    }

    [Theory]
    [InlineData("/health/live", 200)]
    [InlineData("/v1/pools", 401)]
    [InlineData("/v1/markets/BTC-USDT/book?limit=none", 400)]
    [InlineData("/v1/nothing/there", 404)]
    [InlineData("/openapi/v1.json", 200)]
    public async Task Every_answer_tells_browsers_what_they_may_do_and_names_its_ray(string path, int status)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("Origin", "https://elsewhere.example");
        using var answer = await platform.Anyone.SendAsync(request, Cancel);

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Contains("default-src 'self'", Assert.Single(answer.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("no-referrer", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
        Assert.Matches("^[0-9a-f]{32}-[0-9a-f]{4}$", Assert.Single(answer.Headers.GetValues("X-Ray-Id")));
        Assert.False(answer.Headers.Contains("Server"));
        Assert.DoesNotContain(answer.Headers, header => header.Key.StartsWith("Access-Control-", StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("https://elsewhere.example")]
    [InlineData("null")]
    [InlineData("http://127.0.0.1.elsewhere.example")]
    [InlineData("http://127.0.0.1")]
    [InlineData("*")]
    public async Task Attack_25_page_of_another_origin_is_not_let_in(string origin)
    {
        using var request = new HttpRequestMessage(HttpMethod.Options, "/v1/pools");
        request.Headers.TryAddWithoutValidation("Origin", origin);
        request.Headers.Add("Access-Control-Request-Method", "GET");
        request.Headers.Add("Access-Control-Request-Headers", "authorization");
        using var answer = await platform.Anyone.SendAsync(request, Cancel);

        Assert.False(answer.IsSuccessStatusCode);
        Assert.DoesNotContain(answer.Headers, header => header.Key.StartsWith("Access-Control-", StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("DELETE", "/v1/pools", 405, "method_not_allowed")]
    [InlineData("GET", "/v1/nothing/there", 404, "not_found")]
    [InlineData("GET", "/v1/auth/sign-in", 405, "method_not_allowed")]
    public async Task What_is_not_there_is_a_problem_too(string method, string path, int status, string code)
    {
        using var trader = await Trader.OpenAsync(platform);
        using var request = new HttpRequestMessage(new(method), path);
        using var answer = await trader.Http.SendAsync(request, Cancel);

        await Problem.ExpectAsync(answer, status, code);
    }

    private static string PathOf(RouteEndpoint route) => $"/{route.RoutePattern.RawText!.TrimStart('/')}";

    public sealed class Careless : Hub
    {
        [Requires("push.connect")]
        public void Declared() => Context.Abort();

        public void Undeclared() => Context.Abort();

        [Requires("push.conect")]
        public void Misspelled() => Context.Abort();

        [Requires("trading.read")]
        public void Whose() => Context.Abort();

        public override Task OnConnectedAsync() => Task.CompletedTask;
    }

    [GeneratedRegex(@"\{(?<name>\w+)", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Part();

    [GeneratedRegex(":[a-z]+}", RegexOptions.NonBacktracking)]
    private static partial Regex Constraint();

    [GeneratedRegex("(src|href)=\"(?<address>[^\"]+)\"", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Source();
}
