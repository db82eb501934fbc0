using Platform.Domain.Values;

namespace Platform.Domain.Markets;

/// <summary>How much is known of a bar.</summary>
public enum BarState
{
    Traded,

    /// <summary>Proved: nothing traded.</summary>
    Empty,

    /// <summary>Nobody knows; never stored, said where a bar would be.</summary>
    Missing,

    /// <summary>Asked of the venue again after it had been missed, and come.</summary>
    Healed,

    /// <summary>Less than the whole interval is known: it is running, or what is known starts or ends within it.</summary>
    Partial,
}

/// <summary>Where a bar is from. One that is from further down takes the place of one from further up.</summary>
public enum BarOrigin
{
    /// <summary>Made of shorter ones.</summary>
    RolledUp,

    Streamed,

    Imported,

    /// <summary>The venue's own answer to a question.</summary>
    Fetched,
}

public readonly record struct BarPrices(Price Open, Price High, Price Low, Price Close)
{
    /// <summary>One bar of two that follow each other.</summary>
    public BarPrices Then(BarPrices later) => new(
        Open,
        later.High.Value > High.Value ? later.High : High,
        later.Low.Value < Low.Value ? later.Low : Low,
        later.Close);
}

/// <summary>What traded in the interval that starts at <paramref name="Start"/> (UTC). All but the prices adds up.</summary>
/// <param name="Prices">Null when nothing traded, or nobody knows.</param>
/// <param name="Volume">In base units; in contracts where the venue counts these.</param>
/// <param name="QuoteVolume">Null where the source does not say.</param>
/// <param name="Trades">How many; null where the source does not say.</param>
/// <param name="Revision">How often it was corrected.</param>
public sealed record Bar(
    DateTimeOffset Start, BarPrices? Prices, Quantity Volume, Notional? QuoteVolume, long? Trades, BarState State, int Revision = 0)
{
    /// <summary>Nothing traded, so all that adds up is known.</summary>
    public static Bar Empty(DateTimeOffset start) => new(start, Prices: null, Quantity.Zero, Notional.Zero, Trades: 0, BarState.Empty);

    public static Bar Missing(DateTimeOffset start) => new(start, Prices: null, Quantity.Zero, QuoteVolume: null, Trades: null, BarState.Missing);
}
