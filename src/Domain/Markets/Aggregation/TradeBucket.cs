using System.Runtime.InteropServices;

namespace Platform.Domain.Markets.Aggregation;

/// <summary>
/// Trades of one venue on one market within one <see cref="Length"/>, as they were counted between two flushes. There may be
/// several of one instant: they are parts, and add up.
/// </summary>
/// <param name="Market">The market's number in its shard.</param>
/// <param name="At">When it starts, in UTC ticks.</param>
/// <param name="FirstAt">Of the earliest trade, as <paramref name="LastAt"/> of the latest; of equals the first and the last counted.</param>
/// <param name="FirstId">Where its trades begin in <see cref="ClosedTrades.Ids"/>.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct TradeBucket(
    int Market, short Venue, long At, long Open, long High, long Low, long Close, TradeSum Sum, long FirstAt, long LastAt,
    int FirstId)
{
    /// <summary>In UTC ticks: 100 ms.</summary>
    public const long Length = TimeSpan.TicksPerMillisecond * 100;

    /// <summary>One part after the other, whichever was counted first.</summary>
    public static TradeBucket operator +(in TradeBucket left, in TradeBucket right) => left with
    {
        Open = right.FirstAt < left.FirstAt ? right.Open : left.Open,
        High = Math.Max(left.High, right.High),
        Low = Math.Min(left.Low, right.Low),
        Close = right.LastAt >= left.LastAt ? right.Close : left.Close,
        Sum = left.Sum + right.Sum,
        FirstAt = Math.Min(left.FirstAt, right.FirstAt),
        LastAt = Math.Max(left.LastAt, right.LastAt),
    };
}

/// <summary>All trades that one flush of a shard counted; valid until its next flush.</summary>
public sealed class ClosedTrades
{
    internal List<TradeBucket> All { get; } = [];

    internal List<long> AllIds { get; } = [];

    public IReadOnlyList<TradeBucket> Buckets => All;

    /// <summary>The venue's numbers of the trades, bucket by bucket, in the order in which they were counted.</summary>
    public ReadOnlySpan<long> Ids => CollectionsMarshal.AsSpan(AllIds);

    internal void Clear()
    {
        All.Clear();
        AllIds.Clear();
    }
}
