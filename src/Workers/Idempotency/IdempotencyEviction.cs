using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Platform.Projections;

namespace Platform.Workers.Idempotency;

/// <summary>Once a minute, frees the keys whose time is over.</summary>
public sealed partial class IdempotencyEviction(IdempotencyRecords records, TimeProvider time, ILogger<IdempotencyEviction> logger)
    : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                while (await records.EvictAsync(stoppingToken))
                {
                    // There may be more.
                }
            }
            catch (Exception error) when (error.IsStoreOutage)
            {
                LogFailed(error.Message);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "No keys could be freed this minute: {Reason}")]
    private partial void LogFailed(string reason);
}
