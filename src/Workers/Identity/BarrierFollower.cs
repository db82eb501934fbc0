using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Platform.Projections;

namespace Platform.Workers.Identity;

/// <summary>
/// Follows the store's barriers on a connection of its own: told of each within milliseconds, and asking twice a second, so
/// that a lost notification costs half a second and staleness is measured, not hoped for. The same question compares clocks.
/// It has a thread of its own too, and no request can take its connection away: however busy the others are, a node knows who
/// is barred.
/// </summary>
internal sealed partial class BarrierFollower(
    StoreAddress store, Barriers barriers, PlatformClock clock, TimeProvider time, ILogger<BarrierFollower> logger)
    : BackgroundService
{
    private static readonly TimeSpan Heartbeat = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    // Every number up to this one is in memory.
    private long sequence;
    private bool hasGap;

    /// <summary>Nothing is served before every barrier is known.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await using (var connection = store.OfItsOwn())
        {
            await connection.OpenAsync(cancellationToken);
            Ask(connection);
        }
        await base.StartAsync(cancellationToken);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.Factory.StartNew(() => Follow(stoppingToken), stoppingToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private void Follow(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                Listen(stop);
            }
            catch (Exception error) when (error is NpgsqlException or TimeoutException or IOException or InvalidOperationException)
            {
                LogLost(error.Message);
                stop.WaitHandle.WaitOne(Pause);
            }
        }
    }

    private void Listen(CancellationToken stop)
    {
        using var connection = store.OfItsOwn();
        connection.Open();
        connection.Notification += (_, told) => Take(told.Payload);
        using (var listen = new NpgsqlCommand($"listen {BarrierTable.Channel}", connection))
            listen.ExecuteNonQuery();
        while (!stop.IsCancellationRequested)
        {
            Ask(connection);
            var asked = time.GetTimestamp();
            while (!hasGap && Heartbeat - time.GetElapsedTime(asked) is var rest && rest >= TimeSpan.FromMilliseconds(1))
                connection.Wait(rest);
        }
    }

    private void Ask(NpgsqlConnection connection)
    {
        var (asked, wallClock) = (time.GetTimestamp(), time.GetUtcNow());
        var (head, storeTime) = BarrierTable.Head(connection);
        clock.Observe(storeTime, time.GetTimestamp());
        hasGap = false;
        if (head > sequence)
        {
            foreach (var barrier in BarrierTable.After(connection, sequence))
                barriers.Merge(barrier.Subject, barrier.Until);
            sequence = Math.Max(sequence, head);
        }

        barriers.Know(asked, wallClock);
    }

    private void Take(string payload)
    {
        if (StoredBarrier.Parse(payload) is not { } barrier)
            return;

        barriers.Merge(barrier.Subject, barrier.Until);
        if (barrier.Sequence == sequence + 1)
            sequence = barrier.Sequence;
        else if (barrier.Sequence > sequence)
            hasGap = true;
    }

    [LoggerMessage(LogLevel.Warning, "The store's barriers cannot be followed, trying again: {Reason}")]
    private partial void LogLost(string reason);
}
