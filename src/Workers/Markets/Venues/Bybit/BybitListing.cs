using System.Text.Json;
using Platform.Domain.Markets;
using Platform.Domain.Values;
using Platform.Workers.Markets.Venues.Wire;

namespace Platform.Workers.Markets.Venues.Bybit;

/// <summary>
/// What Bybit lists (GET /v5/market/instruments-info, 2026-07). The venue has a category for each way of settling, and the
/// same symbol may be in several. Quantities of inverse contracts are units of the quote asset there.
/// </summary>
internal static class BybitListing
{
    public const string Spot = "spot";
    public const string Linear = "linear";
    public const string Inverse = "inverse";

    public static string CategoryOf(Instrument instrument) => instrument.Derivative switch
    {
        null => Spot,
        { IsInverse: true } => Inverse,
        _ => Linear,
    };

    /// <summary>Null for what the platform cannot name.</summary>
    public static Instrument? InstrumentOf(VenueId venue, string category, JsonElement listed)
    {
        var quote = listed.Text("quoteCoin");
        if (!Symbol.TryFrom($"{listed.Text("baseCoin")}-{quote}", out var market))
            return null;

        var isSpot = category is Spot;
        return new(
            venue, listed.Text("symbol"), market, isSpot ? InstrumentKind.Spot : KindOf(listed.Text("contractType")),
            isSpot ? SpotRulesOf(market, listed) : ContractRulesOf(market, listed), listed.Is("status", "Trading"),
            isSpot
                ? null
                : new(
                    ContractSize: 1, category is Inverse, Asset.From(listed.TextOrNone("settleCoin") ?? quote),
                    listed.MillisecondsOrNone("deliveryTime")));
    }

    private static InstrumentKind KindOf(string type) => type switch
    {
        "LinearPerpetual" or "InversePerpetual" => InstrumentKind.Perpetual,
        "LinearFutures" or "InverseFutures" => InstrumentKind.Future,
        _ => throw new JsonException($"No such contract: {type}."),
    };

    private static MarketRules SpotRulesOf(Symbol market, JsonElement listed)
    {
        var lot = listed.GetProperty("lotSizeFilter");
        var (step, quoteStep) = (lot.Quantity("basePrecision"), lot.Decimal("quotePrecision"));
        var min = lot.Notional("minOrderAmt");
        var max = Notional.From(lot.DecimalOrNone("maxOrderAmt") ?? 0);
        return new(
            market, new(listed.GetProperty("priceFilter").Decimal("tickSize"), Min: 0, Max: 0),
            new(step, lot.Quantity("minOrderQty"), LargestOf(lot, "maxLimitOrderQty")),
            new(Quantity.Zero, Quantity.Zero, LargestOf(lot, "maxMarketOrderQty")),
            new(min, max, min, max), step.Value.Scale, quoteStep.Scale);
    }

    private static MarketRules ContractRulesOf(Symbol market, JsonElement listed)
    {
        var (price, lot) = (listed.GetProperty("priceFilter"), listed.GetProperty("lotSizeFilter"));
        var (tick, step) = (price.Decimal("tickSize"), lot.Quantity("qtyStep"));
        var min = Notional.From(lot.DecimalOrNone("minNotionalValue") ?? 0);
        return new(
            market, new(tick, price.DecimalOrNone("minPrice") ?? 0, price.DecimalOrNone("maxPrice") ?? 0),
            new(step, lot.Quantity("minOrderQty"), lot.QuantityOrZero("maxOrderQty")),
            new(Quantity.Zero, Quantity.Zero, lot.QuantityOrZero("maxMktOrderQty")),
            new(min, Notional.Zero, min, Notional.Zero), step.Value.Scale, tick.Scale + step.Value.Scale);
    }

    // The name of the maximum differs between kinds of orders since 2025; before there was one for all.
    private static Quantity LargestOf(JsonElement lot, string name) =>
        lot.TextOrNone(name) is null ? lot.QuantityOrZero("maxOrderQty") : lot.Quantity(name);
}
