using Platform.Domain.Identity;

namespace Platform.Workers.Identity;

/// <summary>
/// This node's clock held against the store's, which all nodes share. A clock that is set while nobody asks the store shows
/// at once: between two readings it is held against the machine's own count of time.
/// </summary>
public sealed class PlatformClock(TimeProvider time)
{
    private volatile Reading? reading;

    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>How far ahead of the store's clock this one is; null before the store was asked.</summary>
    public TimeSpan? Skew => reading is { } read ? time.GetUtcNow() - (read.StoreTime + time.GetElapsedTime(read.At)) : null;

    /// <summary>Whether others would agree with what this node writes into a token.</summary>
    public bool MayIssue => Skew is { } skew && skew.Duration() <= TokenLife.SkewMax;

    /// <summary>Whether this node can tell an ended token from another.</summary>
    public bool MayVerify => Skew is { } skew && skew.Duration() <= TokenLife.SkewEnd;

    /// <param name="at">When that was (<see cref="TimeProvider.GetTimestamp"/>).</param>
    internal void Observe(DateTimeOffset storeTime, long at) => reading = new(storeTime, at);

    private sealed record Reading(DateTimeOffset StoreTime, long At);
}
