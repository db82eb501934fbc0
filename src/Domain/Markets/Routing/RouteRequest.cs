using Platform.Domain.Values;

namespace Platform.Domain.Markets.Routing;

/// <summary>What somebody would buy or sell at once, wherever it is best.</summary>
/// <param name="Quantity">In base units.</param>
/// <param name="LegsMax">At how many venues at most.</param>
public sealed record RouteRequest(Symbol Market, TakerSide Side, Quantity Quantity, int LegsMax, DateTimeOffset Now);

/// <summary>One venue as the estimator sees it.</summary>
/// <param name="BookAt">When the venue last said anything of the book.</param>
/// <param name="Fee">Null while it is unknown: such a venue cannot be compared and is left out.</param>
/// <param name="Available">What the account there has: quote units to buy with, base units to sell. Null: no limit.</param>
/// <param name="FixedCost">What using the venue costs at all, in quote units: gas, a withdrawal, a bridge.</param>
/// <param name="IsTrading">False while the venue takes no orders on the market, or nobody may send it any.</param>
public sealed record RouteVenue(
    VenueId Venue, MarketRules Rules, BookView Book, DateTimeOffset BookAt, TakerFee? Fee, decimal? Available = null,
    Notional FixedCost = default, bool IsTrading = true);

/// <summary>Why a venue has no leg.</summary>
public enum RouteExclusion
{
    /// <summary>It takes no orders on this market now.</summary>
    Halted = 0,

    /// <summary>Its book was lost, or has never been whole.</summary>
    NoBook,

    /// <summary>Nothing was heard of its book for <see cref="SmartRoute.BookAgeMax"/>.</summary>
    StaleBook,

    UnknownFee,

    /// <summary>Nobody stands on the other side, or the account there has nothing.</summary>
    NothingAvailable,

    /// <summary>Its part would be less than the venue takes.</summary>
    UnderMinimum,

    /// <summary>The others are cheaper, with all costs counted.</summary>
    NotNeeded,
}

public sealed record VenueLeftOut(VenueId Venue, RouteExclusion Reason);
