using JasperFx.CommandLine;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Platform.Tests.Support;

[assembly: AssemblyFixture(typeof(Platform.Api.Tests.PlatformHost))]

namespace Platform.Api.Tests;

/// <summary>
/// The platform as it starts in production, on a port, a PostgreSQL database and a venue of its own; one for all tests
/// that trade. Each test opens its own pool, so none sees another's.
/// </summary>
public sealed class PlatformHost : WebApplicationFactory<Program>, IAsyncLifetime
{
    public const string Email = "demo@platform.test";
    public const string Password = "canary-password-7f3a";

    private static readonly TimeSpan StartDeadline = TimeSpan.FromSeconds(120);

    private readonly string folder = Directory.CreateTempSubdirectory("platform-").FullName;
    private readonly AnsweredProblems problems = new();

    public PaperVenueProcess Venue { get; } = new();

    /// <summary>How to connect to the platform's database.</summary>
    public string Connection { get; private set; } = "";

    public string KeyFolder => Path.Combine(folder, "keys");

    /// <summary>Where letters lie, for there is no mail server.</summary>
    public string MailFolder => Path.Combine(folder, "mail");

    public Uri Address => new(Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    /// <summary>Without a token.</summary>
    public HttpClient Anyone { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        await Venue.InitializeAsync();
        Connection = await TestDatabase.CreateAsync("api");
        KeyEncryptionKey.MakeIn(KeyFolder);
        JasperFxEnvironment.AutoStartHost = true;
        UseKestrel();
        StartServer();
        Anyone = new() { BaseAddress = Address };
        await Eventually.IsTrueAsync("the platform is ready", StartDeadline, IsReadyAsync, CancellationToken.None);
    }

    /// <summary>Whoever holds the token.</summary>
    public HttpClient ClientWith(string token)
    {
        var client = new HttpClient { BaseAddress = Address };
        client.DefaultRequestHeaders.Authorization = new("Bearer", token);
        return client;
    }

    public override async ValueTask DisposeAsync()
    {
        Anyone.Dispose();
        var undeclared = problems.Undeclared(Services.GetRequiredService<EndpointDataSource>());
        problems.Dispose();
        await base.DisposeAsync();
        await Venue.DisposeAsync();
        await TestDatabase.DropAsync(Connection);
        Directory.Delete(folder, recursive: true);
        Assert.Empty(undeclared);
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        foreach (var (name, value) in PlatformSettings.For(Connection, Venue, KeyFolder, Email, Password))
            builder.UseSetting(name, value);
        builder.UseUrls("http://127.0.0.1:0");
        builder.ConfigureLogging(logging => logging.ClearProviders());
    }

    private async Task<bool> IsReadyAsync(CancellationToken cancel)
    {
        using var answer = await Anyone.GetAsync("/health/ready", cancel);
        using var price = await Anyone.GetAsync("/v1/markets/BTC-USDT/ticker", cancel);
        return answer.IsSuccessStatusCode && price.IsSuccessStatusCode;
    }
}

/// <summary>What the platform has to be told to run.</summary>
public static class PlatformSettings
{
    public static IReadOnlyDictionary<string, string> For(
        string connection, PaperVenueProcess venue, string keyFolder, string email, string password) => new Dictionary<string, string>
        {
            ["Platform:Postgres"] = connection,
            ["Platform:Venue:RestUrl"] = venue.Address.ToString(),
            ["Platform:Venue:StreamUrl"] = new UriBuilder(venue.Address) { Scheme = "ws" }.Uri.ToString(),
            ["Platform:Venue:KeyFile"] = venue.KeyFile,
            ["Platform:KeyFolder"] = keyFolder,
            ["Platform:Demo:Email"] = email,
            ["Platform:Demo:Password"] = password,
        };
}
