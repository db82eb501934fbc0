using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Platform.Projections;

namespace Platform.Workers.Identity;

/// <summary>
/// Follows the store's barriers: however busy the others are, a node knows who is barred. The same question compares clocks.
/// </summary>
internal sealed partial class BarrierFollower(
    StoreAddress store, Barriers barriers, PlatformClock clock, TimeProvider time, ILogger<BarrierFollower> logger)
    : BackgroundService
{
    private readonly StoreFollower follower = new(store, BarrierTable.Channel, time);

    // Every number up to this one is in memory.
    private long sequence;

    /// <summary>Nothing is served before every barrier is known.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await follower.AskAsync(Ask, cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        follower.FollowAsync(Ask, IsBehind, LogLost, stoppingToken);

    private void Ask(NpgsqlConnection connection)
    {
        var (asked, wallClock) = (time.GetTimestamp(), time.GetUtcNow());
        var (head, storeTime) = BarrierTable.Head(connection);
        clock.Observe(storeTime, asked, time.GetTimestamp());
        if (head > sequence)
        {
            foreach (var barrier in BarrierTable.After(connection, sequence))
                barriers.Merge(barrier.Subject, barrier.Until);
            sequence = Math.Max(sequence, head);
        }

        barriers.Know(asked, wallClock);
    }

    // A number that was skipped belongs to a barrier whose notification was lost.
    private bool IsBehind(string payload)
    {
        if (StoredBarrier.Parse(payload) is not { } barrier)
            return false;

        barriers.Merge(barrier.Subject, barrier.Until);
        if (barrier.Sequence != sequence + 1)
            return barrier.Sequence > sequence;

        sequence = barrier.Sequence;
        return false;
    }

    [LoggerMessage(LogLevel.Warning, "The store's barriers cannot be followed, trying again: {Reason}")]
    private partial void LogLost(string reason);
}
