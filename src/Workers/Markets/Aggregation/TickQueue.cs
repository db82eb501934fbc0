using Platform.Domain.Markets.Aggregation;

namespace Platform.Workers.Markets.Aggregation;

/// <summary>
/// What venues told since the shard last looked. Any number of writers, who wait for nobody but each other's single write;
/// bounded: when it is full, quotes keep only their latest.
/// </summary>
internal sealed class TickQueue
{
    /// <summary>A tenth of a second at 650,000 ticks a second.</summary>
    public const int Max = 65_536;

    private const int First = 1024;

    private readonly Lock gate = new();
    private readonly Dictionary<(TickKind Kind, short Venue, int Market), Tick> latest = [];
    private Tick[] filling = new Tick[First];
    private Tick[] draining = new Tick[First];
    private int count;

    /// <summary>False when it is full and this tick may not be lost.</summary>
    public bool TryAdd(in Tick tick)
    {
        lock (gate)
        {
            if (count == filling.Length && count < Max)
                Array.Resize(ref filling, count * 2);
            if (count < filling.Length)
            {
                filling[count++] = tick;
                return true;
            }

            if (tick.Kind is TickKind.Trade)
                return false;

            latest[(tick.Kind, tick.Venue, tick.Market)] = tick;
            return true;
        }
    }

    /// <summary>Applies everything in order. For one at a time.</summary>
    public void Drain(MarketShard to, long now)
    {
        int waiting;
        Tick[] late;
        lock (gate)
        {
            (filling, draining, waiting, count) = (draining, filling, count, 0);
            late = latest.Count > 0 ? [.. latest.Values] : [];
            latest.Clear();
        }

        to.Apply(draining.AsSpan(0, waiting), now);
        to.Apply(late, now);
    }
}
