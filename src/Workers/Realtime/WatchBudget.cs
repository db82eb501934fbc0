namespace Platform.Workers.Realtime;

/// <summary>How often one connection may call: a burst, refilled at a steady rate. Not thread-safe.</summary>
public sealed class WatchBudget(RealtimeLimits limits, TimeProvider time)
{
    // So many topics beside the first cost as much to look up as another call.
    private const double TopicsPerCall = 10;

    private long refilledAt = time.GetTimestamp();
    private double calls = limits.WatchCallBurst;

    /// <summary>Why a call that asks for so many topics is refused before any is looked at; null: it is not.</summary>
    public string? WhyNot(int topics) => (topics > limits.TopicsPerConnectionMax, topics) switch
    {
        (true, _) => TrySpend() ? WatchAnswer.TooManyTopics : WatchAnswer.RateLimited,
        _ => TrySpend(Math.Min(limits.WatchCallBurst, 1 + (Math.Max(topics - 1, 0) / TopicsPerCall))) ? null : WatchAnswer.RateLimited,
    };

    /// <summary>False when the call is one too many.</summary>
    public bool TrySpend() => TrySpend(1);

    private bool TrySpend(double cost)
    {
        var now = time.GetTimestamp();
        var refill = time.GetElapsedTime(refilledAt, now).TotalSeconds * limits.WatchCallsPerSecond;
        refilledAt = now;
        calls = Math.Min(limits.WatchCallBurst, calls + refill);
        if (calls < cost)
            return false;

        calls -= cost;
        return true;
    }
}
