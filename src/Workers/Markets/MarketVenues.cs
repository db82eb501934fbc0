using Platform.Domain.Markets;
using Platform.Domain.Markets.Routing;
using Platform.Domain.Values;

namespace Platform.Workers.Markets;

/// <summary>One venue's side of a market as it is now.</summary>
/// <param name="Fees">Null while they are unknown.</param>
/// <param name="Book">Null when the venue's book is not followed.</param>
/// <param name="Quote">Null while nothing is known.</param>
/// <param name="Ticker">Null while nothing is known.</param>
public sealed record VenueReading(
    VenueId Venue, MarketRules Rules, bool IsTrading, FeeRates? Fees, BookReading? Book, Quote? Quote, Ticker? Ticker);

/// <summary>A market side by side at all venues that have it.</summary>
public sealed class MarketVenues(MarketCatalog catalog, MarketBoard board, ConnectedVenues venues)
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
               board.Book(venue.Venue, market, levels), board.Quote(venue.Venue, market), board.Ticker(venue.Venue, market)),
    ];

    /// <summary>The same for the estimator of routes. What is in the accounts there, nobody has said: no limit.</summary>
    /// <param name="wanted">The venues that may be used; empty for all.</param>
    public IReadOnlyList<RouteVenue> ForRoute(Symbol market, int levels, IReadOnlySet<VenueId> wanted) =>
    [
        .. Of(market, levels).Where(reading => wanted.Count == 0 || wanted.Contains(reading.Venue)).Select(reading => new RouteVenue(
            reading.Venue, reading.Rules, reading.Book?.Book ?? new(BookState.Empty, 0, [], []), reading.Book?.At ?? default,
            reading.Fees is { Taker: var rate } ? new(rate) : null, IsTrading: reading.IsTrading)),
    ];
}
