using Platform.Domain.Markets.Aggregation;

namespace Platform.Workers.Markets.Aggregation;

/// <summary>Takes what a flush closed, before anybody hears of it. Called by one flush of a shard at a time.</summary>
internal delegate void TradesClosed(int shard, MarketShard markets, DateTimeOffset now);

/// <summary>A part of the markets, what waits for it, and whose turn it is.</summary>
internal sealed class AggregatorShard(int number, TimeProvider time)
{
    // Longer than a flush ever takes; who waits longer than this gives up its stream, and asks the venue again later.
    private static readonly TimeSpan WaitMax = TimeSpan.FromMilliseconds(50);

    private readonly Lock gate = new();
    private readonly TickQueue queue = new();
    private readonly MarketShard markets = new();

    public int Number => number;

    /// <summary>False when it could not be taken: a trade, while the shard has stood still for 50 ms.</summary>
    public bool TryAdd(in Tick tick)
    {
        if (queue.TryAdd(tick))
            return true;

        // Who finds it full helps.
        if (!gate.TryEnter(WaitMax))
            return false;

        try
        {
            queue.Drain(markets, Now);
        }
        finally
        {
            gate.Exit();
        }

        return queue.TryAdd(tick);
    }

    public T With<T>(Func<MarketShard, long, T> work)
    {
        lock (gate)
            return work(markets, Now);
    }

    /// <param name="changed">What now says something else is added.</param>
    public void Flush(DateTimeOffset now, bool isAll, List<MarketDelta> changed, TradesClosed? closed)
    {
        lock (gate)
        {
            queue.Drain(markets, now.UtcTicks);
            if (isAll)
                markets.TouchAll();
            markets.Flush(now.UtcTicks, changed);
            closed?.Invoke(number, markets, now);
        }
    }

    private long Now => time.GetUtcNow().UtcTicks;
}
