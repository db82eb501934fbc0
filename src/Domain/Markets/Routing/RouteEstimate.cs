using Platform.Domain.Values;

namespace Platform.Domain.Markets.Routing;

/// <summary>How far the books will bear an estimate out.</summary>
public enum RouteConfidence
{
    /// <summary>Old books, or not all of the quantity finds a place: a lot or more is left.</summary>
    Low = 0,

    Medium,

    /// <summary>All books are fresh, and no leg takes more than half of what is in sight at its venue.</summary>
    High,
}

/// <summary>What to send to one venue: a limit order that fills at once or not at all (IOC, FIX 59=3).</summary>
/// <param name="LimitPrice">The worst level used: no chasing beyond it.</param>
/// <param name="AveragePrice">What the levels come to, before the fee.</param>
/// <param name="Fee">In the asset in which the venue takes it; below zero is a rebate.</param>
/// <param name="FeeWorth">The same in quote units; a fee in the base asset is worth what it is traded at.</param>
/// <param name="FixedCost">In quote units.</param>
public sealed record RouteLeg(
    VenueId Venue, Quantity Quantity, Price LimitPrice, Price AveragePrice, Money Fee, decimal FeeWorth, Notional FixedCost,
    DateTimeOffset BookAt);

/// <summary>The same quantity at one venue alone.</summary>
/// <param name="Total">As that of the route.</param>
public sealed record SingleVenue(VenueId Venue, decimal Total);

/// <summary>Where a quantity would trade best now. Amounts are in quote units unless they carry their asset.</summary>
/// <param name="Routed">The sum of the legs.</param>
/// <param name="Left">What found no place: too little in the books or the accounts, or less than a lot.</param>
/// <param name="AveragePrice">Before fees and fixed costs.</param>
/// <param name="EffectivePrice">With them; zero or below when a sale does not bring what it costs.</param>
/// <param name="Total">What a buyer pays or a seller gets in all.</param>
/// <param name="SlippageBps">From the mid to the average price, in basis points of the mid; above zero is worse.</param>
/// <param name="BestSingle">Null when no venue alone takes as much.</param>
/// <param name="Gain">What the route saves against the best single venue; null with it.</param>
/// <param name="ExpiresAt">When the oldest book used gets stale.</param>
public sealed record RouteEstimate(
    Symbol Market, TakerSide Side, Quantity Quantity, Quantity Routed, Quantity Left, IReadOnlyList<RouteLeg> Legs,
    Price AveragePrice, decimal EffectivePrice, decimal Total, IReadOnlyList<Money> Fees, Price? Mid, decimal? SlippageBps,
    SingleVenue? BestSingle, decimal? Gain, DateTimeOffset OldestBookAt, RouteConfidence Confidence, DateTimeOffset ExpiresAt);

/// <param name="Estimate">Null when no venue takes any of it.</param>
/// <param name="LeftOut">By name, all venues without a leg.</param>
public sealed record RouteResult(RouteEstimate? Estimate, IReadOnlyList<VenueLeftOut> LeftOut);
