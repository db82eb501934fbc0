using System.Text.Json;
using Platform.Domain.Markets;
using Platform.Domain.Values;
using Platform.Workers.Markets.Venues.Kraken;
using Platform.Workers.Markets.Venues.Wire;

namespace Platform.Workers.Markets.Venues.KrakenFutures;

/// <summary>What Kraken lists of derivatives (<c>instruments</c>, 2026-07). A contract is one unit of the base asset, or of an inverse one a dollar.</summary>
internal static class KrakenFuturesListing
{
    /// <summary>Null for indices, and for what the platform cannot name, such as tokenized shares (AAPLx).</summary>
    public static Instrument? InstrumentOf(VenueId venue, JsonElement listed)
    {
        if (IsInverse(listed.Text("type")) is not { } isInverse
            || !Symbol.TryFrom($"{KrakenNames.OursOf(listed.Text("base"))}-{listed.Text("quote")}", out var market))
            return null;

        var expires = listed.TimeOrNone("lastTradingTime");
        return new(
            venue, listed.Text("symbol"), market, expires is null ? InstrumentKind.Perpetual : InstrumentKind.Future,
            RulesOf(market, listed), listed.GetProperty("tradeable").GetBoolean(),
            // Linear ones may be backed by other assets; profit and loss are reckoned in what they are quoted in.
            new(listed.Decimal("contractSize"), isInverse, isInverse ? market.Base : market.Quote, expires));
    }

    /// <summary>Whether the venue counts what is traded in units of the base asset; of inverse contracts it counts dollars.</summary>
    public static bool CountsBase(Instrument instrument) => instrument.Derivative is not { IsInverse: true };

    private static bool? IsInverse(string type) => type switch
    {
        "futures_inverse" => true,
        "flexible_futures" or "futures_vanilla" => false,
        _ => null,
    };

    private static MarketRules RulesOf(Symbol market, JsonElement listed)
    {
        var (tick, step) = (listed.Decimal("tickSize"), StepOf((int)listed.Whole("contractValueTradePrecision")));
        return new(
            market, new(tick, Min: 0, Max: 0), new(Quantity.From(step), Quantity.From(step), Quantity.Zero),
            new(Quantity.Zero, Quantity.Zero, Quantity.Zero), NotionalRules.None, step.Scale, tick.Scale + step.Scale);
    }

    // Places after the point; below zero, zeros before it: -3 is thousands.
    private static decimal StepOf(int places)
    {
        var step = new decimal(1, 0, 0, isNegative: false, (byte)Math.Max(0, places));
        for (; places < 0; places++)
            step *= 10;
        return step;
    }
}
