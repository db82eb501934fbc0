using Marten;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Platform.Projections;

namespace Platform.Workers.Identity.ApiKeys;

/// <summary>
/// Proves every minute that no key outlives its owner. Keys end in the commit that ends their owner, so it finds none, ever;
/// finding one is a defect of ours, and makes the platform unhealthy.
/// </summary>
public sealed partial class ApiKeyInvariant(IDocumentStore store, TimeProvider time, ILogger<ApiKeyInvariant> logger) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    private const string Orphans =
        $"""
        select count(*)::int from {PlatformStore.Schema}.mt_doc_apikeycredential as key
        where case when key.data ->> 'poolId' is null
            then not exists (
                select from {PlatformStore.Schema}.mt_doc_user as owner
                where owner.id = (key.data ->> 'userId')::uuid and not (owner.data ->> 'isDeleted')::bool)
            else exists (
                select from {PlatformStore.Schema}.mt_doc_pool as owner
                where owner.id = (key.data ->> 'poolId')::uuid and (owner.data ->> 'isClosed')::bool)
            end
        """;

    /// <summary>Keys whose owner is gone, at the last look; null: nobody looked yet.</summary>
    public int? Found { get; private set; }

    /// <summary>Looks now.</summary>
    public async Task<int> LookAsync(CancellationToken cancellationToken)
    {
        await using var session = store.QuerySession();
        var found = (await session.AdvancedSql.QueryAsync<int>(Orphans, cancellationToken))[0];
        if (found > 0)
            LogOrphans(found);
        Found = found;
        return found;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        do
        {
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                LogFailed(error);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(LogLevel.Critical, "{Count} API keys outlived their owners")]
    private partial void LogOrphans(int count);

    [LoggerMessage(LogLevel.Warning, "API keys could not be compared with their owners")]
    private partial void LogFailed(Exception error);
}
