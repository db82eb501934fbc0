using Platform.Domain.Values;

namespace Platform.Domain.Markets;

/// <summary>What a venue says of a derivative beside its trades; null is what this word of it does not hold.</summary>
/// <param name="Mark">By which the venue values positions.</param>
/// <param name="Index">Of what the derivative is on, as the venue reckons it.</param>
/// <param name="OpenInterest">Contracts that are held open.</param>
/// <param name="At">The venue's clock; ours where it does not say.</param>
public sealed record DerivativeState(
    DateTimeOffset At, Price? Mark = null, Price? Index = null, decimal? OpenInterest = null, FundingPayment? Funding = null);

/// <summary>What who is long pays who is short at one instant, as a fraction of the position; below zero it goes the other way.</summary>
/// <param name="At">When it is, or was, paid.</param>
/// <param name="Mark">By which the position was valued then; null where the venue does not tell.</param>
public readonly record struct FundingPayment(decimal Rate, DateTimeOffset At, Price? Mark = null);

/// <summary>What the venue demands of positions of a size, in contracts.</summary>
/// <param name="Initial">Margin to open one, as a fraction of what it is worth.</param>
/// <param name="Maintenance">Margin under which the venue closes it, as a fraction of what it is worth.</param>
public readonly record struct MarginTier(decimal From, decimal To, decimal MaxLeverage, decimal Initial, decimal Maintenance);

/// <summary>How a venue values one option; volatilities are for a year, as fractions, the rest by Black and Scholes in dollars.</summary>
/// <param name="Forward">The price of what it is on, at its expiry.</param>
public sealed record OptionState(
    string VenueSymbol, decimal? MarkVolatility, decimal? BidVolatility, decimal? AskVolatility, Price? Forward,
    decimal? Delta, decimal? Gamma, decimal? Theta, decimal? Vega, DateTimeOffset At);
