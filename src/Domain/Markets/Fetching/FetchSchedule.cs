namespace Platform.Domain.Markets.Fetching;

/// <summary>When a fetcher is due again.</summary>
/// <param name="Interval">From one success to the next.</param>
public sealed record FetchSchedule(TimeSpan Interval)
{
    // So that fetchers which began together drift apart.
    private const int SpreadPercent = 10;

    private static readonly TimeSpan FirstRetry = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LastRetry = TimeSpan.FromHours(6);

    public static FetchSchedule Every(TimeSpan interval) => new(interval);

    /// <summary>After a success: the interval and up to a tenth of it.</summary>
    /// <param name="spread">From 0 to 1, by chance.</param>
    public DateTimeOffset After(DateTimeOffset now, decimal spread) => now + Interval + Part(Interval, spread);

    /// <summary>After a failure: twice as long each time, but no later than the interval would be, up to six hours.</summary>
    /// <param name="failures">In a row, this one included; one or more.</param>
    /// <param name="notBefore">When the source lets us ask again; null where it did not say.</param>
    public DateTimeOffset AfterFailure(DateTimeOffset now, int failures, DateTimeOffset? notBefore, decimal spread)
    {
        var wait = Shorter(FirstRetry * (1L << Math.Min(failures - 1, 20)), Shorter(LastRetry, Longer(Interval, FirstRetry)));
        var next = now + wait;
        var from = notBefore is { } told && told > next ? told : next;
        return from + Part(wait, spread);
    }

    private static TimeSpan Part(TimeSpan whole, decimal spread) => TimeSpan.FromTicks((long)(whole.Ticks * spread * SpreadPercent / 100));

    private static TimeSpan Shorter(TimeSpan a, TimeSpan b) => a < b ? a : b;

    private static TimeSpan Longer(TimeSpan a, TimeSpan b) => a > b ? a : b;
}
