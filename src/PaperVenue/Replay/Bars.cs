using Platform.PaperVenue.Matching;

namespace Platform.PaperVenue.Replay;

/// <summary>
/// What a bar tells of its interval is drawn as four steps: open, then the extreme nearer to it, then the other, then
/// close. A bar does not tell more, so neither does the replay.
/// </summary>
public static class Bars
{
    /// <param name="opens">Unix milliseconds.</param>
    /// <param name="span">Milliseconds to the next bar.</param>
    public static IEnumerable<RecordedStep> Trades(long opens, long span, ReadOnlySpan<decimal> ohlc, decimal volume)
    {
        var path = Path(ohlc);
        return Enumerable.Range(0, path.Length).Select(i => new RecordedTrade(
            opens + (span * i / 4), path[i], volume / 4, i == 0 ? null : SideOf(path[i - 1], path[i])));
    }

    public static IEnumerable<RecordedStep> Quotes(
        long opens, long span, ReadOnlySpan<decimal> bids, ReadOnlySpan<decimal> asks)
    {
        var (bid, ask) = (Path(bids), Path(asks));
        return Enumerable.Range(0, bid.Length).Select(i => new RecordedQuote(
            opens + (span * i / 4), Math.Min(bid[i], ask[i]), Math.Max(bid[i], ask[i])));
    }

    private static Side? SideOf(decimal before, decimal after)
    {
        if (after == before)
            return null;
        return after > before ? Side.Buy : Side.Sell;
    }

    private static decimal[] Path(ReadOnlySpan<decimal> ohlc)
    {
        var (open, high, low, close) = (ohlc[0], ohlc[1], ohlc[2], ohlc[3]);
        return high - open < open - low ? [open, high, low, close] : [open, low, high, close];
    }
}
