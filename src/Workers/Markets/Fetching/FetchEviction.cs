using Marten;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using Platform.Domain.Markets.Fetching;
using Platform.Projections;

namespace Platform.Workers.Markets.Fetching;

/// <summary>Once an hour, forgets answers and facts that were kept long enough; of answers about something the newest stays.</summary>
public sealed partial class FetchEviction(
    FetcherCatalog catalog, IDocumentStore store, IOptions<FetchingOptions> options, TimeProvider time, ILogger<FetchEviction> logger)
    : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromHours(1);

    private const string RawSql =
        $"""
        delete from {PlatformStore.Schema}.fetched_raw old where fetcher = $1 and seen_until < $2 and exists (
            select 1 from {PlatformStore.Schema}.fetched_raw newer
            where newer.fetcher = old.fetcher and newer.about = old.about and newer.at > old.at)
        """;

    // The newest first, as long as there is room.
    private const string RoomSql =
        $"""
        delete from {PlatformStore.Schema}.fetched_raw old using (
            select about, at, sum(length(body)) over (order by at desc, about) as bytes, row_number() over (order by at desc, about) as place
            from {PlatformStore.Schema}.fetched_raw where fetcher = $1) as kept
        where old.fetcher = $1 and old.about = kept.about and old.at = kept.at and kept.bytes > $2 and kept.place > 1
        """;

    private const string FactsSql = $"delete from {PlatformStore.Schema}.fetched_fact where fetcher = $1 and published_at < $2";

    /// <summary>Forgets now.</summary>
    public async Task EvictAsync(CancellationToken cancellationToken)
    {
        var (database, now) = (store.Storage.Database.Connections, time.GetUtcNow());
        foreach (var terms in catalog.All.Select(fetcher => fetcher.Terms))
        {
            await DeleteAsync(database, RawSql, terms.Id, now - terms.RawKept, cancellationToken);
            await DeleteAsync(database, RoomSql, terms.Id, (decimal)options.Value.RawBytesMax, cancellationToken);
            if (terms.FactsKept is { } kept)
                await DeleteAsync(database, FactsSql, terms.Id, now - kept, cancellationToken);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            try
            {
                await EvictAsync(stoppingToken);
            }
            catch (Exception error) when (error.IsStoreOutage)
            {
                LogFailed(error.Message);
            }
    }

    private static async Task DeleteAsync(
        NpgsqlDataSource database, string sql, FetcherId fetcher, object limit, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(sql);
        command.Parameters.AddWithValue(fetcher.Value);
        command.Parameters.AddWithValue(limit);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    [LoggerMessage(LogLevel.Warning, "Nothing that was fetched could be forgotten this hour: {Reason}")]
    private partial void LogFailed(string reason);
}
