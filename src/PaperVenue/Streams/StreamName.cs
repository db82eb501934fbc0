using System.Globalization;
using Platform.PaperVenue.Markets;

namespace Platform.PaperVenue.Streams;

/// <summary>A market stream's name taken apart: <c>btcusdt@depth20@100ms</c> and the like.</summary>
/// <param name="Symbol">Upper case; null for a stream of all markets, such as <c>!miniTicker@arr</c>.</param>
/// <param name="Kind">What follows the first <c>@</c>, without number, interval and speed.</param>
/// <param name="Levels">Of a partial depth stream; else 0.</param>
/// <param name="Interval">Of a candle stream; else null.</param>
/// <param name="Span">Of a rolling window ticker: 1h, 4h or 1d; else null.</param>
/// <param name="Fast">Every 100 ms instead of every second.</param>
public sealed record StreamName(
    string Text, string? Symbol, string Kind, int Levels, Interval? Interval, string? Span, bool Fast)
{
    private static readonly string[] Immediate = ["trade", "aggTrade", "bookTicker"];
    private static readonly string[] EverySecond = ["miniTicker", "ticker", "avgPrice"];
    private static readonly string[] Spans = ["1h", "4h", "1d"];

    public bool IsOf(string symbol) => string.Equals(Symbol, symbol, StringComparison.Ordinal);

    /// <summary>Null when the venue has no such stream.</summary>
    public static StreamName? Parse(string text)
    {
        var parts = text.Split('@');
        if (text is "!miniTicker@arr" or "!ticker_1h@arr" or "!ticker_4h@arr" or "!ticker_1d@arr")
            return AllMarkets(text);
        if (parts.Length is not (2 or 3) || parts[0].Length == 0)
            return null;

        var name = new StreamName(text, parts[0].ToUpperInvariant(), parts[1], 0, null, null, Fast: false);
        return parts.Length == 3 ? Timed(name, parts[2]) : Plain(name);
    }

    private static StreamName AllMarkets(string text) => text[1] == 'm'
        ? new(text, null, "miniTicker", 0, null, null, Fast: false)
        : new(text, null, "ticker", 0, null, text[8..10], Fast: false);

    private static StreamName? Timed(StreamName name, string speed) =>
        speed is "100ms" or "1000ms" && name.Kind.StartsWith("depth", StringComparison.Ordinal)
            ? Plain(name with { Fast = speed is "100ms" })
            : null;

    private static StreamName? Plain(StreamName name) => name.Kind switch
    {
        "depth" => name,
        "depth5" or "depth10" or "depth20" => name with
        {
            Kind = "partialDepth", Levels = int.Parse(name.Kind[5..], CultureInfo.InvariantCulture),
        },
        var kind when Immediate.Contains(kind) || EverySecond.Contains(kind) => name,
        var kind when kind.StartsWith("kline_", StringComparison.Ordinal)
            && Interval.All.TryGetValue(kind[6..], out var interval) =>
            name with { Kind = "kline", Interval = interval },
        var kind when kind.StartsWith("ticker_", StringComparison.Ordinal) && Spans.Contains(kind[7..]) =>
            name with { Kind = "ticker", Span = kind[7..] },
        _ => null,
    };
}
