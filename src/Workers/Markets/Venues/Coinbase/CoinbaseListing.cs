using System.Text.Json;
using Platform.Domain.Markets;
using Platform.Domain.Values;
using Platform.Workers.Markets.Venues.Wire;

namespace Platform.Workers.Markets.Venues.Coinbase;

/// <summary>
/// What Coinbase lists (GET /api/v3/brokerage/market/products, 2026-07). Quantities of futures are contracts there; a future
/// with a funding rate is a perpetual, whatever day its name holds.
/// </summary>
internal static class CoinbaseListing
{
    /// <summary>Null for what the platform cannot name.</summary>
    public static Instrument? InstrumentOf(VenueId venue, JsonElement product)
    {
        var isSpot = product.Is("product_type", "SPOT");
        var details = isSpot ? default : product.GetProperty("future_product_details");
        var name = isSpot ? product.TextOrNone("base_currency_id") : details.TextOrNone("contract_root_unit");
        if (!Symbol.TryFrom($"{name}-{product.TextOrNone("quote_currency_id")}", out var market))
            return null;

        var spot = new Instrument(
            venue, product.Text("product_id"), market, InstrumentKind.Spot, RulesOf(market, product, isSpot),
            IsTrading(product, isSpot));
        return isSpot ? spot : FutureOf(spot, details);
    }

    private static Instrument FutureOf(Instrument listed, JsonElement details)
    {
        var isPerpetual = details.TextOrNone("funding_rate") is not null;
        return listed with
        {
            Kind = isPerpetual ? InstrumentKind.Perpetual : InstrumentKind.Future,
            Derivative = new(
                details.Decimal("contract_size"), IsInverse: false, listed.Market.Quote,
                isPerpetual ? null : details.TimeOrNone("contract_expiry")),
        };
    }

    // The minimum of futures in quote units is zero, which switches the rule off here too.
    private static MarketRules RulesOf(Symbol market, JsonElement product, bool isSpot)
    {
        var (lot, quoteStep) = (product.Quantity("base_increment"), product.Decimal("quote_increment"));
        var (min, max) = (product.Notional("quote_min_size"), product.Notional("quote_max_size"));
        return new(
            market,
            new(product.DecimalOrNone("price_increment") ?? quoteStep, Min: 0, Max: 0),
            new(lot, product.Quantity("base_min_size"), product.Quantity("base_max_size")),
            new(Quantity.Zero, Quantity.Zero, Quantity.Zero),
            // Of a future a notional is price times contracts times contract size, which these rules do not reckon with.
            isSpot ? new(min, max, min, max) : NotionalRules.None,
            lot.Value.Scale, quoteStep.Scale);
    }

    private static bool IsTrading(JsonElement product, bool isSpot) =>
        !IsOn(product, "trading_disabled") && !IsOn(product, "is_disabled") && !IsOn(product, "view_only")
        && !IsOn(product, "cancel_only")
        && (isSpot
            ? product.Is("status", "online")
            : product.TryGetProperty("fcm_trading_session_details", out var session)
                && session.ValueKind is JsonValueKind.Object && IsOn(session, "is_session_open"));

    private static bool IsOn(JsonElement element, string name) =>
        element.TryGetProperty(name, out var member) && member.ValueKind is JsonValueKind.True;
}
