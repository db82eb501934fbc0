using System.Text.Json.Serialization;
using Platform.Domain.Values;

namespace Platform.Domain.Markets;

/// <summary>From this price on prices are multiples of another tick.</summary>
/// <param name="From">In quote units, a multiple of its own tick and of the one below.</param>
public readonly record struct PriceBand(
    [property: JsonConverter(typeof(DecimalConverter))] decimal From,
    [property: JsonConverter(typeof(DecimalConverter))] decimal TickSize);

/// <summary>The prices a limit may name, in quote units; zero switches a single rule off.</summary>
/// <param name="Bands">Lowest first; below the first one <paramref name="TickSize"/> holds. Null: one tick for all prices.</param>
/// <param name="SignificantDigits">How many digits a price may have, wherever its point is; with a tick the coarser of both holds.</param>
public sealed record PriceRules(
    [property: JsonConverter(typeof(DecimalConverter))] decimal TickSize,
    [property: JsonConverter(typeof(DecimalConverter))] decimal Min,
    [property: JsonConverter(typeof(DecimalConverter))] decimal Max, IReadOnlyList<PriceBand>? Bands = null, int SignificantDigits = 0)
{
    /// <summary>What prices of this size are multiples of; zero when of nothing.</summary>
    public decimal TickAt(decimal price) => Math.Max(BandAt(price)?.TickSize ?? TickSize, LastDigitOf(price));

    public Refusal? Check(Price price)
    {
        if (price.Value < Min || (Max > 0 && price.Value > Max))
            return new("price_out_of_range", $"The price must be from {Min} to {Max}.", Fields.LimitPrice);
        if (TickAt(price.Value) is > 0 and var tick && price.Value % tick != 0)
            return new("price_off_tick", $"The price must be a multiple of {tick}.", Fields.LimitPrice);
        return null;
    }

    /// <summary>Never above what the buyer would pay; null when less than one tick is left.</summary>
    public Price? RoundForBuyer(Price limit) => Down(limit.Value) is > 0 and var rounded ? Price.From(rounded) : null;

    /// <summary>Never below what the seller would take.</summary>
    public Price RoundForSeller(Price limit) => Price.From(Up(limit.Value));

    /// <summary>Never nearer to the market than asked, so that nothing sets it off early; null when less than one tick is left.</summary>
    public Price? RoundTrigger(Price trigger, Price market) =>
        trigger.Value >= market.Value ? RoundForSeller(trigger) : RoundForBuyer(trigger);

    public bool Equals(PriceRules? other) => other is not null
        && (TickSize, Min, Max, SignificantDigits) == (other.TickSize, other.Min, other.Max, other.SignificantDigits)
        && (Bands ?? []).SequenceEqual(other.Bands ?? []);

    public override int GetHashCode() => HashCode.Combine(TickSize, Min, Max, SignificantDigits, Bands?.Count ?? 0);

    private decimal Down(decimal price) => TickAt(price) is > 0 and var tick ? price - (price % tick) : price;

    // A band begins on its own tick: nothing above it is needed to reach it.
    private decimal Up(decimal price)
    {
        var down = Down(price);
        if (down == price)
            return price;
        var next = down + TickAt(price);
        return Bands?.FirstOrDefault(band => band.From > price) is { From: > 0 and var above } ? Math.Min(next, above) : next;
    }

    private PriceBand? BandAt(decimal price)
    {
        PriceBand? found = null;
        foreach (var band in Bands ?? [])
            if (band.From <= price)
                found = band;
        return found;
    }

    private decimal LastDigitOf(decimal price)
    {
        if (SignificantDigits == 0 || price <= 0)
            return 0;
        var first = 1m;
        while (first > price)
            first /= 10;
        while (price / 10 >= first)
            first *= 10;
        return Enumerable.Range(1, SignificantDigits - 1).Aggregate(first, (digit, _) => digit / 10);
    }
}
