using System.Text.Json;
using Platform.PaperVenue.Matching;

namespace Platform.PaperVenue.Protocol;

/// <summary>Whether the venue is there, what time it has, and the rules it trades by.</summary>
public sealed class GeneralOperations(MarketLookup markets, WeightLimit limit)
{
    private static readonly string[] OrderTypes = ["LIMIT", "LIMIT_MAKER", "MARKET"];
    private static readonly string[] PreventionModes = ["NONE", "EXPIRE_TAKER", "EXPIRE_MAKER", "EXPIRE_BOTH"];

    public IEnumerable<Operation> All =>
    [
        Operation.Public("/api/v3/ping", "ping", 1, Ping),
        Operation.Public("/api/v3/time", "time", 1, Time),
        Operation.Public("/api/v3/exchangeInfo", "exchangeInfo", 20, ExchangeRules),
    ];

    private static void Ping(OperationCall call)
    {
        call.Json.WriteStartObject();
        call.Json.WriteEndObject();
    }

    private static void Time(OperationCall call)
    {
        call.Json.WriteStartObject();
        call.Json.WriteNumber("serverTime", call.Now);
        call.Json.WriteEndObject();
    }

    private void ExchangeRules(OperationCall call)
    {
        var chosen = (call.Parameters.Symbols()?.Select(markets.Find) ?? markets.All).ToList();
        var json = call.Json;
        json.WriteStartObject();
        json.WriteString("timezone", "UTC");
        json.WriteNumber("serverTime", call.Now);
        json.WriteStartArray("rateLimits");
        limit.WriteRule(json);
        json.WriteEndArray();
        json.WriteStartArray("exchangeFilters");
        json.WriteEndArray();
        json.WritePropertyName("symbols");
        json.WriteList(chosen, WriteSymbol);
        json.WriteEndObject();
    }

    private static void WriteSymbol(Utf8JsonWriter json, Instrument instrument)
    {
        json.WriteStartObject();
        json.WriteString("symbol", instrument.Symbol);
        json.WriteString("status", "TRADING");
        json.WriteString("baseAsset", instrument.BaseAsset);
        json.WriteNumber("baseAssetPrecision", Instrument.Decimals);
        json.WriteString("quoteAsset", instrument.QuoteAsset);
        json.WriteNumber("quotePrecision", Instrument.Decimals);
        json.WriteNumber("quoteAssetPrecision", Instrument.Decimals);
        json.WriteNumber("baseCommissionPrecision", Instrument.Decimals);
        json.WriteNumber("quoteCommissionPrecision", Instrument.Decimals);
        WriteWords(json, "orderTypes", OrderTypes);
        json.WriteBoolean("icebergAllowed", false);
        json.WriteBoolean("ocoAllowed", false);
        json.WriteBoolean("otoAllowed", false);
        json.WriteBoolean("opoAllowed", false);
        json.WriteBoolean("quoteOrderQtyMarketAllowed", true);
        json.WriteBoolean("allowTrailingStop", false);
        json.WriteBoolean("cancelReplaceAllowed", false);
        json.WriteBoolean("amendAllowed", false);
        json.WriteBoolean("pegInstructionsAllowed", false);
        json.WriteBoolean("isSpotTradingAllowed", true);
        json.WriteBoolean("isMarginTradingAllowed", false);
        WriteFilters(json, instrument);
        json.WriteStartArray("permissions");
        json.WriteEndArray();
        json.WriteStartArray("permissionSets");
        json.WriteStartArray();
        json.WriteStringValue("SPOT");
        json.WriteEndArray();
        json.WriteEndArray();
        json.WriteString("defaultSelfTradePreventionMode", Spelling.Of(SelfTradePrevention.ExpireMaker));
        WriteWords(json, "allowedSelfTradePreventionModes", PreventionModes);
        json.WriteEndObject();
    }

    private static void WriteFilters(Utf8JsonWriter json, Instrument instrument)
    {
        json.WriteStartArray("filters");
        json.WriteStartObject();
        json.WriteString("filterType", "PRICE_FILTER");
        json.WriteAmount("minPrice", instrument.TickSize);
        json.WriteAmount("maxPrice", Instrument.MaxPrice);
        json.WriteAmount("tickSize", instrument.TickSize);
        json.WriteEndObject();
        json.WriteStartObject();
        json.WriteString("filterType", "LOT_SIZE");
        json.WriteAmount("minQty", instrument.MinQuantity);
        json.WriteAmount("maxQty", instrument.MaxQuantity);
        json.WriteAmount("stepSize", instrument.LotSize);
        json.WriteEndObject();
        json.WriteStartObject();
        json.WriteString("filterType", "NOTIONAL");
        json.WriteAmount("minNotional", instrument.MinNotional);
        json.WriteBoolean("applyMinToMarket", true);
        json.WriteAmount("maxNotional", Instrument.MaxNotional);
        json.WriteBoolean("applyMaxToMarket", true);
        json.WriteNumber("avgPriceMins", 0);
        json.WriteEndObject();
        json.WriteStartObject();
        json.WriteString("filterType", "MAX_NUM_ORDERS");
        json.WriteNumber("maxNumOrders", Instrument.MaxOpenOrders);
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteWords(Utf8JsonWriter json, string name, string[] words)
    {
        json.WriteStartArray(name);
        foreach (var word in words)
            json.WriteStringValue(word);
        json.WriteEndArray();
    }
}
