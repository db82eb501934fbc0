namespace Platform.PaperVenue.Markets;

/// <summary>The candles of one market in every interval: four are kept, the others are sums of these.</summary>
public sealed class Candles
{
    public const int MaxPage = 1000;

    private readonly Dictionary<Interval, CandleSeries> kept = new()
    {
        [Interval.OneSecond] = new(Interval.OneSecond, 3_000),
        [Interval.OneMinute] = new(Interval.OneMinute, 7 * 1440),
        [Interval.OneHour] = new(Interval.OneHour, 90 * 24),
        [Interval.OneDay] = new(Interval.OneDay, 1000),
    };

    public void Fill(Interval interval, IEnumerable<Candle> history) => kept[interval].Fill(history);

    public void Add(Matching.Trade trade)
    {
        foreach (var series in kept.Values)
            series.Add(trade);
    }

    public void RollTo(long at, decimal price)
    {
        foreach (var series in kept.Values)
            series.RollTo(at, price);
    }

    /// <summary>At most the limit of candles that open in the range: the newest, or from a start the oldest.</summary>
    public IReadOnlyList<Candle> Read(Interval interval, long? start, long? end, int limit)
    {
        var source = kept[interval.Source].All;
        var wanted = Math.Min(limit, MaxPage);
        var page = new List<Candle>(wanted + 1);
        var first = start is { } from ? FirstAt(source, from) : FromTheEnd(source, interval, end, wanted);
        for (var i = first; i < source.Count; i++)
        {
            var candle = source[i];
            var open = interval.OpenOf(candle.OpenTime);
            if (end is { } to && open > to)
                break;
            if (start is { } least && open < least)
                continue;
            if (page.Count > 0 && page[^1].OpenTime == open)
                page[^1] = page[^1].Then(candle);
            else if (start is not null && page.Count == wanted)
                break;
            else
                page.Add(candle with { OpenTime = open });
        }
        return page.Count > wanted ? page[^wanted..] : page;
    }

    /// <summary>The candle that is open now.</summary>
    public Candle Current(Interval interval) => Read(interval, null, null, 1)[^1];

    /// <summary>One-minute candles that opened at or after a time, oldest first.</summary>
    public IEnumerable<Candle> MinutesSince(long at)
    {
        var minutes = kept[Interval.OneMinute].All;
        for (var i = FirstAt(minutes, at); i < minutes.Count; i++)
            yield return minutes[i];
    }

    private static int FirstAt(IReadOnlyList<Candle> source, long at)
    {
        var (low, high) = (0, source.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = source[middle].OpenTime < at ? (middle + 1, high) : (low, middle);
        }
        return low;
    }

    private static int FromTheEnd(IReadOnlyList<Candle> source, Interval interval, long? end, int wanted)
    {
        if (source.Count == 0)
            return 0;
        // One interval more than wanted, since the first may begin in the middle of one.
        var last = Math.Min(end ?? long.MaxValue, source[^1].OpenTime);
        var longest = interval == Interval.OneMonth ? interval.Milliseconds / 30 * 31 : interval.Milliseconds;
        var open = interval.OpenOf(Math.Max(0, last - (longest * wanted)));
        return FirstAt(source, open);
    }
}
