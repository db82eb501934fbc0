using System.Diagnostics;
using Platform.PaperVenue.Matching;

namespace Platform.PaperVenue.Liquidity;

/// <summary>How the house trades one market.</summary>
/// <param name="FairPrice">By Unix milliseconds, in quote units.</param>
/// <param name="Grid">Distance of the house's price levels; a multiple of the tick.</param>
/// <param name="LevelNotional">Usual worth of the level nearest to the price, in quote units.</param>
public sealed record HouseMarket(
    Instrument Instrument, Func<long, decimal> FairPrice, decimal Grid, decimal LevelNotional)
{
    // By asset, in USDT: the price that it returns to, and how it is quoted.
    private static readonly Dictionary<string, (decimal Anchor, decimal Grid, decimal LevelNotional)> Quoted =
        new(StringComparer.Ordinal)
        {
            ["BTC"] = (60_000m, 0.50m, 20_000m),
            ["ETH"] = (3_000m, 0.05m, 12_000m),
            ["BNB"] = (600m, 0.02m, 6_000m),
            ["SOL"] = (150m, 0.01m, 7_000m),
            ["XRP"] = (0.6m, 0.0001m, 5_000m),
            ["DOGE"] = (0.15m, 0.00001m, 3_000m),
            ["ADA"] = (0.5m, 0.0001m, 2_500m),
            ["LINK"] = (15m, 0.002m, 2_000m),
            ["AVAX"] = (30m, 0.003m, 1_800m),
            ["LTC"] = (80m, 0.01m, 1_500m),
            ["DOT"] = (6m, 0.001m, 1_000m),
        };

    /// <summary>The listed markets, their prices bound together: ETHBTC is what ETHUSDT and BTCUSDT make it.</summary>
    public static IReadOnlyList<HouseMarket> Listed(long seed)
    {
        var walks = Quoted.ToDictionary(
            each => each.Key, each => new PriceWalk(seed, each.Key + "USDT", each.Value.Anchor), StringComparer.Ordinal);
        return [.. Instrument.Listed.Select(instrument => instrument.QuoteAsset switch
        {
            "USDT" => new HouseMarket(
                instrument, walks[instrument.BaseAsset].At, Quoted[instrument.BaseAsset].Grid, Quoted[instrument.BaseAsset].LevelNotional),
            "BTC" => new(instrument, at => walks[instrument.BaseAsset].At(at) / walks["BTC"].At(at), 0.00001m, 0.2m),
            var quote => throw new UnreachableException($"Nobody quotes in {quote}."),
        })];
    }

    /// <summary>A market that a recording brings along.</summary>
    /// <param name="first">The first recorded price; the invented past leads up to it.</param>
    /// <param name="start">Unix milliseconds of the first step by the venue's clock.</param>
    public static HouseMarket Recorded(Instrument instrument, decimal first, long start, long seed)
    {
        var walk = new PriceWalk(seed, instrument.Symbol, first);
        var offset = walk.At(start);
        var grid = Math.Max(instrument.TickSize, instrument.FloorToTick(first / 10_000));
        return new(instrument, at => walk.At(at) * first / offset, grid, first * 10);
    }
}
