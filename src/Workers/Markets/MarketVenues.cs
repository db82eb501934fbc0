using Platform.Domain.Markets;
using Platform.Domain.Markets.Routing;
using Platform.Domain.Markets.Registry;
using Platform.Domain.Values;
using Platform.Workers.Markets.Registry;

namespace Platform.Workers.Markets;

/// <summary>One venue's side of a market as it is now.</summary>
/// <param name="Fees">Null while they are unknown.</param>
/// <param name="Book">Null when the venue's book is not followed.</param>
/// <param name="Quote">Null while nothing is known.</param>
/// <param name="Ticker">Null while nothing is known.</param>
/// <param name="KilledBecause">Why somebody of the platform stopped its data; null: nobody did.</param>
public sealed record VenueReading(
    VenueId Venue, MarketRules Rules, bool IsTrading, FeeRates? Fees, BookReading? Book, Quote? Quote, Ticker? Ticker,
    string? KilledBecause);

/// <summary>What whoever asks for a route says of venues.</summary>
/// <param name="Wanted">Those that may be used; empty for all.</param>
/// <param name="Balances">What there is in the accounts: quote units to buy with, base units to sell. Empty: no limit; else no other venue is used.</param>
/// <param name="FixedCosts">What using a venue costs at all, in quote units; nothing where it is not named.</param>
public sealed record RouteMeans(
    IReadOnlySet<VenueId> Wanted, IReadOnlyDictionary<VenueId, decimal> Balances, IReadOnlyDictionary<VenueId, decimal> FixedCosts)
{
    public bool Allows(VenueId venue) =>
        (Wanted.Count == 0 || Wanted.Contains(venue)) && (Balances.Count == 0 || Balances.ContainsKey(venue));
}

/// <summary>A market side by side at all venues that have it.</summary>
public sealed class MarketVenues(MarketCatalog catalog, MarketBoard board, ConnectedVenues venues, KillSwitches switches)
{
    /// <param name="levels">Of each side of each book.</param>
    /// <returns>Empty when no venue lists the market.</returns>
    public IReadOnlyList<VenueReading> Of(Symbol market, int levels) =>
    [
        .. from venue in venues.All
           let listed = catalog.Find(venue.Venue, market) as MarketLookup.Listed
           where listed is not null
           select new VenueReading(
               venue.Venue, listed.Rules, listed.IsTrading, venue.Settings.Fees ?? listed.Instrument.Fees,
               board.Book(venue.Venue, market, levels), board.Quote(venue.Venue, market), board.Ticker(venue.Venue, market),
               switches.WhyKilled(venue.Venue, VenueActivity.Data)),
    ];

    /// <summary>The same for the estimator of routes.</summary>
    public IReadOnlyList<RouteVenue> ForRoute(Symbol market, int levels, RouteMeans means) =>
    [
        .. Of(market, levels).Where(reading => means.Allows(reading.Venue)).Select(reading => new RouteVenue(
            reading.Venue, reading.Rules, reading.Book?.Book ?? new(BookState.Empty, 0, [], []), reading.Book?.At ?? default,
            reading.Fees is { Taker: var rate } ? new(rate) : null,
            means.Balances.TryGetValue(reading.Venue, out var available) ? available : null,
            Notional.From(means.FixedCosts.GetValueOrDefault(reading.Venue)),
            reading.IsTrading && !switches.IsKilled(reading.Venue, VenueActivity.Trade))),
    ];
}
