using Marten;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Platform.Projections;

namespace Platform.Workers.Audit;

/// <summary>
/// Signs every few seconds what was chained since. A log that does not follow from what was signed ends the process:
/// nothing should be traded whose record no longer holds.
/// </summary>
public sealed partial class CheckpointSigner(
    IDocumentStore store, AuditKey key, TimeProvider time, ILogger<CheckpointSigner> logger) : BackgroundService
{
    // With the time that chaining and signing take, every event is covered within five seconds.
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(3);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var writer = new CheckpointWriter(store.Storage.Database.Connections, key, time);
        using var timer = new PeriodicTimer(Period, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await SignAllAsync(writer, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // What is not signed yet is signed after the next start.
        }
    }

    private async Task SignAllAsync(CheckpointWriter writer, CancellationToken cancellationToken)
    {
        try
        {
            while (await writer.SignAsync(cancellationToken))
            {
                // There may be more.
            }
        }
        catch (NpgsqlException exception)
        {
            // Nothing was committed; the database comes back, and the next tick signs the same links.
            Postponed(exception);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The database is away; signing waits for the next tick.")]
    private partial void Postponed(Exception exception);
}
