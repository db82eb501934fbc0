namespace Platform.Workers.Markets.History;

/// <summary>
/// Sees the clock of this machine jump: the time of day and the time that has passed disagree. It was set, or the machine slept, and
/// what came meanwhile was stamped wrongly or not heard.
/// </summary>
internal sealed class ClockWatch(TimeProvider time)
{
    private static readonly TimeSpan Jump = TimeSpan.FromSeconds(1);

    // A clock that was set right after years says nothing of these.
    private static readonly TimeSpan StretchMax = TimeSpan.FromHours(25);

    // Both clocks are read within so long, or again: whoever was stopped between the two saw no jump.
    private static readonly TimeSpan AtOnce = Jump / 10;

    private (DateTimeOffset At, long Timestamp) last = Read(time);

    /// <summary>What it jumped over since it was asked last, at most the latest day; null when it did not.</summary>
    public (DateTimeOffset From, DateTimeOffset To)? Jumped()
    {
        var before = last;
        last = Read(time);
        var (now, expected) = (last.At, before.At + time.GetElapsedTime(before.Timestamp, last.Timestamp));
        if ((now - expected).Duration() <= Jump)
            return null;

        var (from, to) = now > expected ? (before.At, now) : (now, expected);
        return (to - from > StretchMax ? to - StretchMax : from, to);
    }

    private static (DateTimeOffset, long) Read(TimeProvider time)
    {
        while (true)
        {
            var (timestamp, now) = (time.GetTimestamp(), time.GetUtcNow());
            if (time.GetElapsedTime(timestamp) < AtOnce)
                return (now, timestamp);
        }
    }
}
