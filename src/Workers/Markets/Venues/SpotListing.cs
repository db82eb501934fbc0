using Platform.Domain.Markets;
using Platform.Domain.Values;

namespace Platform.Workers.Markets.Venues;

/// <summary>A spot market as venues list it; what is zero is no rule.</summary>
/// <param name="VenueSymbol">As the venue writes it.</param>
/// <param name="Base">The venue's code of what is traded, in the platform's spelling.</param>
/// <param name="Tick">Of prices.</param>
/// <param name="Step">Of quantities.</param>
internal sealed record SpotListing(
    string VenueSymbol, string Base, string Quote, decimal Tick, decimal Step, bool IsTrading)
{
    /// <summary>How many digits a price may have, wherever its point is.</summary>
    public int SignificantDigits { get; init; }

    public decimal MinQuantity { get; init; }

    public decimal MaxQuantity { get; init; }

    public decimal MinNotional { get; init; }

    public decimal MaxNotional { get; init; }

    /// <summary>Null where the venue does not tell it here.</summary>
    public FeeRates? Fees { get; init; }

    /// <summary>The step that so many decimals make.</summary>
    public static decimal StepOf(int decimals) => new(1, 0, 0, isNegative: false, (byte)decimals);

    /// <summary>Null where the platform cannot name the market.</summary>
    public Instrument? At(VenueId venue)
    {
        if (!Asset.IsWellFormed(Base) || !Asset.IsWellFormed(Quote))
            return null;

        var market = Symbol.Of(Asset.From(Base), Asset.From(Quote));
        var (min, max) = (Notional.From(MinNotional), Notional.From(MaxNotional));
        return new(
            venue, VenueSymbol, market, InstrumentKind.Spot,
            new(
                market, new(Tick, Min: 0, Max: 0, SignificantDigits: SignificantDigits),
                new(Quantity.From(Step), Quantity.From(MinQuantity), Quantity.From(MaxQuantity)),
                new(Quantity.Zero, Quantity.Zero, Quantity.Zero),
                new(min, max, min, max), Step.Scale, Tick.Scale + Step.Scale),
            IsTrading, Fees: Fees);
    }
}
