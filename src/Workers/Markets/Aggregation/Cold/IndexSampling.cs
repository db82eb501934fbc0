using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Platform.Projections;
using Platform.Projections.Markets;

namespace Platform.Workers.Markets.Aggregation.Cold;

/// <summary>Stores every five minutes of the clock what stands behind the price of each market; of several processes the one that writes trades.</summary>
public sealed partial class IndexSampling(
    Aggregator aggregator, ColdPath path, IndexSamples samples, TimeProvider time, ILogger<IndexSampling> logger) : BackgroundService
{
    /// <summary>From one sample to the next.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromMinutes(5);

    // So many markets are one commit; each has some venues.
    private const int BatchMax = 500;

    /// <summary>Stores a sample of each market as it is now.</summary>
    public async Task SampleAsync(CancellationToken cancellationToken)
    {
        foreach (var markets in aggregator.Markets.Chunk(BatchMax))
            await samples.WriteAsync([.. markets.Select(aggregator.Sample)], cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!path.IsWriting)
            return;

        while (true)
        {
            var now = time.GetUtcNow();
            await Task.Delay(TimeSpan.FromTicks(Period.Ticks - (now.UtcTicks % Period.Ticks)), time, stoppingToken);
            try
            {
                await SampleAsync(stoppingToken);
            }
            catch (Exception error) when (error.IsStoreOutage && !stoppingToken.IsCancellationRequested)
            {
                LogAway(error);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "What stands behind the prices of this instant is not stored: the database is away")]
    private partial void LogAway(Exception error);
}
