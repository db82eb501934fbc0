using Microsoft.Extensions.Logging;

namespace Platform.Workers.Realtime;

/// <summary>
/// What one connection watches, and the two loops that feed it: the pump, which waits for no one but its own client,
/// and the loader. Nothing is queued between a topic and a client: a watch is a position in its topic, and a slow
/// client finds the changes merged when it comes to look.
/// </summary>
public sealed class Feed : IAsyncDisposable
{
    // A timer keeps another clock than the calendar's and may ring a little before it.
    private static readonly TimeSpan TimerSlack = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan TimerMax = TimeSpan.FromDays(40);
    private readonly CancellationTokenSource stop = new();
    private readonly Signal wake = new();
    private readonly WatchList watches;
    private readonly RealtimeMetrics metrics;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly FeedConnection connection;
    private readonly ITimer positions;
    private readonly ITimer expiry;
    private readonly Task[] loops;

    public Feed(
        FeedConnection connection, Topics topics, RealtimeMetrics metrics, TimeProvider time, ILogger logger)
    {
        this.connection = connection;
        this.metrics = metrics;
        this.time = time;
        this.logger = logger;
        var limits = topics.Limits;
        var fellBehind = new Signal();
        watches = new(topics, limits, wake);
        var pump = new FeedPump(connection, new(watches, limits, metrics), limits, metrics, time);
        var loader = new FeedLoader(watches, topics.Load, fellBehind, limits, time, logger);

        positions = time.CreateTimer(_ => TellPositions(pump), null, limits.PositionInterval, limits.PositionInterval);
        expiry = time.CreateTimer(_ => watches.TouchPrivate(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        metrics.Connections.Add(1);
        loops = [RunAsync(cancel => pump.RunAsync(wake, fellBehind, cancel)), RunAsync(loader.RunAsync)];
    }

    /// <summary>The private topics watched now, to be asked about again when the caller's rights change.</summary>
    public IReadOnlyList<Topic> PrivateTopics =>
        [.. watches.All.Where(watch => watch.IsPrivate).Select(watch => watch.Leaf.Topic)];

    /// <summary>
    /// Watches a topic to which the caller has the right. Nothing of it is sent before <see cref="Begin"/>.
    /// </summary>
    /// <param name="since">What the client has of it; null: nothing.</param>
    public WatchAnswer Watch(Topic topic, TopicPosition? since, bool isPrivate) =>
        watches.Add(topic, since, isPrivate);

    /// <summary>The client was given the references: what was watched meanwhile may be sent.</summary>
    public void Begin() => watches.Begin();

    /// <summary>References that the connection does not have are ignored.</summary>
    public void Unwatch(IReadOnlySet<int> references) =>
        watches.Remove(watch => references.Contains(watch.Reference));

    /// <summary>Takes topics from the client, telling it so.</summary>
    public void End(IReadOnlySet<Topic> topics, string code)
    {
        foreach (var watch in watches.All.Where(watch => topics.Contains(watch.Leaf.Topic)))
            watch.End(code);
    }

    /// <summary>Private topics are told until this instant; before the first call, never.</summary>
    public void AllowPrivateUntil(DateTimeOffset instant)
    {
        watches.PrivateUntil = instant;
        var rest = (instant - time.GetUtcNow() + TimerSlack).Ticks;
        expiry.Change(TimeSpan.FromTicks(Math.Clamp(rest, 0, TimerMax.Ticks)), Timeout.InfiniteTimeSpan);
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await positions.DisposeAsync();
        await expiry.DisposeAsync();
        await Task.WhenAll(loops);
        watches.Close();
        metrics.Connections.Add(-1);
        stop.Dispose();
    }

    private void TellPositions(FeedPump pump)
    {
        pump.TellPositions();
        wake.Set();
    }

    // A connection whose loop ended is of no use: the client comes back and resumes.
    private async Task RunAsync(Func<CancellationToken, Task> loop)
    {
        try
        {
            await loop(stop.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The connection ended first.
        }
        catch (Exception failure)
        {
            logger.CutOff(failure);
            connection.Abort();
        }
    }
}
