using Microsoft.Extensions.Hosting;

namespace Platform.Workers.Markets.Aggregation;

/// <summary>Flushes each shard on the grid of the wall clock; one that comes late skips, and never catches up in a burst.</summary>
public sealed class AggregatorLoop(Aggregator aggregator, TimeProvider time) : BackgroundService
{
    // None of them ends by itself: the first to end broke, and the host is to know.
    protected override async Task ExecuteAsync(CancellationToken stoppingToken) =>
        await await Task.WhenAny(aggregator.Shards.Select(shard => RunAsync(shard, stoppingToken)));

    private async Task RunAsync(AggregatorShard shard, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            var past = time.GetUtcNow().UtcTicks % Aggregator.FlushPeriod.Ticks;
            await Task.Delay(TimeSpan.FromTicks(Aggregator.FlushPeriod.Ticks - past), time, cancellationToken);
            aggregator.Flush(shard, time.GetUtcNow());
        }
    }
}
