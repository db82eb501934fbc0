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
    /// <summary>The listed markets, their prices bound together: ETHBTC is what ETHUSDT and BTCUSDT make it.</summary>
    public static IReadOnlyList<HouseMarket> Listed(long seed)
    {
        var btc = new PriceWalk(seed, "BTCUSDT", 60_000m);
        var eth = new PriceWalk(seed, "ETHUSDT", 3_000m);
        var bnb = new PriceWalk(seed, "BNBUSDT", 600m);
        return [.. Instrument.Listed.Select(instrument => instrument.Symbol switch
        {
            "BTCUSDT" => new HouseMarket(instrument, btc.At, 0.50m, 20_000m),
            "ETHUSDT" => new(instrument, eth.At, 0.05m, 12_000m),
            "BNBUSDT" => new(instrument, bnb.At, 0.02m, 6_000m),
            "ETHBTC" => new(instrument, at => eth.At(at) / btc.At(at), 0.00001m, 0.2m),
            var symbol => throw new UnreachableException($"Nobody quotes {symbol}."),
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
