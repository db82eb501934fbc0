using System.Runtime.InteropServices;

namespace Platform.Domain.Markets.Aggregation;

/// <summary>What was traded at one venue on one market: the running bucket, the windows, and what was counted already.</summary>
internal sealed class VenueTrades
{
    private readonly TradeWindow minute = new(TradeBucket.Length, 600);
    private readonly TradeWindow hour = new(10 * TimeSpan.TicksPerSecond, 360);
    private readonly TradeWindow day = new(TimeSpan.TicksPerMinute, 1440);
    private readonly List<TradeBucket> closed = [];
    private readonly List<long> ids = [];
    private int market;
    private short venue;
    private int firstId;
    private int counted;
    private int remembered;
    private long bucketAt;
    private long open;
    private long high;
    private long low;
    private long last;
    private long firstAt;
    private long lastAt;
    private Int128 priceVolume;
    private Int128 volume;
    private long trades;

    public RecentTrades Recent { get; } = new();

    public TradeSum Minute => minute.Sum;

    public TradeSum Hour => hour.Sum;

    public TradeSum Day => day.Sum;

    /// <summary>False when it was counted before.</summary>
    /// <param name="at">UTC ticks, not ahead of now.</param>
    public bool TryCount(in Tick tick, long at)
    {
        if (!Recent.TryCount(tick.Id, at))
            return false;

        var start = at - (at % TradeBucket.Length);
        if (trades == 0 || bucketAt != start)
            Begin(tick, start, at);
        // In place: a bucket is large to copy for each trade.
        priceVolume += Math.BigMul(tick.Price, tick.Quantity);
        volume += tick.Quantity;
        trades++;
        high = Math.Max(high, tick.Price);
        low = Math.Min(low, tick.Price);
        if (at < firstAt)
            (open, firstAt) = (tick.Price, at);
        if (at >= lastAt)
            (last, lastAt) = (tick.Price, at);
        counted++;
        // They are remembered anyway: only those that might be forgotten before they are handed over are kept beside.
        if (++remembered == RecentTrades.Max)
        {
            Recent.AddLatest(remembered, ids);
            remembered = 0;
        }

        return true;
    }

    /// <summary>Hands over what was counted since the last time.</summary>
    public void Flush(ClosedTrades to)
    {
        if (counted == 0)
            return;

        var before = to.AllIds.Count;
        foreach (ref readonly var bucket in CollectionsMarshal.AsSpan(closed))
            to.All.Add(bucket with { FirstId = before + bucket.FirstId });
        to.All.Add(Close(before + firstId));
        to.AllIds.AddRange(ids);
        Recent.AddLatest(remembered, to.AllIds);
        closed.Clear();
        ids.Clear();
        (counted, remembered) = (0, 0);
    }

    public void Slide(long now)
    {
        minute.Slide(now);
        hour.Slide(now);
        day.Slide(now);
    }

    /// <summary>Trades that another life counted: they are in the windows, and are not handed over again.</summary>
    public void Restore(long at, in TradeSum sum)
    {
        minute.Add(at, sum);
        hour.Add(at, sum);
        day.Add(at, sum);
    }

    private void Begin(in Tick tick, long start, long at)
    {
        if (trades > 0)
            closed.Add(Close(firstId));
        (market, venue, bucketAt, firstId) = (tick.Market, tick.Venue, start, counted);
        (open, high, low, last, firstAt, lastAt) = (tick.Price, tick.Price, tick.Price, tick.Price, at, at);
    }

    private TradeBucket Close(int first)
    {
        TradeBucket bucket = new(
            market, venue, bucketAt, open, high, low, last, new(priceVolume, volume, trades), firstAt, lastAt, first);
        Restore(bucketAt, bucket.Sum);
        (priceVolume, volume, trades) = (0, 0, 0);
        return bucket;
    }
}
