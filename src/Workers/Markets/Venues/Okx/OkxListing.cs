using System.Text.Json;
using Platform.Domain.Markets;
using Platform.Domain.Values;
using Platform.Workers.Markets.Venues.Wire;

namespace Platform.Workers.Markets.Venues.Okx;

/// <summary>
/// What OKX lists (GET /api/v5/public/instruments and /api/v5/sprd/spreads, 2026-07). Quantities of derivatives are
/// contracts there, in rules, books and trades alike.
/// </summary>
internal static class OkxListing
{
    /// <summary>Null for what the platform cannot name.</summary>
    public static Instrument? InstrumentOf(VenueId venue, JsonElement listed)
    {
        var kind = KindOf(listed.Text("instType"));
        if (!Symbol.TryFrom(PairOf(listed, kind), out var market))
            return null;

        return new(
            venue, listed.Text("instId"), market, kind, RulesOf(market, listed), listed.Is("state", "live"),
            kind is InstrumentKind.Spot ? null : TermsOf(listed));
    }

    /// <summary>Two legs that trade as one; null for what the platform cannot name.</summary>
    public static Instrument? SpreadOf(VenueId venue, JsonElement listed) =>
        Symbol.TryFrom($"{listed.Text("baseCcy")}-{listed.Text("quoteCcy")}", out var market)
            ? new(venue, listed.Text("sprdId"), market, InstrumentKind.Spread, RulesOf(market, listed), listed.Is("state", "live"))
            : null;

    private static InstrumentKind KindOf(string type) => type switch
    {
        // Margin is another way to pay for the same spot market.
        "SPOT" or "MARGIN" => InstrumentKind.Spot,
        "SWAP" => InstrumentKind.Perpetual,
        "FUTURES" => InstrumentKind.Future,
        "OPTION" => InstrumentKind.Option,
        _ => throw new JsonException($"No such kind of instrument: {type}."),
    };

    private static string PairOf(JsonElement listed, InstrumentKind kind) => kind is InstrumentKind.Spot
        ? $"{listed.Text("baseCcy")}-{listed.Text("quoteCcy")}"
        : listed.TextOrNone("uly") ?? listed.Text("instFamily");

    // The maxima of market orders on spot are in USDT, and those by worth in USD, whatever the quote: the venue judges them.
    private static MarketRules RulesOf(Symbol market, JsonElement listed)
    {
        var (tick, lot) = (listed.Decimal("tickSz"), listed.Quantity("lotSz"));
        var largestAtMarket = listed.TextOrNone("ctType") is null && listed.TextOrNone("optType") is null
            ? Quantity.Zero
            : listed.QuantityOrZero("maxMktSz");
        return new(
            market,
            new(tick, Min: 0, Max: 0),
            new(lot, listed.Quantity("minSz"), listed.QuantityOrZero("maxLmtSz")),
            new(Quantity.Zero, Quantity.Zero, largestAtMarket),
            NotionalRules.None,
            lot.Value.Scale, tick.Scale + lot.Value.Scale);
    }

    private static DerivativeTerms TermsOf(JsonElement listed) => new(
        listed.Decimal("ctVal") * listed.Decimal("ctMult"),
        // Options have no contract type: they are settled in what they are on.
        listed.Is("ctType", "inverse") || listed.TextOrNone("optType") is not null,
        Asset.From(listed.Text("settleCcy")),
        listed.MillisecondsOrNone("expTime"),
        listed.PriceOrNone("stk"),
        listed.TextOrNone("optType") is { } option ? option is "C" : null);
}
