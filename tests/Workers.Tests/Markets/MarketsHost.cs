using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Platform.Domain.Markets;
using Platform.Domain.Values;
using Platform.Workers.Markets;
using Platform.Workers.Markets.Registry;
using Platform.Workers.Markets.Venues;
using Platform.Workers.Markets.Venues.Binance;

namespace Platform.Workers.Tests.Markets;

/// <summary>The room as the platform registers it, pointed at one venue.</summary>
internal static class MarketsHost
{
    public const string ApiKey = "vmPUZE6mv9SD5VNHk4HlWFsOr6aKE2zvsw0MuIgwCIPy6utIco14y7Ju91duEh8A";
    public const string ApiSecret = "NhqPtmdSJYdKjVHjA7PZj4Mge3R5YNiP1e3UZjInClVN65XAbvqqM6A7H5fATj0j";

    public static IHost For(
        Uri venue, TimeProvider? time = null, string apiKey = ApiKey, string apiSecret = ApiSecret,
        string callTimeout = "00:00:05", ILoggerProvider? log = null, params (string Name, string Value)[] settings)
    {
        var host = Sealed(venue, time, callTimeout, log, settings);
        host.Services.GetRequiredService<VenueAccess>().Replace(Credentials(apiKey, apiSecret));
        return host;
    }

    /// <summary>The same while nobody knows whether there are credentials.</summary>
    public static IHost Sealed(
        Uri venue, TimeProvider? time = null, string callTimeout = "00:00:05", ILoggerProvider? log = null,
        params (string Name, string Value)[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Platform:Venue:RestUrl"] = venue.ToString(),
            ["Platform:Venue:StreamUrl"] = new UriBuilder(venue) { Scheme = "ws" }.Uri.ToString(),
            ["Platform:Venue:CallTimeout"] = callTimeout,
        });
        builder.Configuration.AddInMemoryCollection(
            settings.Select(setting => KeyValuePair.Create(setting.Name, (string?)setting.Value)));
        if (time is not null)
            builder.Services.AddSingleton(time);
        if (log is not null)
            builder.Logging.SetMinimumLevel(LogLevel.Trace).AddProvider(log);
        builder.AddMarkets();
        var host = builder.Build();
        Know(host);
        return host;
    }

    /// <summary>From now on this host knows that these and no others are stopped, and does not have to hear it again.</summary>
    public static void Know(IHost host, params Killable[] killed)
    {
        var time = host.Services.GetService<TimeProvider>()!;
        host.Services.GetRequiredService<KillSwitches>().Know(
            killed.ToDictionary(killable => killable, _ => "A test."), time.GetTimestamp() + (3600 * time.TimestampFrequency));
    }

    /// <summary>The public side of the home venue.</summary>
    public static IVenueMarketData MarketData(IHost host) => Parts(host).MarketData;

    /// <summary>What the home venue's connector can do.</summary>
    public static VenueParts Parts(IHost host) => host.Services.GetRequiredService<ConnectedVenues>().Home.Parts;

    /// <summary>The money of the account at the home venue, which is Binance unless the configuration says otherwise.</summary>
    public static BinanceWallet Wallet(IHost host) => (BinanceWallet)Parts(host).Account!;

    /// <summary>What Binance's connector makes of the home venue, under the contract.</summary>
    public static BinanceRest Rest(IServiceProvider services) => new(services.GetRequiredService<ConnectedVenues>().Home.Link);

    public static BinanceUserStream UserStream(IServiceProvider services) =>
        new(Rest(services), services.GetRequiredService<ConnectedVenues>().Home.Link);

    /// <summary>What a venue lists, with no rule to speak of.</summary>
    public static Instrument Listed(string market, string venueSymbol, string venue = "paper") => new(
        VenueId.From(venue), venueSymbol, Symbol.From(market), InstrumentKind.Spot,
        new(
            Symbol.From(market), new(0, 0, 0), new(Quantity.Zero, Quantity.Zero, Quantity.Zero),
            new(Quantity.Zero, Quantity.Zero, Quantity.Zero), NotionalRules.None, 8, 8),
        IsTrading: true);

    /// <summary>As they come out of the vault.</summary>
    /// <returns>Null when either is empty.</returns>
    public static VenueCredentials? Credentials(string apiKey = ApiKey, string apiSecret = ApiSecret) =>
        VenueCredentials.Parse(JsonSerializer.SerializeToUtf8Bytes(new { apiKey, secretKey = apiSecret }));
}
