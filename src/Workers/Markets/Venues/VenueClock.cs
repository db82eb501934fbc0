namespace Platform.Workers.Markets.Venues;

/// <summary>The venue's time, from ours and the last measured difference; signed calls are dated by it.</summary>
internal sealed class VenueClock(TimeProvider time)
{
    private static readonly TimeSpan TrustedFor = TimeSpan.FromMinutes(10);

    private readonly Lock gate = new();
    private TimeSpan? ahead;
    private DateTimeOffset measuredAt;

    public bool IsKnown
    {
        get
        {
            lock (gate)
                return ahead is not null;
        }
    }

    public bool IsDue
    {
        get
        {
            lock (gate)
                return ahead is null || time.GetUtcNow() - measuredAt > TrustedFor;
        }
    }

    /// <summary>Ours where the venue's is not known.</summary>
    public DateTimeOffset Now
    {
        get
        {
            lock (gate)
                return time.GetUtcNow() + (ahead ?? TimeSpan.Zero);
        }
    }

    /// <summary>The venue read its clock somewhere between our sending and receiving: the middle errs least.</summary>
    public void Measured(DateTimeOffset sent, DateTimeOffset venue, DateTimeOffset received)
    {
        lock (gate)
            (ahead, measuredAt) = (venue - (sent + ((received - sent) / 2)), received);
    }

    /// <summary>The venue did not like our time (-1021): measure again before the next signed call.</summary>
    public void Distrust()
    {
        lock (gate)
            measuredAt = DateTimeOffset.MinValue;
    }
}
