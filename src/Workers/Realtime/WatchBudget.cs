namespace Platform.Workers.Realtime;

/// <summary>How often one connection may call: a burst, refilled at a steady rate. Not thread-safe.</summary>
public sealed class WatchBudget(RealtimeLimits limits, TimeProvider time)
{
    private long refilledAt = time.GetTimestamp();
    private double calls = limits.WatchCallBurst;

    /// <summary>False when the call is one too many.</summary>
    public bool TrySpend()
    {
        var now = time.GetTimestamp();
        var refill = time.GetElapsedTime(refilledAt, now).TotalSeconds * limits.WatchCallsPerSecond;
        refilledAt = now;
        calls = Math.Min(limits.WatchCallBurst, calls + refill);
        if (calls < 1)
            return false;

        calls--;
        return true;
    }
}
