using System.Collections.Frozen;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Platform.Domain.Markets;
using Platform.Domain.Markets.Registry;
using Platform.Domain.Values;
using Platform.Workers.Markets.Registry;
using Platform.Workers.Markets.Venues;

namespace Platform.Workers.Markets;

/// <summary>What the catalog says of a market.</summary>
public abstract record MarketLookup
{
    private MarketLookup() { }

    public abstract TResult Match<TResult>(
        Func<Listed, TResult> listed, Func<TResult> unlisted, Func<TResult> venueUnavailable);

    public sealed record Listed(Instrument Instrument) : MarketLookup
    {
        public MarketRules Rules => Instrument.Rules;

        /// <summary>False while the venue takes no orders on it.</summary>
        public bool IsTrading => Instrument.IsTrading;

        public override TResult Match<TResult>(
            Func<Listed, TResult> listed, Func<TResult> unlisted, Func<TResult> venueUnavailable) => listed(this);
    }

    public sealed record Unlisted : MarketLookup
    {
        public override TResult Match<TResult>(
            Func<Listed, TResult> listed, Func<TResult> unlisted, Func<TResult> venueUnavailable) => unlisted();
    }

    /// <summary>The venue was never reached, so nobody knows what it lists.</summary>
    public sealed record VenueUnavailable : MarketLookup
    {
        public override TResult Match<TResult>(
            Func<Listed, TResult> listed, Func<TResult> unlisted, Func<TResult> venueUnavailable) => venueUnavailable();
    }
}

/// <summary>
/// The rules of all markets that the venues list, asked for every ten minutes. Once reached, a venue's last word holds while it
/// is away or its data is stopped. Without a venue's name, the home venue is meant.
/// </summary>
public sealed partial class MarketCatalog(
    ConnectedVenues venues, KillSwitches switches, TimeProvider time, Random random, ILogger<MarketCatalog> logger) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(10);

    private readonly FrozenDictionary<VenueId, VenueListing> listings =
        venues.All.ToFrozenDictionary(venue => venue.Venue, venue => new VenueListing(venue));

    private VenueListing Home => listings[venues.Home.Venue];

    /// <summary>Completes when the home venue has been reached for the first time.</summary>
    public Task Ready => Home.Ready;

    public bool IsReady => Home.Instruments is not null;

    /// <summary>All spot markets that the home venue lists, by name; null when it was never reached.</summary>
    public IReadOnlyList<MarketLookup.Listed>? All => Home.All;

    public MarketLookup Find(Symbol market) => Home.Find(market);

    /// <exception cref="KeyNotFoundException">The platform is not connected to such a venue.</exception>
    public MarketLookup Find(VenueId venue, Symbol market) => listings[venue].Find(market);

    /// <summary>Everything that a venue lists, derivatives included; null when it was never reached.</summary>
    public IReadOnlyList<Instrument>? InstrumentsOf(VenueId venue) => listings.GetValueOrDefault(venue)?.Instruments;

    /// <summary>Completes when that venue has been reached for the first time.</summary>
    public Task ReadyAsync(VenueId venue) => listings[venue].Ready;

    /// <summary>Asks the home venue now; false when it did not say, and then what was known stays.</summary>
    public Task<bool> RefreshAsync(CancellationToken cancellationToken) => RefreshAsync(Home, cancellationToken);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(listings.Values.Select(listing => FollowAsync(listing, stoppingToken)));

    private async Task FollowAsync(VenueListing listing, CancellationToken cancellationToken)
    {
        var backOff = new BackOff(time, random);
        while (!cancellationToken.IsCancellationRequested)
            if (HoldsAsItIs(listing) || await RefreshAsync(listing, cancellationToken))
            {
                backOff.Reset();
                await Task.Delay(Period, time, cancellationToken);
            }
            else
            {
                await backOff.WaitAsync(cancellationToken);
            }
    }

    private bool HoldsAsItIs(VenueListing listing) =>
        listing.Instruments is not null && switches.IsKilled(listing.Venue, VenueActivity.Data);

    private async Task<bool> RefreshAsync(VenueListing listing, CancellationToken cancellationToken)
    {
        var answer = await listing.AskAsync(cancellationToken);
        if (answer is VenueAnswer<IReadOnlyList<Instrument>>.Answered)
            return true;
        LogNotRefreshed(listing.Venue, answer.ToString());
        return false;
    }

    [LoggerMessage(LogLevel.Warning, "The markets of {Venue} could not be read: {Answer}")]
    private partial void LogNotRefreshed(VenueId venue, string answer);
}
