using Marten;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Platform.Projections;
using Platform.Projections.Identity;

namespace Platform.Workers.Identity;

/// <summary>Once a minute, forgets what nothing alive can run into any more: barriers, wrong guesses, spent danger tokens, ended lineages, old sessions.</summary>
public sealed partial class IdentityEviction(
    IDocumentStore store, Barriers barriers, GuessBudget guesses, TimeProvider time, ILogger<IdentityEviction> logger) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan UsesKept = TimeSpan.FromMinutes(1);

    // Where a person was is kept no longer than the person may want to look back.
    private static readonly TimeSpan SessionsKept = TimeSpan.FromDays(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await EvictAsync(stoppingToken);
            }
            catch (Exception error) when (error.IsStoreOutage)
            {
                LogFailed(error.Message);
            }
        }
    }

    /// <summary>Forgets now.</summary>
    public async Task EvictAsync(CancellationToken cancellationToken)
    {
        await barriers.EvictAsync(cancellationToken);
        await guesses.EvictAsync(cancellationToken);
        var now = time.GetUtcNow();
        var (uses, sessions) = (now - UsesKept, now - SessionsKept);
        await using var session = store.LightweightSession();
        session.HardDeleteWhere<DangerUse>(use => use.ExpiresAt < uses);
        session.HardDeleteWhere<InnerLineage>(lineage => lineage.EndsAt < uses);
        session.HardDeleteWhere<UserSession>(old => old.EndsAt < sessions);
        await session.SaveChangesAsync(cancellationToken);
    }

    [LoggerMessage(LogLevel.Warning, "Nothing could be forgotten this minute: {Reason}")]
    private partial void LogFailed(string reason);
}
