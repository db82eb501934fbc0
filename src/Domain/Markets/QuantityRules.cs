using System.Text.Json.Serialization;
using Platform.Domain.Values;

namespace Platform.Domain.Markets;

/// <summary>The quantities an order may ask for, in base units; zero switches a single rule off.</summary>
/// <param name="Step">The lot: quantities are whole multiples of it.</param>
public sealed record QuantityRules(Quantity Step, Quantity Min, Quantity Max)
{
    /// <summary>What a person is told to ask for at least.</summary>
    [JsonIgnore]
    public Quantity Smallest => Min > Step ? Min : Step;

    public Refusal? Check(Quantity quantity)
    {
        if (quantity == Quantity.Zero || quantity < Min)
            return new("quantity_too_small", $"The quantity must be at least {Smallest}.", Fields.Quantity);
        if (Max > Quantity.Zero && quantity > Max)
            return new("quantity_too_large", $"The quantity must be at most {Max}.", Fields.Quantity);
        if (Step > Quantity.Zero && quantity.Value % Step.Value != 0)
            return new("quantity_off_lot", $"The quantity must be a multiple of {Step}.", Fields.Quantity);
        return null;
    }

    /// <summary>Never more than asked: what is left over stays with its owner.</summary>
    public Quantity RoundDown(decimal quantity) =>
        Quantity.From(Step > Quantity.Zero ? quantity - (quantity % Step.Value) : quantity);

    /// <summary>More than asked: only to reach a minimum, and only where the user agrees.</summary>
    public Quantity RoundUp(decimal quantity)
    {
        var down = RoundDown(quantity);
        return down.Value == quantity ? down : down + Step;
    }
}
