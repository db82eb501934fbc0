using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Platform.Domain.Markets;
using Platform.Domain.Markets.Aggregation;
using Platform.Domain.Markets.Registry;
using Platform.Workers.Markets.Aggregation;
using Platform.Workers.Markets.Registry;

namespace Platform.Workers.Markets;

/// <summary>Keeps the board true: one feed for each venue, none of which minds the others.</summary>
public sealed partial class MarketFeed(
    ConnectedVenues venues, MarketCatalog catalog, MarketBoard board, IEnumerable<IMarketTap> taps, KillSwitches switches,
    Aggregator aggregator, TimeProvider time, Random random, ILogger<MarketFeed> logger) : BackgroundService
{
    private static readonly TimeSpan HaltsPeriod = TimeSpan.FromSeconds(1);

    private readonly Dictionary<VenueId, VenueFeed> feeds = venues.All.ToDictionary(
        venue => venue.Venue, venue => new VenueFeed(venue, board, [.. taps.Select(tap => tap.Tap(venue))], time, random, logger));

    /// <summary>Whether the home venue's stream is up now.</summary>
    public bool IsConnected => IsConnectedTo(venues.Home.Venue);

    /// <summary>Whether that venue's stream is up now; false for a venue that the platform has none of.</summary>
    public bool IsConnectedTo(VenueId venue) => feeds.GetValueOrDefault(venue)?.IsConnected ?? false;

    public override void Dispose()
    {
        foreach (var feed in feeds.Values)
            feed.Dispose();
        base.Dispose();
    }

    // No feed ends by itself: the first to end broke, and the host is to know.
    protected override async Task ExecuteAsync(CancellationToken stoppingToken) =>
        await await Task.WhenAny([.. feeds.Select(feed => RunAsync(feed.Key, feed.Value, stoppingToken)), TellHaltsAsync(stoppingToken)]);

    private async Task RunAsync(VenueId venue, VenueFeed feed, CancellationToken cancellationToken)
    {
        await catalog.ReadyAsync(venue).WaitAsync(cancellationToken);
        var wanted = venues.Find(venue)!.Settings.Watched;
        Instrument[] watched = [.. wanted.Select(market => catalog.Find(venue, market))
            .OfType<MarketLookup.Listed>().Select(listed => listed.Instrument)];
        LogWatching(watched.Length, wanted.Count, venue);
        if (watched.Length > 0)
            await FollowAsync(venue, feed, watched, cancellationToken);
        else
            await Task.Delay(Timeout.InfiniteTimeSpan, time, cancellationToken);
    }

    // Streams do not say it: whether a market trades is read with its rules, and what was listed then may have changed.
    private async Task TellHaltsAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(HaltsPeriod, time);
        while (await timer.WaitForNextTickAsync(cancellationToken))
            foreach (var venue in venues.All)
                foreach (var market in venue.Settings.Watched)
                    if (catalog.Find(venue.Venue, market) is var known and not MarketLookup.VenueUnavailable)
                        aggregator.Intake(venue.Venue).Find(new(market))?.Halt(known is not MarketLookup.Listed { IsTrading: true });
    }

    private Task FollowAsync(VenueId venue, VenueFeed feed, IReadOnlyList<Instrument> watched, CancellationToken cancellationToken)
    {
        var intake = aggregator.Intake(venue);
        feed.Watch(watched);
        return switches.RunWhileAliveAsync(
            venue, VenueActivity.Data,
            alive =>
            {
                intake.Stand(VenueStanding.Killed, holds: false);
                return feed.RunAsync(alive);
            },
            why =>
            {
                // Whoever asks for a price or a book is told that a person stopped it, and why.
                intake.Stand(VenueStanding.Killed, holds: true);
                feed.Killed(why);
            },
            cancellationToken);
    }

    [LoggerMessage(LogLevel.Information, "Watching {Watched} of {Wanted} markets of {Venue}")]
    private partial void LogWatching(int watched, int wanted, VenueId venue);
}
