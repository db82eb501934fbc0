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
    private TradeBucket running;

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
        TradeSum sum = new(Math.BigMul(tick.Price, tick.Quantity), tick.Quantity, 1);
        TradeBucket trade = new(
            tick.Market, tick.Venue, start, tick.Price, tick.Price, tick.Price, tick.Price, sum, at, at, ids.Count);
        if (running.Sum.Trades == 0)
        {
            running = trade;
        }
        else if (running.At == start)
        {
            running += trade;
        }
        else
        {
            Close();
            running = trade;
        }

        ids.Add(tick.Id);
        return true;
    }

    /// <summary>Hands over what was counted since the last time.</summary>
    public void Flush(long now, ClosedTrades to)
    {
        if (running.Sum.Trades > 0)
            Close();
        foreach (ref readonly var bucket in CollectionsMarshal.AsSpan(closed))
            to.All.Add(bucket with { FirstId = bucket.FirstId + to.AllIds.Count });
        to.AllIds.AddRange(ids);
        closed.Clear();
        ids.Clear();
        Slide(now);
    }

    public void Slide(long now)
    {
        minute.Slide(now);
        hour.Slide(now);
        day.Slide(now);
    }

    /// <summary>Trades that another life counted: they are in the windows, and are not handed over again.</summary>
    public void Restore(in TradeBucket bucket)
    {
        minute.Add(bucket.At, bucket.Sum);
        hour.Add(bucket.At, bucket.Sum);
        day.Add(bucket.At, bucket.Sum);
    }

    private void Close()
    {
        closed.Add(running);
        Restore(running);
        running = default;
    }
}
