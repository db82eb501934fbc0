using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Platform.Domain.Markets.Fetching;
using Platform.Projections;
using Platform.Projections.Markets;

namespace Platform.Workers.Markets.Fetching;

/// <summary>
/// Runs each fetcher when it is due, on one node at a time and a few at once. When it is due is in the store: a restart asks
/// no source sooner, and a node that dies is followed by another when its lease has run out.
/// </summary>
public sealed partial class FetcherFleet(
    FetcherCatalog catalog, FetcherTable table, FetchRun run, FetchedFacts facts, IOptions<FetchingOptions> options, TimeProvider time,
    Random random, ILogger<FetcherFleet> logger) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    // The first runs after a start are spread over this.
    private static readonly TimeSpan FirstWithin = TimeSpan.FromSeconds(10);

    // A run ends before its lease does, whatever becomes of it.
    private static readonly TimeSpan LeaseLength = FetchRun.LengthMax + TimeSpan.FromSeconds(30);

    private static readonly TimeSpan GapsCountedEvery = TimeSpan.FromMinutes(5);

    private readonly Dictionary<FetcherId, IFetcher> byId = catalog.All.ToDictionary(fetcher => fetcher.Terms.Id);
    private bool isRegistered;

    /// <summary>Runs those of these that are free, now, whatever the schedule says.</summary>
    /// <returns>How each went; null where another node is at it.</returns>
    public async Task<IReadOnlyList<(FetcherId Id, FetchOutcome? Outcome)>> RunNowAsync(
        IReadOnlyList<IFetcher> fetchers, CancellationToken cancellationToken)
    {
        await RegisterAsync(fetchers, cancellationToken);
        List<(FetcherId, FetchOutcome?)> outcomes = [];
        foreach (var fetcher in fetchers)
        {
            var id = fetcher.Terms.Id;
            var now = time.GetUtcNow();
            var lease = await table.ClaimAsync([id], now, now + LeaseLength, isDueAnyway: true, cancellationToken);
            outcomes.Add((id, lease is null ? null : await RunAsync(lease, cancellationToken)));
        }

        return outcomes;
    }

    /// <summary>Runs all that are due, as many at once as this node may; ends when none is.</summary>
    public async Task RunDueAsync(CancellationToken cancellationToken)
    {
        if (!isRegistered)
            await RegisterAsync(catalog.Running, cancellationToken);
        isRegistered = true;
        FetcherId[] running = [.. catalog.Running.Select(fetcher => fetcher.Terms.Id)];
        await Task.WhenAll(Enumerable.Range(0, options.Value.ConcurrencyMax).Select(async _ =>
        {
            while (await ClaimAsync(running, cancellationToken) is { } lease)
                await RunAsync(lease, cancellationToken);
        }));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (catalog.Running.Count == 0)
            return;

        using var timer = new PeriodicTimer(Every, time);
        do
            try
            {
                await RunDueAsync(stoppingToken);
            }
            catch (Exception error) when (error.IsStoreOutage)
            {
                LogAway(error.Message);
            }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private Task<FetchLease?> ClaimAsync(FetcherId[] among, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return table.ClaimAsync(among, now, now + LeaseLength, isDueAnyway: false, cancellationToken);
    }

    private Task RegisterAsync(IReadOnlyList<IFetcher> fetchers, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return table.RegisterAsync(
            [.. fetchers.Select(fetcher => (fetcher.Terms.Id, now + (FirstWithin * random.NextDouble()), fetcher.Terms.Schedule.After(now, Spread())))],
            now, cancellationToken);
    }

    private async Task<FetchOutcome> RunAsync(FetchLease lease, CancellationToken cancellationToken)
    {
        var fetcher = byId[lease.Fetcher];
        var schedule = fetcher.Terms.Schedule;
        FetchOutcome outcome;
        try
        {
            outcome = await run.RunAsync(fetcher, lease, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The node ends, the fetcher does not: another takes it up, but not at once, or restarts would hammer its source.
            await table.ReleaseAsync(lease, schedule.AfterFailure(time.GetUtcNow(), 1, notBefore: null, Spread()), CancellationToken.None);
            throw;
        }
        catch (LeaseLostException error)
        {
            outcome = new(0, 0, 0, NewestAt: null, new(FetchFault.Timeout, error.Message));
        }

        var now = time.GetUtcNow();
        var next = outcome.Failed is { } failed
            ? schedule.AfterFailure(now, lease.Failures + 1, failed.NotBefore, Spread())
            : schedule.After(now, Spread());
        if (outcome.Failed is { Fault: var fault, Message: var detail })
            LogFailed(lease.Fetcher, fault, detail, next);
        await table.EndAsync(lease, outcome, outcome.Calls * fetcher.Terms.Budget.CallCost, now, next, cancellationToken);
        if (fetcher.Terms.Gaps.Step is not GapStep.None && (lease.GapsAt is not { } counted || now - counted >= GapsCountedEvery))
            await table.CountGapsAsync(
                fetcher.Terms.Id, (await facts.GapsAsync(fetcher.Terms, now - fetcher.Terms.Gaps.Lookback, now, cancellationToken)).Count,
                now, cancellationToken);
        return outcome;
    }

    private decimal Spread() => random.Next(1001) / 1000m;

    [LoggerMessage(LogLevel.Warning, "{Fetcher} failed, {Fault}: {Detail} It is asked again at {Next:u}")]
    private partial void LogFailed(FetcherId fetcher, FetchFault fault, string detail, DateTimeOffset next);

    [LoggerMessage(LogLevel.Warning, "Nothing is fetched while the store is away: {Reason}")]
    private partial void LogAway(string reason);
}
