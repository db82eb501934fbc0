using System.Text.Json;
using Platform.PaperVenue.Markets;
using Platform.PaperVenue.Matching;
using Platform.PaperVenue.Protocol;

namespace Platform.PaperVenue.Streams;

/// <summary>The messages of the market streams, one letter a member, as Binance spells them.</summary>
public static class StreamJson
{
    public static void WriteTrade(Utf8JsonWriter json, Trade trade, long at)
    {
        Begin(json, "trade", at, trade.Instrument.Symbol);
        json.WriteNumber("t", trade.Id);
        json.WriteAmount("p", trade.Price);
        json.WriteAmount("q", trade.Quantity);
        json.WriteNumber("T", trade.At);
        json.WriteBoolean("m", trade.BuyerIsMaker);
        json.WriteBoolean("M", true);
        json.WriteEndObject();
    }

    public static void WriteAggregate(Utf8JsonWriter json, MarketView market, AggregateTrade sum, long at)
    {
        Begin(json, "aggTrade", at, market.Instrument.Symbol);
        MarketJson.WriteMembers(json, sum);
        json.WriteEndObject();
    }

    public static void WriteBookTicker(Utf8JsonWriter json, MarketView market)
    {
        var (bid, ask) = (market.Depth.BestBid, market.Depth.BestAsk);
        json.WriteStartObject();
        json.WriteNumber("u", market.Depth.LastUpdateId);
        json.WriteString("s", market.Instrument.Symbol);
        json.WriteAmount("b", bid.Price);
        json.WriteAmount("B", bid.Quantity);
        json.WriteAmount("a", ask.Price);
        json.WriteAmount("A", ask.Quantity);
        json.WriteEndObject();
    }

    public static void WriteDepthChanges(Utf8JsonWriter json, MarketView market, DepthChanges changes, long at)
    {
        Begin(json, "depthUpdate", at, market.Instrument.Symbol);
        json.WriteNumber("U", changes.FirstUpdateId);
        json.WriteNumber("u", changes.LastUpdateId);
        json.WriteLevels("b", changes.Bids);
        json.WriteLevels("a", changes.Asks);
        json.WriteEndObject();
    }

    public static void WriteCandle(
        Utf8JsonWriter json, MarketView market, Interval interval, Candle candle, bool closed, long at)
    {
        Begin(json, "kline", at, market.Instrument.Symbol);
        json.WriteStartObject("k");
        json.WriteNumber("t", candle.OpenTime);
        json.WriteNumber("T", interval.NextOpen(candle.OpenTime) - 1);
        json.WriteString("s", market.Instrument.Symbol);
        json.WriteString("i", interval.Name);
        json.WriteNumber("f", candle.FirstTradeId);
        json.WriteNumber("L", candle.LastTradeId);
        json.WriteAmount("o", candle.Open);
        json.WriteAmount("c", candle.Close);
        json.WriteAmount("h", candle.High);
        json.WriteAmount("l", candle.Low);
        json.WriteAmount("v", candle.Volume);
        json.WriteNumber("n", candle.Trades);
        json.WriteBoolean("x", closed);
        json.WriteAmount("q", candle.QuoteVolume);
        json.WriteAmount("V", candle.TakerBuyVolume);
        json.WriteAmount("Q", candle.TakerBuyQuoteVolume);
        json.WriteString("B", "0");
        json.WriteEndObject();
        json.WriteEndObject();
    }

    public static void WriteMiniTicker(Utf8JsonWriter json, MarketView market, RollingWindow window, long at)
    {
        Begin(json, "24hrMiniTicker", at, market.Instrument.Symbol);
        WriteRange(json, window);
        json.WriteEndObject();
    }

    public static void WriteTicker(Utf8JsonWriter json, MarketView market, RollingWindow window, long at)
    {
        var (bid, ask) = (market.Depth.BestBid, market.Depth.BestAsk);
        Begin(json, "24hrTicker", at, market.Instrument.Symbol);
        WriteChange(json, window);
        WriteRange(json, window);
        json.WriteAmount("x", window.Sum.Open);
        json.WriteAmount("Q", market.Tape.Last?.Quantity ?? 0);
        json.WriteAmount("b", bid.Price);
        json.WriteAmount("B", bid.Quantity);
        json.WriteAmount("a", ask.Price);
        json.WriteAmount("A", ask.Quantity);
        WriteSpan(json, window);
        json.WriteEndObject();
    }

    /// <param name="span">1h, 4h or 1d.</param>
    public static void WriteWindowTicker(
        Utf8JsonWriter json, MarketView market, RollingWindow window, string span, long at)
    {
        Begin(json, span + "Ticker", at, market.Instrument.Symbol);
        WriteChange(json, window);
        WriteRange(json, window);
        WriteSpan(json, window);
        json.WriteEndObject();
    }

    public static void WriteAveragePrice(Utf8JsonWriter json, MarketView market, RollingWindow window, long at)
    {
        Begin(json, "avgPrice", at, market.Instrument.Symbol);
        json.WriteString("i", "5m");
        json.WriteAmount("w", window.WeightedAverage);
        json.WriteNumber("T", market.Tape.Last?.At ?? at);
        json.WriteEndObject();
    }

    private static void Begin(Utf8JsonWriter json, string type, long at, string symbol)
    {
        json.WriteStartObject();
        json.WriteString("e", type);
        json.WriteNumber("E", at);
        json.WriteString("s", symbol);
    }

    private static void WriteChange(Utf8JsonWriter json, RollingWindow window)
    {
        json.WriteAmount("p", window.Change);
        json.WriteString("P", MarketJson.Percent(window.ChangePercent));
        json.WriteAmount("w", window.WeightedAverage);
    }

    private static void WriteRange(Utf8JsonWriter json, RollingWindow window)
    {
        json.WriteAmount("c", window.Sum.Close);
        json.WriteAmount("o", window.Sum.Open);
        json.WriteAmount("h", window.Sum.High);
        json.WriteAmount("l", window.Sum.Low);
        json.WriteAmount("v", window.Sum.Volume);
        json.WriteAmount("q", window.Sum.QuoteVolume);
    }

    private static void WriteSpan(Utf8JsonWriter json, RollingWindow window)
    {
        json.WriteNumber("O", window.OpenTime);
        json.WriteNumber("C", window.CloseTime);
        json.WriteNumber("F", window.Sum.FirstTradeId);
        json.WriteNumber("L", window.Sum.LastTradeId);
        json.WriteNumber("n", window.Sum.Trades);
    }
}
