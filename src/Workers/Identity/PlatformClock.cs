using Platform.Domain.Identity;

namespace Platform.Workers.Identity;

/// <summary>
/// This node's clock held against the store's, which all nodes share. A clock that is set while nobody asks the store shows
/// at once: between two readings it is held against the machine's own count of time.
/// </summary>
public sealed class PlatformClock(TimeProvider time)
{
    // What took longer may be a machine that stood still, for which the clock would be taken to be ahead.
    private static readonly TimeSpan AtOnce = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Remembered = TimeSpan.FromSeconds(30);

    private volatile Reading? reading;

    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>How far ahead of the store's clock this one is; null before the store was asked.</summary>
    public TimeSpan? Skew => reading is { } read ? time.GetUtcNow() - (read.StoreTime + time.GetElapsedTime(read.At)) : null;

    /// <summary>Whether others would agree with what this node writes into a token.</summary>
    public bool MayIssue => Skew is { } skew && skew.Duration() <= TokenLife.SkewMax;

    /// <summary>Whether this node can tell an ended token from another.</summary>
    public bool MayVerify => Skew is { } skew && skew.Duration() <= TokenLife.SkewEnd;

    /// <summary>An answer that took long counts where none was quicker for a while.</summary>
    /// <param name="asked">Before the question (<see cref="TimeProvider.GetTimestamp"/>).</param>
    /// <param name="answered">And after the answer.</param>
    internal void Observe(DateTimeOffset storeTime, long asked, long answered)
    {
        var took = time.GetElapsedTime(asked, answered);
        if (reading is { } read && took > AtOnce && took > read.Took && time.GetElapsedTime(read.At, answered) < Remembered)
            return;

        reading = new(storeTime, answered, took);
    }

    private sealed record Reading(DateTimeOffset StoreTime, long At, TimeSpan Took);
}
