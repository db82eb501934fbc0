using System.Text.Json;
using Platform.PaperVenue.Markets;
using Platform.PaperVenue.Matching;
using Platform.PaperVenue.Streams;

namespace Platform.PaperVenue.Protocol;

/// <summary>What anyone may ask about the markets.</summary>
public sealed class MarketOperations(MarketViews views, MarketLookup lookup)
{
    public IEnumerable<Operation> All =>
    [
        Operation.Public("/api/v3/depth", "depth", 5, Depth),
        Operation.Public("/api/v3/trades", "trades.recent", 25, RecentTrades),
        Operation.Public("/api/v3/historicalTrades", "trades.historical", 25, HistoricalTrades),
        Operation.Public("/api/v3/aggTrades", "trades.aggregate", 4, AggregateTrades),
        Operation.Public("/api/v3/klines", "klines", 2, Klines),
        Operation.Public("/api/v3/uiKlines", "uiKlines", 2, Klines),
        Operation.Public("/api/v3/avgPrice", "avgPrice", 2, AveragePrice),
        Operation.Public("/api/v3/ticker/24hr", "ticker.24hr", 2, DayTicker),
        Operation.Public("/api/v3/ticker/tradingDay", "ticker.tradingDay", 4, TradingDay),
        Operation.Public("/api/v3/ticker", "ticker", 4, WindowTicker),
        Operation.Public("/api/v3/ticker/price", "ticker.price", 2, call => ForEach(call, MarketJson.WritePrice)),
        Operation.Public(
            "/api/v3/ticker/bookTicker", "ticker.book", 2, call => ForEach(call, MarketJson.WriteBookTicker)),
    ];

    private void Depth(OperationCall call)
    {
        var limit = call.Parameters.Limit(100, 5_000);
        Read(call, (json, market) => MarketJson.WriteDepth(json, market.Depth, limit));
    }

    private void RecentTrades(OperationCall call)
    {
        var limit = call.Parameters.Limit(500, 1000);
        Read(call, (json, market) => json.WriteList(market.Tape.Recent(limit), MarketJson.Write));
    }

    private void HistoricalTrades(OperationCall call)
    {
        var limit = call.Parameters.Limit(500, 1000);
        var fromId = call.Parameters.Number("fromId");
        Read(call, (json, market) => json.WriteList(
            fromId is { } id ? market.Tape.From(id, limit) : market.Tape.Recent(limit), MarketJson.Write));
    }

    private void AggregateTrades(OperationCall call)
    {
        var (start, end) = (call.Parameters.Number("startTime"), call.Parameters.Number("endTime"));
        var fromId = call.Parameters.Number("fromId");
        var limit = call.Parameters.Limit(500, 1000);
        Read(call, (json, market) =>
            json.WriteList(market.Tape.Aggregates(fromId, start, end, limit), MarketJson.Write));
    }

    private void Klines(OperationCall call)
    {
        if (!Interval.All.TryGetValue(call.Parameters.RequiredText("interval"), out var interval))
            throw new RefusedException(Refusals.InvalidInterval);
        if (call.Parameters.Text("timeZone") is not (null or "0" or "00:00" or "+00:00"))
            throw new RefusedException(Refusals.NotValid("timeZone"));
        var (start, end) = (call.Parameters.Number("startTime"), call.Parameters.Number("endTime"));
        var limit = call.Parameters.Limit(500, Candles.MaxPage);
        Read(call, (json, market) =>
        {
            market.Candles.RollTo(call.Now, market.LastPrice);
            json.WriteList(
                market.Candles.Read(interval, start, end, limit),
                (list, candle) => MarketJson.Write(list, candle, interval));
        });
    }

    private void AveragePrice(OperationCall call) => Read(call, (json, market) =>
    {
        json.WriteStartObject();
        json.WriteNumber("mins", 5);
        json.WriteAmount("price", market.Window(call.Now, TimeSpan.FromMinutes(5)).WeightedAverage);
        json.WriteNumber("closeTime", market.Tape.Last?.At ?? call.Now);
        json.WriteEndObject();
    });

    private void DayTicker(OperationCall call)
    {
        var mini = IsMini(call.Parameters);
        ForEach(call, (json, market) =>
        {
            var window = market.Window(call.Now, TimeSpan.FromDays(1));
            if (mini)
                MarketJson.WriteMiniTicker(json, market, window);
            else
                MarketJson.WriteDayTicker(json, market, window);
        });
    }

    private void TradingDay(OperationCall call)
    {
        var sinceMidnight = TimeSpan.FromMilliseconds(call.Now - Interval.OneDay.OpenOf(call.Now));
        WriteWindow(call, sinceMidnight);
    }

    private void WindowTicker(OperationCall call) =>
        WriteWindow(call, WindowSize.Read(call.Parameters.Text("windowSize") ?? "1d"));

    private void WriteWindow(OperationCall call, TimeSpan span)
    {
        if (call.Parameters.Symbols() is null)
            throw new RefusedException(Refusals.MissingEither("symbol", "symbols"));
        var mini = IsMini(call.Parameters);
        ForEach(call, (json, market) =>
        {
            var window = market.Window(call.Now, span);
            if (mini)
                MarketJson.WriteMiniTicker(json, market, window);
            else
                MarketJson.WriteWindowTicker(json, market, window);
        });
    }

    private static bool IsMini(Parameters parameters) => parameters.Text("type") switch
    {
        null or "FULL" => false,
        "MINI" => true,
        _ => throw new RefusedException(Refusals.NotValid("type")),
    };

    private void Read(OperationCall call, Action<Utf8JsonWriter, MarketView> write)
    {
        var market = View(lookup.Required(call.Parameters));
        lock (market.Gate)
            write(call.Json, market);
    }

    /// <summary>One object for a single symbol, a list for several or for all.</summary>
    private void ForEach(OperationCall call, Action<Utf8JsonWriter, MarketView> write)
    {
        var symbols = call.Parameters.Symbols();
        var single = symbols is not null && call.Parameters.Text("symbol") is not null;
        var chosen = symbols?.Select(lookup.Find) ?? lookup.All;
        var markets = chosen.Select(View).ToList();
        if (!single)
            call.Json.WriteStartArray();
        foreach (var market in markets)
        {
            lock (market.Gate)
                write(call.Json, market);
        }
        if (!single)
            call.Json.WriteEndArray();
    }

    private MarketView View(Instrument instrument) => views.Find(instrument.Symbol)!;
}
