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

    private long[] ids = new long[First];
    private long[] times = new long[First];
    private int next;
    private int count;
    private long highest = long.MinValue;
    private long forgottenAt = long.MinValue;

    /// <summary>The last one counted; the venue is asked for those after it. Null: none.</summary>
    public (long Id, long At)? Mark => count > 0 ? (ids[Place(count - 1)], times[Place(count - 1)]) : null;

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

    /// <summary>Those of the last while, oldest first, and the highest id of all: what another life needs to know.</summary>
    public TradeMemory Memory(TimeSpan back)
    {
        var since = count > 0 ? times[Place(count - 1)] - back.Ticks : 0;
        var kept = new List<(long, long)>();
        for (var i = 0; i < count; i++)
            if (times[Place(i)] >= since)
                kept.Add((ids[Place(i)], times[Place(i)]));
        return new(highest, Math.Max(since, forgottenAt), kept);
    }

    /// <summary>Begins with what an earlier life knew.</summary>
    public void Restore(TradeMemory memory)
    {
        (next, count, highest, forgottenAt) = (0, 0, memory.Highest, memory.ForgottenAt);
        foreach (var (id, at) in memory.Counted)
            Remember(id, at);
    }

    private int Place(int index) => (next - count + index + ids.Length) & (ids.Length - 1);

    private bool Contains(long id) => ids.AsSpan(0, count).Contains(id);

    private void Remember(long id, long at)
    {
        if (count == ids.Length && ids.Length < Max)
            Grow();
        if (count == ids.Length)
            forgottenAt = Math.Max(forgottenAt, times[next] + 1);
        else
            count++;
        (ids[next], times[next]) = (id, at);
        next = (next + 1) & (ids.Length - 1);
    }

    // Grows only when full, and then the oldest is at the place to be written next.
    private void Grow()
    {
        var (longerIds, longerTimes) = (new long[ids.Length * 2], new long[ids.Length * 2]);
        for (var i = 0; i < count; i++)
            (longerIds[i], longerTimes[i]) = (ids[Place(i)], times[Place(i)]);
        (ids, times, next) = (longerIds, longerTimes, count);
    }
}

/// <summary>What is remembered of the trades that were counted.</summary>
/// <param name="Highest">Of all ids ever counted.</param>
/// <param name="ForgottenAt">UTC ticks; what is older and has no higher id was counted.</param>
/// <param name="Counted">Id and time, in the order in which they were counted.</param>
public sealed record TradeMemory(long Highest, long ForgottenAt, IReadOnlyList<(long Id, long At)> Counted);
