using Platform.Domain.Values;

namespace Platform.Domain.Markets;

/// <summary>The prices a limit may name, in quote units; zero switches a single rule off.</summary>
public sealed record PriceRules(decimal TickSize, decimal Min, decimal Max)
{
    public Refusal? Check(Price price)
    {
        if (price.Value < Min || (Max > 0 && price.Value > Max))
            return new("price_out_of_range", $"The price must be from {Min} to {Max}.", Fields.LimitPrice);
        if (TickSize > 0 && price.Value % TickSize != 0)
            return new("price_off_tick", $"The price must be a multiple of {TickSize}.", Fields.LimitPrice);
        return null;
    }

    /// <summary>Never above what the buyer would pay; null when less than one tick is left.</summary>
    public Price? RoundForBuyer(Price limit)
    {
        var rounded = Down(limit.Value);
        return rounded > 0 ? Price.From(rounded) : null;
    }

    /// <summary>Never below what the seller would take.</summary>
    public Price RoundForSeller(Price limit)
    {
        var down = Down(limit.Value);
        return Price.From(down == limit.Value ? down : down + TickSize);
    }

    private decimal Down(decimal value) => TickSize > 0 ? value - (value % TickSize) : value;
}
