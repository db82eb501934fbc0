using System.Text.Json;
using Platform.Domain.Markets;
using Platform.Domain.Values;

namespace Platform.Workers.Markets.Venues.Binance;

/// <summary>Turns exchangeInfo's symbols and filters (filters.md, 2026-07) into rules.</summary>
internal sealed class BinanceExchangeConverter : ReadingConverter<BinanceExchange>
{
    protected override BinanceExchange Read(JsonElement element) => new(
        DateTimeOffset.FromUnixTimeMilliseconds(element.GetProperty("serverTime").GetInt64()),
        WeightPerMinute(element.GetProperty("rateLimits")),
        [.. element.GetProperty("symbols").EnumerateArray().Where(CanName).Select(MarketOf)]);

    private static int? WeightPerMinute(JsonElement limits)
    {
        foreach (var limit in limits.EnumerateArray())
            if (Is(limit, "rateLimitType", "REQUEST_WEIGHT") && Is(limit, "interval", "MINUTE")
                && limit.GetProperty("intervalNum").GetInt32() == 1)
                return limit.GetProperty("limit").GetInt32();
        return null;
    }

    private static bool CanName(JsonElement symbol) =>
        Asset.IsWellFormed(symbol.GetProperty("baseAsset").GetString())
        && Asset.IsWellFormed(symbol.GetProperty("quoteAsset").GetString());

    private static BinanceMarket MarketOf(JsonElement symbol)
    {
        var market = Symbol.Of(
            Asset.From(symbol.GetProperty("baseAsset").GetString() ?? string.Empty),
            Asset.From(symbol.GetProperty("quoteAsset").GetString() ?? string.Empty));

        return new(
            symbol.GetProperty("symbol").GetString() ?? string.Empty,
            Is(symbol, "status", "TRADING")
                && (!symbol.TryGetProperty("isSpotTradingAllowed", out var spot) || spot.GetBoolean()),
            RulesOf(market, symbol));
    }

    /// <summary>Of a listed market, of spot or of futures.</summary>
    internal static MarketRules RulesOf(Symbol market, JsonElement symbol)
    {
        var filters = symbol.GetProperty("filters").EnumerateArray()
            .ToDictionary(filter => filter.GetProperty("filterType").GetString() ?? string.Empty, StringComparer.Ordinal);
        var isSpot = symbol.TryGetProperty("quoteAssetPrecision", out var quotePrecision);
        return new(
            market,
            PriceRulesOf(filters.GetValueOrDefault("PRICE_FILTER")),
            QuantityRulesOf(filters.GetValueOrDefault("LOT_SIZE")),
            QuantityRulesOf(filters.GetValueOrDefault("MARKET_LOT_SIZE")),
            NotionalRulesOf(filters),
            symbol.GetProperty("baseAssetPrecision").GetInt32(),
            (isSpot ? quotePrecision : symbol.GetProperty("quotePrecision")).GetInt32(),
            // Of futures the corridor is around the mark, which is not known here.
            isSpot ? PercentPriceRulesOf(filters) : null)
        {
            Limits = isSpot ? LimitsOf(filters) : TradingLimits.None,
        };
    }

    private static TradingLimits LimitsOf(Dictionary<string, JsonElement> filters) => new(
        CountOf(filters.GetValueOrDefault("MAX_NUM_ORDERS"), "maxNumOrders"),
        CountOf(filters.GetValueOrDefault("MAX_NUM_ALGO_ORDERS"), "maxNumAlgoOrders"),
        filters.TryGetValue("MAX_POSITION", out var position) ? Quantity.From(DecimalOf(position, "maxPosition")) : null,
        FeeCurrency.Received);

    private static int? CountOf(JsonElement filter, string name) =>
        filter.ValueKind is JsonValueKind.Object && filter.TryGetProperty(name, out var member) ? member.GetInt32() : null;

    private static PercentPriceRules? PercentPriceRulesOf(Dictionary<string, JsonElement> filters)
    {
        if (filters.TryGetValue("PERCENT_PRICE_BY_SIDE", out var filter))
            return new(Corridor(filter, "bid"), Corridor(filter, "ask"), MinutesOf(filter));
        if (!filters.TryGetValue("PERCENT_PRICE", out filter))
            return null;
        PriceCorridor both = new(DecimalOf(filter, "multiplierDown"), DecimalOf(filter, "multiplierUp"));
        return new(both, both, MinutesOf(filter));
    }

    private static PriceCorridor Corridor(JsonElement filter, string side) =>
        new(DecimalOf(filter, $"{side}MultiplierDown"), DecimalOf(filter, $"{side}MultiplierUp"));

    private static PriceRules PriceRulesOf(JsonElement filter) =>
        new(DecimalOf(filter, "tickSize"), DecimalOf(filter, "minPrice"), DecimalOf(filter, "maxPrice"));

    private static QuantityRules QuantityRulesOf(JsonElement filter) => new(
        Quantity.From(DecimalOf(filter, "stepSize")), Quantity.From(DecimalOf(filter, "minQty")),
        Quantity.From(DecimalOf(filter, "maxQty")));

    // Older markets have MIN_NOTIONAL, newer ones NOTIONAL; the switches for market orders are spelled differently.
    private static NotionalRules NotionalRulesOf(Dictionary<string, JsonElement> filters)
    {
        if (filters.TryGetValue("NOTIONAL", out var filter))
            return NotionalRulesOf(filter, "applyMinToMarket");
        return filters.TryGetValue("MIN_NOTIONAL", out filter)
            ? NotionalRulesOf(filter, "applyToMarket")
            : NotionalRules.None;
    }

    private static NotionalRules NotionalRulesOf(JsonElement filter, string minSwitch)
    {
        // Futures call it shorter.
        var smallest = DecimalOf(filter, "minNotional") + DecimalOf(filter, "notional");
        var (min, max) = (Notional.From(smallest), Notional.From(DecimalOf(filter, "maxNotional")));
        return new(
            min, max,
            IsOn(filter, minSwitch) ? min : Notional.Zero,
            IsOn(filter, "applyMaxToMarket") ? max : Notional.Zero,
            MinutesOf(filter));
    }

    private static bool Is(JsonElement element, string name, string value) =>
        element.TryGetProperty(name, out var member) && member.ValueEquals(value);

    private static bool IsOn(JsonElement element, string name) =>
        element.TryGetProperty(name, out var member) && member.GetBoolean();

    private static int MinutesOf(JsonElement filter) => filter.TryGetProperty("avgPriceMins", out var minutes) ? minutes.GetInt32() : 0;

    // A filter or a member that is absent switches its rule off, as zero does.
    private static decimal DecimalOf(JsonElement filter, string name) =>
        filter.ValueKind is JsonValueKind.Object && filter.TryGetProperty(name, out var member)
            ? BinanceJson.ReadDecimal(member)
            : 0;
}
