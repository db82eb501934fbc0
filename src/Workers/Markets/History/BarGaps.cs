using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Platform.Domain.Markets;
using Platform.Domain.Snapshots;
using Platform.Projections;
using Platform.Projections.Markets;
using Platform.Projections.Snapshots;
using Platform.Workers.Markets.Venues;

namespace Platform.Workers.Markets.History;

/// <summary>
/// Finds what is missing of the minutes: what passed while a stream was down, and holes between minutes that are there. Streams
/// tell at once; a sweep of the last day, and of eight days at start, finds what nobody told.
/// </summary>
public sealed partial class BarGaps(
    MarketCatalog catalog, Instruments instruments, BarRows bars, GapRows gaps, TimeProvider time, ILogger<BarGaps> logger)
    : BackgroundService, IMarketTap
{
    // Venues take a moment until a minute that ended has its last trade.
    private static readonly TimeSpan Lateness = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Day = TimeSpan.FromHours(25);
    private static readonly TimeSpan Week = TimeSpan.FromDays(8);

    private readonly ConcurrentBag<VenueEar> ears = [];
    private readonly ConflatingQueue<Outage> outages = new();

    public IMarketSink Tap(ConnectedVenue venue)
    {
        var ear = new VenueEar(venue, time, outages);
        ears.Add(ear);
        return ear;
    }

    /// <summary>One gap for each market from its first hole to its last, within a time that is past.</summary>
    public async Task SweepAsync(TimeSpan back, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        foreach (var (venue, market) in ears.SelectMany(ear => Watched(ear.Venue)))
        {
            if (await instruments.FindAsync(venue, market, cancellationToken) is not { } id)
                continue;
            if (await bars.HolesAsync(id, BarLevel.Minute, now - back, now, cancellationToken) is var (from, to))
                await OpenAsync(venue, market, from, to, "hole", cancellationToken);
        }
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(FollowAsync(stoppingToken), SweepForeverAsync(stoppingToken));

    private async Task FollowAsync(CancellationToken cancellationToken)
    {
        await foreach (var outage in outages.ReadAllAsync(cancellationToken))
            await WhileStoreIsThereAsync(
                async () =>
                {
                    foreach (var (venue, market) in Watched(outage.Venue))
                        await OpenAsync(venue, market, outage.From, outage.To, "disconnect", cancellationToken);
                },
                cancellationToken);
    }

    private async Task SweepForeverAsync(CancellationToken cancellationToken)
    {
        var back = Week;
        using var timer = new PeriodicTimer(Every, time);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            await WhileStoreIsThereAsync(() => SweepAsync(back, cancellationToken), cancellationToken);
            back = Day;
        }
    }

    private Task OpenAsync(
        VenueId venue, MarketKey market, DateTimeOffset from, DateTimeOffset to, string cause, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return gaps.OpenAsync(
            [
                new(
                    Guid.CreateVersion7(now), BarHealer.Minutes, BarHealer.BinOf(venue, market), from, to, cause, GapState.Suspect, Tries: 0,
                    now, to + Lateness > now ? to + Lateness : now),
            ],
            cancellationToken);
    }

    private IEnumerable<(VenueId Venue, MarketKey Market)> Watched(ConnectedVenue venue) => venue.Settings.Watched
        .Where(market => catalog.Find(venue.Venue, market) is MarketLookup.Listed).Select(market => (venue.Venue, new MarketKey(market)));

    // An outage of the database is tried again; what is not written down now is found by the next sweep.
    private async Task WhileStoreIsThereAsync(Func<Task> work, CancellationToken cancellationToken)
    {
        try
        {
            await work();
        }
        catch (Exception error) when (error.IsStoreOutage && !cancellationToken.IsCancellationRequested)
        {
            LogAway(error);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Gaps are not written down while the database is away; the next sweep finds them")]
    private partial void LogAway(Exception error);

    private sealed record Outage(ConnectedVenue Venue, DateTimeOffset From, DateTimeOffset To);

    /// <summary>Hears when a venue was last there. The minute in which it went and the one in which it came back are both cut.</summary>
    private sealed class VenueEar(ConnectedVenue venue, TimeProvider time, ConflatingQueue<Outage> outages) : IMarketSink
    {
        private DateTimeOffset heardAt = time.GetUtcNow();

        public ConnectedVenue Venue => venue;

        public void Connected()
        {
            var now = time.GetUtcNow();
            outages.Offer(new(venue, BarLevel.Minute.StartOf(heardAt), BarLevel.Minute.StartOf(now).AddMinutes(1)));
            heardAt = now;
        }

        public void Heard() => heardAt = time.GetUtcNow();

        public void Traded(Instrument instrument, in PublicTrade trade) => Heard();

        public void Quoted(Instrument instrument, in VenueQuote quote) => Heard();

        public void DepthChanged(Instrument instrument, in DepthUpdate update) => Heard();

        public void BarChanged(Instrument instrument, CandleInterval interval, Candle candle) => Heard();

        public void DayChanged(Instrument instrument, DaySummary day) => Heard();

        public void Disconnected(string reason)
        {
            // What counts is when it was last heard, which is earlier.
        }

        public void StatusChanged(VenueStatus status) => Heard();
    }
}
