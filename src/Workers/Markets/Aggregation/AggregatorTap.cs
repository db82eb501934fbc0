using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Platform.Workers.Markets.Aggregation;

/// <summary>Stands behind each feed, and takes to the aggregator what it hears.</summary>
public sealed class AggregatorTap(
    Aggregator aggregator, ConnectedVenues venues, ConflatingQueue<Suspicion> suspicions, TimeProvider time, Random random,
    ILogger<AggregatorTap> logger)
    : BackgroundService, IMarketTap
{
    private static readonly TimeSpan MisfitsPeriod = TimeSpan.FromMinutes(1);

    private readonly Dictionary<Domain.Markets.VenueId, VenueTap> taps = venues.All.ToDictionary(
        venue => venue.Venue,
        venue => new VenueTap(aggregator.Intake(venue.Venue), venue, suspicions, time, random, logger));

    public IVenueTap Tap(ConnectedVenue venue) => taps[venue.Venue];

    // None of them ends by itself: the first to end broke, and the host is to know.
    protected override async Task ExecuteAsync(CancellationToken stoppingToken) =>
        await await Task.WhenAny([.. taps.Values.Select(tap => tap.CatchUpAsync(stoppingToken)), TellMisfitsAsync(stoppingToken)]);

    private async Task TellMisfitsAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(MisfitsPeriod, time);
        while (await timer.WaitForNextTickAsync(cancellationToken))
            foreach (var tap in taps.Values)
                tap.TellMisfits();
    }
}
