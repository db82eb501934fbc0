using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Platform.Domain.Markets;
using Platform.Projections;
using Platform.Workers.Markets;
using Platform.Workers.Markets.History;

namespace Platform.Workers.Tests.Markets;

/// <summary>The room and its history as the platform registers them, with venues on loopback that list BTC-USDT; nothing runs by itself.</summary>
internal static class HealingHost
{
    public const string Instruments =
        """
        {"serverTime":1,"rateLimits":[],"symbols":[{"symbol":"BTCUSDT","status":"TRADING","baseAsset":"BTC",
         "baseAssetPrecision":8,"quoteAsset":"USDT","quoteAssetPrecision":8,"filters":[]}]}
        """;

    /// <summary>Bars as Binance tells minutes.</summary>
    public static string KlinesOf(IEnumerable<Bar> minutes) => $"[{string.Join(',', minutes.Select(bar => string.Create(
        CultureInfo.InvariantCulture,
        $"""[{bar.Start.ToUnixTimeMilliseconds()},"{bar.Prices!.Value.Open}","{bar.Prices.Value.High}","{bar.Prices.Value.Low}","{bar.Prices.Value.Close}","{bar.Volume}",{bar.Start.ToUnixTimeMilliseconds() + 59_999},"1",1,"1","1","0"]""")))}]";

    /// <param name="peers">Venues beside the home venue, which is called paper; all speak as Binance does.</param>
    public static async Task<IHost> MakeAsync(LoopbackVenue venue, MarketRows rows, TimeProvider time, params string[] peers)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        foreach (var section in peers.Select(peer => $"Platform:Venues:{peer}").Prepend("Platform:Venue"))
            builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
            {
                [$"{section}:Connector"] = "binance", [$"{section}:RestUrl"] = venue.Address.ToString(),
                [$"{section}:StreamUrl"] = "ws://127.0.0.1:9", [$"{section}:Watch:0"] = "BTC-USDT",
            });
        builder.Services.AddSingleton(time);
        builder.Services.AddPlatformStore(rows.Connection);
        builder.AddMarkets();
        builder.AddMarketHistory();
        var host = builder.Build();
        var (catalog, cancel) = (host.Services.GetRequiredService<MarketCatalog>(), TestContext.Current.CancellationToken);
        await catalog.StartAsync(cancel);
        foreach (var each in host.Services.GetRequiredService<ConnectedVenues>().All)
            await catalog.ReadyAsync(each.Venue).WaitAsync(TimeSpan.FromSeconds(60), cancel);
        await catalog.StopAsync(cancel);
        return host;
    }
}
