using System.Runtime.InteropServices;

namespace Platform.Domain.Markets.Aggregation;

/// <summary>
/// The trades of one venue on one market that were counted last, by which a repeated one is known. They are counted in the
/// venue's order; where a venue's ids rise, nothing but a comparison is needed.
/// </summary>
public sealed class RecentTrades
{
    /// <summary>So many are remembered. What is older than the oldest of them and has no higher id was counted.</summary>
    public const int Max = 4096;

    private const int First = 64;

    // Of all markets they are more than any cache holds: counting a trade touches one place of them, not two.
    private (long Id, long At)[] ring = new (long, long)[First];
    private int next;
    private int count;
    private long highest = long.MinValue;
    private long forgottenAt = long.MinValue;

    /// <summary>The last one counted; the venue is asked for those after it. Null: none.</summary>
    public (long Id, long At)? Mark => count > 0 ? ring[Place(count - 1)] : null;

    /// <summary>False when this trade was counted before.</summary>
    /// <param name="at">UTC ticks.</param>
    public bool TryCount(long id, long at)
    {
        if (id <= highest && (at < forgottenAt || Contains(id)))
            return false;

        highest = Math.Max(highest, id);
        Remember(id, at);
        return true;
    }

    /// <summary>The ids of those that were counted last are added, in the order in which they were counted.</summary>
    internal void AddLatest(int some, List<long> to)
    {
        var begin = to.Count;
        CollectionsMarshal.SetCount(to, begin + some);
        var room = CollectionsMarshal.AsSpan(to)[begin..];
        for (var i = 0; i < some; i++)
            room[i] = ring[Place(count - some + i)].Id;
    }

    /// <summary>Those of the last while, oldest first, and the highest id of all: what another life needs to know.</summary>
    public TradeMemory Memory(TimeSpan back)
    {
        var since = count > 0 ? ring[Place(count - 1)].At - back.Ticks : 0;
        var kept = new List<(long, long)>();
        for (var i = 0; i < count; i++)
            if (ring[Place(i)] is var trade && trade.At >= since)
                kept.Add(trade);
        return new(highest, Math.Max(since, forgottenAt), kept);
    }

    /// <summary>Begins with what an earlier life knew.</summary>
    public void Restore(TradeMemory memory)
    {
        (next, count, highest, forgottenAt) = (0, 0, memory.Highest, memory.ForgottenAt);
        foreach (var (id, at) in memory.Counted)
            Remember(id, at);
    }

    private int Place(int index) => (next - count + index + ring.Length) & (ring.Length - 1);

    private bool Contains(long id)
    {
        foreach (ref readonly var trade in ring.AsSpan(0, count))
            if (trade.Id == id)
                return true;
        return false;
    }

    private void Remember(long id, long at)
    {
        if (count == ring.Length && count < Max)
            Grow();
        if (count == ring.Length)
            forgottenAt = Math.Max(forgottenAt, ring[next].At + 1);
        else
            count++;
        ring[next] = (id, at);
        next = (next + 1) & (ring.Length - 1);
    }

    // Grows only when full, and then the oldest is at the place to be written next.
    private void Grow()
    {
        var longer = new (long, long)[ring.Length * 2];
        for (var i = 0; i < count; i++)
            longer[i] = ring[Place(i)];
        (ring, next) = (longer, count);
    }
}

/// <summary>What is remembered of the trades that were counted.</summary>
/// <param name="Highest">Of all ids ever counted.</param>
/// <param name="ForgottenAt">UTC ticks; what is older and has no higher id was counted.</param>
/// <param name="Counted">Id and time, in the order in which they were counted.</param>
public sealed record TradeMemory(long Highest, long ForgottenAt, IReadOnlyList<(long Id, long At)> Counted);
