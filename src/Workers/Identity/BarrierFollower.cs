using Marten;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Platform.Projections;

namespace Platform.Workers.Identity;

/// <summary>
/// Follows the store's barriers on a connection of its own: told of each within milliseconds, and asking twice a second, so
/// that a lost notification costs half a second and staleness is measured, not hoped for. The same question compares clocks.
/// </summary>
internal sealed partial class BarrierFollower(
    IDocumentStore store, Barriers barriers, PlatformClock clock, TimeProvider time, ILogger<BarrierFollower> logger)
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
        await using (var connection = await store.Storage.Database.Connections.OpenConnectionAsync(cancellationToken))
            await AskAsync(connection, cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await FollowAsync(stoppingToken);
            }
            catch (Exception error) when (error is NpgsqlException or TimeoutException or IOException or InvalidOperationException)
            {
                LogLost(error.Message);
                await Task.Delay(Pause, time, stoppingToken);
            }
        }
    }

    private async Task FollowAsync(CancellationToken stop)
    {
        await using var connection = await store.Storage.Database.Connections.OpenConnectionAsync(stop);
        connection.Notification += (_, told) => Take(told.Payload);
        await using (var listen = new NpgsqlCommand($"listen {BarrierTable.Channel}", connection))
            await listen.ExecuteNonQueryAsync(stop);
        while (true)
        {
            await AskAsync(connection, stop);
            var asked = time.GetTimestamp();
            while (!hasGap && Heartbeat - time.GetElapsedTime(asked) is var rest && rest > TimeSpan.Zero)
                await connection.WaitAsync(rest, stop);
        }
    }

    private async Task AskAsync(NpgsqlConnection connection, CancellationToken stop)
    {
        var asked = time.GetTimestamp();
        var wallClock = time.GetUtcNow();
        var (head, storeTime) = await BarrierTable.HeadAsync(connection, stop);
        clock.Observe(storeTime, time.GetTimestamp());
        hasGap = false;
        if (head > sequence)
        {
            await foreach (var barrier in BarrierTable.AfterAsync(connection, sequence, stop))
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
