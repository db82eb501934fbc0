using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Platform.Domain.Markets;
using Platform.Domain.Snapshots;
using Platform.Projections;
using Platform.Projections.Markets;
using Platform.Projections.Snapshots;

namespace Platform.Workers.Markets.History;

/// <summary>
/// Writes down what is missing of the minutes, or may be. Streams tell at once what they lost; silence and the clock are looked at every
/// ten seconds; a sweep of the last day, and of eight days at start, finds holes between minutes that nobody told of; once a day another
/// finds hours and days that are older.
/// </summary>
public sealed partial class BarGaps(
    MarketCatalog catalog, Instruments instruments, BarRows bars, GapRows gaps, ConflatingQueue<Suspicion> suspicions,
    IOptions<RetentionOptions> kept, TimeProvider time, ILogger<BarGaps> logger)
    : BackgroundService, IMarketTap
{
    // Venues take a moment until a minute that ended has its last trade.
    private static readonly TimeSpan Lateness = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan SweepPeriod = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan WatchPeriod = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Day = TimeSpan.FromHours(25);
    private static readonly TimeSpan Week = TimeSpan.FromDays(8);
    private static readonly TimeSpan LongPeriod = TimeSpan.FromDays(1);

    // Of a market at once, and each no longer than this: what one gap asks for and has sampled again is bounded.
    private const int LongHolesMax = 100;
    private static readonly TimeSpan LongHoleMax = TimeSpan.FromDays(31);

    private readonly ConcurrentBag<VenueEar> ears = [];
    private readonly Silence silence = new(instruments, bars);
    private readonly ClockWatch clock = new(time);

    public IVenueTap Tap(ConnectedVenue venue)
    {
        var ear = new VenueEar(venue, time, suspicions);
        ears.Add(ear);
        return ear;
    }

    /// <summary>One gap for each market from its first hole to its last, within a time that is past.</summary>
    public async Task SweepAsync(TimeSpan back, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        foreach (var (ear, market) in Watched())
            if (await instruments.FindAsync(ear.Venue.Venue, market, cancellationToken) is { } id
                && await bars.HoleSpanAsync(id, BarLevel.Minute, now - back, now, cancellationToken) is var (from, to))
                await OpenAsync(new(ear.Venue.Venue, market, from, to, "hole"), cancellationToken);
    }

    /// <summary>
    /// A gap for each stretch of hours that are missing, or not whole, and so old that nobody looks at its minutes; of days where hours are
    /// not kept. A long stretch is several gaps.
    /// </summary>
    public async Task SweepLongAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var hoursFrom = now - kept.Value.Hours;
        foreach (var (ear, market) in Watched())
            if (await instruments.FindAsync(ear.Venue.Venue, market, cancellationToken) is { } id)
                foreach (var (from, to) in Cut([
                    .. await bars.HolesAsync(id, BarLevel.Hour, hoursFrom, now - Week, LongHolesMax, cancellationToken),
                    .. await bars.HolesAsync(id, BarLevel.Day, DateTimeOffset.UnixEpoch, hoursFrom, LongHolesMax, cancellationToken)]).Take(LongHolesMax))
                    await OpenAsync(new(ear.Venue.Venue, market, from, to, "hole"), cancellationToken);
    }

    /// <summary>What is silent beside its peers, and what the clock jumped over.</summary>
    public async Task WatchAsync(CancellationToken cancellationToken)
    {
        if (clock.Jumped() is var (from, to))
            foreach (var ear in ears)
                suspicions.Offer(new(
                    ear.Venue.Venue, Market: null, BarLevel.Minute.StartOf(from), BarLevel.Minute.StartOf(to).AddMinutes(1), "clock"));
        foreach (var silent in await silence.FindAsync([.. Watched()], time.GetUtcNow(), cancellationToken))
            suspicions.Offer(silent);
    }

    private static IEnumerable<(DateTimeOffset From, DateTimeOffset To)> Cut(IReadOnlyList<(DateTimeOffset From, DateTimeOffset To)> holes)
    {
        foreach (var (begin, end) in holes)
            for (var from = begin; from < end; from += LongHoleMax)
                yield return (from, from + LongHoleMax < end ? from + LongHoleMax : end);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(FollowAsync(stoppingToken), WatchForeverAsync(stoppingToken), SweepForeverAsync(stoppingToken));

    private async Task FollowAsync(CancellationToken cancellationToken)
    {
        await foreach (var suspicion in suspicions.ReadAllAsync(cancellationToken))
            while (!await WhileStoreIsThereAsync(() => OpenAsync(suspicion, cancellationToken), cancellationToken))
                await Task.Delay(WatchPeriod, time, cancellationToken);
    }

    private async Task WatchForeverAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(WatchPeriod, time);
        while (await timer.WaitForNextTickAsync(cancellationToken))
            await WhileStoreIsThereAsync(() => WatchAsync(cancellationToken), cancellationToken);
    }

    private async Task SweepForeverAsync(CancellationToken cancellationToken)
    {
        var (back, longAt) = (Week, DateTimeOffset.MinValue);
        using var timer = new PeriodicTimer(SweepPeriod, time);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            await WhileStoreIsThereAsync(() => SweepAsync(back, cancellationToken), cancellationToken);
            back = Day;
            if (time.GetUtcNow() - longAt >= LongPeriod && await WhileStoreIsThereAsync(() => SweepLongAsync(cancellationToken), cancellationToken))
                longAt = time.GetUtcNow();
        }
    }

    private Task OpenAsync(Suspicion of, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var next = of.To + Lateness > now ? of.To + Lateness : now;
        var markets = of.Market is { } one
            ? [one]
            : Watched().Where(watched => watched.Ear.Venue.Venue == of.Venue).Select(watched => watched.Market);
        return gaps.OpenAsync(
            [
                .. markets.Select(market => new Gap(
                    Guid.CreateVersion7(now), BarHealer.Minutes, BarHealer.BinOf(of.Venue, market), of.From, of.To, of.Cause, GapState.Suspect,
                    Tries: 0, now, next, Evidence: of.Evidence)),
            ],
            cancellationToken);
    }

    private IEnumerable<(VenueEar Ear, MarketKey Market)> Watched() =>
        from ear in ears
        from market in ear.Venue.Settings.Watched
        where catalog.Find(ear.Venue.Venue, market) is MarketLookup.Listed
        select (ear, new MarketKey(market));

    /// <summary>False: the database is away, and it has to be tried again.</summary>
    private async Task<bool> WhileStoreIsThereAsync(Func<Task> work, CancellationToken cancellationToken)
    {
        try
        {
            await work();
            return true;
        }
        catch (Exception error) when (error.IsStoreOutage && !cancellationToken.IsCancellationRequested)
        {
            LogAway(error);
            return false;
        }
    }

    [LoggerMessage(LogLevel.Warning, "Gaps are not written down while the database is away; it is tried again")]
    private partial void LogAway(Exception error);
}
