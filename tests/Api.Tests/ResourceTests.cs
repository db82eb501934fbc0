using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Platform.Api.Tests;

/// <summary>What single things and endpoints on their way out say of themselves in headers.</summary>
public sealed class ResourceTests(PlatformHost platform)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Thing_that_did_not_change_is_not_sent_again()
    {
        using var trader = await Trader.OpenAsync(platform);
        var (id, _) = await trader.PlaceAsync(await trader.RestingOrderAsync());
        await trader.OrderWhenAsync(id, "working");
        var path = $"{trader.Path}/orders/{id}";

        using var first = await trader.Http.GetAsync(path, Cancel);
        var tag = first.Headers.ETag!;
        Assert.False(tag.IsWeak);
        foreach (var known in (string[])[tag.ToString(), $"\"other\", {tag}", $"W/{tag}", "*"])
        {
            using var again = await AskAsync(trader.Http, path, known);
            Assert.Equal((HttpStatusCode.NotModified, 0), (again.StatusCode, (await again.Content.ReadAsByteArrayAsync(Cancel)).Length));
            Assert.Equal(tag, again.Headers.ETag);
        }

        using var canceled = await trader.CancelAsync(id);
        await trader.OrderWhenAsync(id, "canceled");
        using var changed = await AskAsync(trader.Http, path, tag.ToString());
        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
        Assert.NotEqual(tag, changed.Headers.ETag);
        Assert.Equal("no-cache, private", changed.Headers.CacheControl?.ToString());
    }

    [Fact]
    public async Task Thing_without_a_version_is_named_by_its_bytes()
    {
        using var first = await platform.Anyone.GetAsync($"/v1/markets/{Trader.Market}/book", Cancel);

        Assert.False(first.Headers.ETag!.IsWeak);
        using var other = await AskAsync(platform.Anyone, $"/v1/markets/{Trader.Market}/book", "\"other\"");
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
    }

    [Fact]
    public async Task Endpoint_that_will_go_says_when_and_where_to_go_instead_in_every_answer()
    {
        var since = new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var app = builder.Build();
        app.UseDeprecation();
        app.MapGet("/old", (bool fails) => fails ? Results.NotFound() : Results.Ok())
            .Deprecated(new(since, since.AddYears(1), "/new"));
        app.MapGet("/new", () => Results.Ok());
        await app.StartAsync(Cancel);
        using var client = new HttpClient { BaseAddress = new(app.Urls.Single()) };

        foreach (var fails in (bool[])[false, true])
        {
            using var old = await client.GetAsync($"/old?fails={fails}", Cancel);
            Assert.Equal(
                ($"@{since.ToUnixTimeSeconds()}", since.AddYears(1).ToString("R", CultureInfo.InvariantCulture), "</new>; rel=\"successor-version\""),
                (Header(old, "Deprecation"), Header(old, "Sunset"), Header(old, "Link")));
        }
        using var current = await client.GetAsync("/new", Cancel);
        Assert.False(current.Headers.Contains("Deprecation"));
    }

    private static string Header(HttpResponseMessage answer, string name) => Assert.Single(answer.Headers.GetValues(name));

    private static async Task<HttpResponseMessage> AskAsync(HttpClient http, string path, string known)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("If-None-Match", known);
        return await http.SendAsync(request, Cancel);
    }
}
