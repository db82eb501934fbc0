using System.Globalization;
using System.Text.Json;
using Platform.PaperVenue.Markets;
using Platform.PaperVenue.Matching;

namespace Platform.PaperVenue.Protocol;

/// <summary>Public market facts as the REST interface and the WebSocket API write them.</summary>
public static class MarketJson
{
    public static void WriteDepth(Utf8JsonWriter json, DepthView depth, int limit)
    {
        json.WriteStartObject();
        json.WriteNumber("lastUpdateId", depth.LastUpdateId);
        json.WriteLevels("bids", depth.Bids(limit));
        json.WriteLevels("asks", depth.Asks(limit));
        json.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter json, Trade trade)
    {
        json.WriteStartObject();
        json.WriteNumber("id", trade.Id);
        json.WriteAmount("price", trade.Price);
        json.WriteAmount("qty", trade.Quantity);
        json.WriteAmount("quoteQty", trade.QuoteQuantity);
        json.WriteNumber("time", trade.At);
        json.WriteBoolean("isBuyerMaker", trade.BuyerIsMaker);
        json.WriteBoolean("isBestMatch", true);
        json.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter json, AggregateTrade sum)
    {
        json.WriteStartObject();
        WriteMembers(json, sum);
        json.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter json, Candle candle, Interval interval)
    {
        json.WriteStartArray();
        json.WriteNumberValue(candle.OpenTime);
        json.WriteAmountValue(candle.Open);
        json.WriteAmountValue(candle.High);
        json.WriteAmountValue(candle.Low);
        json.WriteAmountValue(candle.Close);
        json.WriteAmountValue(candle.Volume);
        json.WriteNumberValue(interval.NextOpen(candle.OpenTime) - 1);
        json.WriteAmountValue(candle.QuoteVolume);
        json.WriteNumberValue(candle.Trades);
        json.WriteAmountValue(candle.TakerBuyVolume);
        json.WriteAmountValue(candle.TakerBuyQuoteVolume);
        json.WriteStringValue("0");
        json.WriteEndArray();
    }

    public static void WriteMembers(Utf8JsonWriter json, AggregateTrade sum)
    {
        json.WriteNumber("a", sum.Id);
        json.WriteAmount("p", sum.Price);
        json.WriteAmount("q", sum.Quantity);
        json.WriteNumber("f", sum.FirstTradeId);
        json.WriteNumber("l", sum.LastTradeId);
        json.WriteNumber("T", sum.At);
        json.WriteBoolean("m", sum.BuyerIsMaker);
        json.WriteBoolean("M", true);
    }

    public static void WriteDayTicker(Utf8JsonWriter json, MarketView market, RollingWindow window)
    {
        var (bid, ask) = (market.Depth.BestBid, market.Depth.BestAsk);
        json.WriteStartObject();
        json.WriteString("symbol", market.Instrument.Symbol);
        WriteChange(json, window);
        json.WriteAmount("prevClosePrice", window.Sum.Open);
        json.WriteAmount("lastPrice", market.LastPrice);
        json.WriteAmount("lastQty", market.Tape.Last?.Quantity ?? 0);
        json.WriteAmount("bidPrice", bid.Price);
        json.WriteAmount("bidQty", bid.Quantity);
        json.WriteAmount("askPrice", ask.Price);
        json.WriteAmount("askQty", ask.Quantity);
        WriteRange(json, window);
        WriteSpan(json, window);
        json.WriteEndObject();
    }

    /// <summary>The answer to <c>ticker</c> and <c>ticker/tradingDay</c>, which name no book.</summary>
    public static void WriteWindowTicker(Utf8JsonWriter json, MarketView market, RollingWindow window)
    {
        json.WriteStartObject();
        json.WriteString("symbol", market.Instrument.Symbol);
        WriteChange(json, window);
        WriteRange(json, window);
        json.WriteAmount("lastPrice", market.LastPrice);
        WriteSpan(json, window);
        json.WriteEndObject();
    }

    public static void WriteMiniTicker(Utf8JsonWriter json, MarketView market, RollingWindow window)
    {
        json.WriteStartObject();
        json.WriteString("symbol", market.Instrument.Symbol);
        WriteRange(json, window);
        json.WriteAmount("lastPrice", market.LastPrice);
        WriteSpan(json, window);
        json.WriteEndObject();
    }

    public static void WriteBookTicker(Utf8JsonWriter json, MarketView market)
    {
        var (bid, ask) = (market.Depth.BestBid, market.Depth.BestAsk);
        json.WriteStartObject();
        json.WriteString("symbol", market.Instrument.Symbol);
        json.WriteAmount("bidPrice", bid.Price);
        json.WriteAmount("bidQty", bid.Quantity);
        json.WriteAmount("askPrice", ask.Price);
        json.WriteAmount("askQty", ask.Quantity);
        json.WriteEndObject();
    }

    public static void WritePrice(Utf8JsonWriter json, MarketView market)
    {
        json.WriteStartObject();
        json.WriteString("symbol", market.Instrument.Symbol);
        json.WriteAmount("price", market.LastPrice);
        json.WriteEndObject();
    }

    public static string Percent(decimal percent) => percent.ToString("F3", CultureInfo.InvariantCulture);

    private static void WriteChange(Utf8JsonWriter json, RollingWindow window)
    {
        json.WriteAmount("priceChange", window.Change);
        json.WriteString("priceChangePercent", Percent(window.ChangePercent));
        json.WriteAmount("weightedAvgPrice", window.WeightedAverage);
    }

    private static void WriteRange(Utf8JsonWriter json, RollingWindow window)
    {
        json.WriteAmount("openPrice", window.Sum.Open);
        json.WriteAmount("highPrice", window.Sum.High);
        json.WriteAmount("lowPrice", window.Sum.Low);
    }

    private static void WriteSpan(Utf8JsonWriter json, RollingWindow window)
    {
        json.WriteAmount("volume", window.Sum.Volume);
        json.WriteAmount("quoteVolume", window.Sum.QuoteVolume);
        json.WriteNumber("openTime", window.OpenTime);
        json.WriteNumber("closeTime", window.CloseTime);
        json.WriteNumber("firstId", window.Sum.FirstTradeId);
        json.WriteNumber("lastId", window.Sum.LastTradeId);
        json.WriteNumber("count", window.Sum.Trades);
    }
}
