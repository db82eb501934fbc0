namespace Platform.Workers.Markets.Venues;

/// <summary>Waits longer after each failure, up to 30 s, and never as long as the neighbor who failed too.</summary>
internal sealed class BackOff(TimeProvider time, Random random)
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private int failures;

    public Task WaitAsync(CancellationToken cancellationToken)
    {
        var full = Shortest * (1 << Math.Min(failures, 7));
        failures++;
        var jittered = (full < Longest ? full : Longest) * (0.5 + (random.NextDouble() / 2));
        return Task.Delay(jittered, time, cancellationToken);
    }

    public void Reset() => failures = 0;
}
