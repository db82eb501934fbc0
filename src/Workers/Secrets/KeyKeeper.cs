using Marten;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Platform.Domain.Secrets;
using Platform.Projections;

namespace Platform.Workers.Secrets;

/// <summary>
/// Once an hour: a new data key when the present one has sealed for long enough, the rest of a rotation that somebody began
/// and did not end, and the end of data keys that are out of use.
/// </summary>
public sealed partial class KeyKeeper(
    VaultSeal seal, KeyRingStore ring, KeyRotation rotation, IDocumentStore store, TimeProvider time, ILogger<KeyKeeper> logger)
    : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await seal.UnsealedAsync(stoppingToken);
        using var timer = new PeriodicTimer(Every, time);
        do
            try
            {
                await RoundAsync(stoppingToken);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                LogPutOff(error);
            }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>What is done each hour.</summary>
    public async Task RoundAsync(CancellationToken cancellationToken)
    {
        if (await ring.FindAsync(cancellationToken) is { } keys
            && KeyRingDecider.IsRotationDue(keys, await SealsMaxAsync(cancellationToken), time.GetUtcNow()))
            await rotation.BeginAsync(cancellationToken);
        await rotation.ResealAsync((_, _) => { }, cancellationToken);
        await rotation.TidyAsync(cancellationToken);
    }

    // Every seal is an event: there were no more of them than events since the data key was added.
    private async Task<long> SealsMaxAsync(CancellationToken cancellationToken)
    {
        await using var session = store.QuerySession();
        var past = await session.Events.FetchStreamAsync(KeyRingStore.Id.Value, token: cancellationToken);
        var head = (await session.AdvancedSql.QueryAsync<long>(
            $"select max(seq_id) from {PlatformStore.Schema}.mt_events", cancellationToken))[0];
        return head - past.Last(happened => happened.Data is DataKeyAdded).Sequence;
    }

    [LoggerMessage(LogLevel.Error, "The data keys could not be looked after; they are again in an hour")]
    private partial void LogPutOff(Exception error);
}
