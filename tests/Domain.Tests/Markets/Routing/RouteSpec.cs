using Platform.Domain.Markets;
using Platform.Domain.Markets.Routing;
using Platform.Domain.Values;

namespace Platform.Domain.Tests.Markets.Routing;

/// <summary>Venues as the tests of the route say them.</summary>
public abstract class RouteSpec
{
    protected static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    protected static readonly Symbol Market = Symbol.From("BTC-USDT");

    protected static RouteResult Buy(decimal quantity, params RouteVenue[] venues) =>
        SmartRoute.Estimate(Asking(TakerSide.Buy, quantity), venues);

    protected static RouteResult Sell(decimal quantity, params RouteVenue[] venues) =>
        SmartRoute.Estimate(Asking(TakerSide.Sell, quantity), venues);

    protected static RouteRequest Asking(TakerSide side, decimal quantity, int legsMax = 10) =>
        new(Market, side, Quantity.From(quantity), legsMax, Now);

    protected static RouteVenue Asks(string name, decimal fee, params (decimal Price, decimal Quantity)[] levels) =>
        Venue(name, fee, bids: [], asks: levels);

    protected static RouteVenue Bids(string name, decimal fee, params (decimal Price, decimal Quantity)[] levels) =>
        Venue(name, fee, bids: levels, asks: []);

    protected static RouteVenue Venue(
        string name, decimal fee, (decimal Price, decimal Quantity)[] bids, (decimal Price, decimal Quantity)[] asks) => new(
        VenueId.From(name), Rules(), new(BookState.Synced, 1, [.. bids.Select(Level)], [.. asks.Select(Level)]), Now, new(fee));

    protected static MarketRules Rules(decimal lot = 0, decimal minNotional = 0, decimal maxQuantity = 0, int precision = 8) => new(
        Market, new(0, 0, 0), new(Quantity.From(lot), Quantity.From(lot), Quantity.From(maxQuantity)), new(default, default, default),
        NotionalRules.None with { Min = Notional.From(minNotional) }, precision, 8);

    protected static BookLevel Level((decimal Price, decimal Quantity) level) => new(Price.From(level.Price), Quantity.From(level.Quantity));

    protected static RouteEstimate Found(RouteResult result) => result.Estimate ?? throw new ArgumentException("No route.", nameof(result));

    protected static (string Venue, decimal Quantity, decimal Limit)[] LegsOf(RouteResult result) =>
        [.. Found(result).Legs.Select(leg => (leg.Venue.Value, leg.Quantity.Value, leg.LimitPrice.Value))];

    protected static (string Venue, RouteExclusion Reason)[] LeftOutOf(RouteResult result) =>
        [.. result.LeftOut.Select(left => (left.Venue.Value, left.Reason))];
}
