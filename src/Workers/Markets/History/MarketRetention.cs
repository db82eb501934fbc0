using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using Platform.Projections;
using Platform.Projections.Markets;
using Platform.Projections.Snapshots;
using Platform.Workers.Markets.Import;

namespace Platform.Workers.Markets.History;

/// <summary>
/// Makes the partitions of market data a week ahead and drops those that are too old, at start and every hour. What was imported is
/// kept, however old: a person brought it. Any number of nodes may do it; one drops at a time, and none while something is imported.
/// </summary>
public sealed partial class MarketRetention(
    NpgsqlDataSource database, Partitions partitions, IOptions<RetentionOptions> options, TimeProvider time, ILogger<MarketRetention> logger)
    : BackgroundService
{
    private const int DaysAhead = 7;
    private static readonly TimeSpan Period = TimeSpan.FromHours(1);

    /// <summary>Makes what is needed and drops what is too old now.</summary>
    /// <returns>What was dropped by this call.</returns>
    public async Task<IReadOnlyList<TimePartition>> RoundAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        // Seconds of trades have room made by whoever writes them, who looks after those that came without.
        foreach (var (table, _) in options.Value.Rules.Where(rule => rule.Table != TradeSeconds.Table))
            await partitions.EnsureAsync(table, Enumerable.Range(0, DaysAhead + 1).Select(day => now.AddDays(day)), cancellationToken);

        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        if (!await ImportLedger.TryLockRetentionAsync(connection, cancellationToken))
            return [];

        var dropped = new List<TimePartition>();
        foreach (var (table, keep) in options.Value.Rules)
            if (keep is { } age)
                dropped.AddRange(await DropAsync(connection, table, now - age, cancellationToken));
        return dropped;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        do
            try
            {
                await RoundAsync(stoppingToken);
            }
            catch (Exception error) when (error.IsStoreOutage || error is PostgresException { SqlState: PostgresErrorCodes.LockNotAvailable })
            {
                LogAway(error);
            }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task<IReadOnlyList<TimePartition>> DropAsync(
        NpgsqlConnection connection, PartitionedTable table, DateTimeOffset before, CancellationToken cancellationToken)
    {
        var imported = await ImportLedger.RangesAsync(connection, table, cancellationToken);
        var dropped = await partitions.DropBeforeAsync(
            table, before, old => imported.Any(range => range.First < old.To && range.Last >= old.From), cancellationToken);
        foreach (var old in dropped)
            LogDropped(old.Name, old.From, old.To);
        return dropped;
    }

    [LoggerMessage(LogLevel.Information, "Dropped {Partition} with rows from {From:u} to {To:u}: they are older than what is kept")]
    private partial void LogDropped(string partition, DateTimeOffset from, DateTimeOffset to);

    [LoggerMessage(LogLevel.Warning, "Old market data is dropped in an hour: the database is away, or somebody reads it for long")]
    private partial void LogAway(Exception error);
}
