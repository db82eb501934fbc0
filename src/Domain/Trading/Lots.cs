using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Platform.Domain.Values;

namespace Platform.Domain.Trading;

/// <summary>Which lot a disposal takes first.</summary>
public enum LotMethod { Fifo, Lifo, Hifo, Lofo, AverageCost }

/// <summary>What was acquired at one time for one price, as far as it is still held.</summary>
/// <param name="LotId">Derived from the fact that acquired it.</param>
/// <param name="Remaining">Units still held, above zero.</param>
/// <param name="Cost">In the reporting asset, of what remains; what rounding leaves over stays with the lot.</param>
public sealed record Lot(
    string LotId, [property: JsonConverter(typeof(DecimalConverter))] decimal Remaining,
    [property: JsonConverter(typeof(DecimalConverter))] decimal Cost, DateTimeOffset AcquiredAt, string AcquiredBy)
{
    [JsonIgnore]
    public decimal UnitCost => Amounts.Round(Cost / Remaining);

    /// <summary>Splits a quantity off with its share of the cost; the whole lot takes all that is left of it.</summary>
    internal (Lot Taken, Lot? Left) Split(decimal quantity)
    {
        if (quantity >= Remaining)
            return (this, null);

        var cost = Amounts.Round(Cost * (quantity / Remaining));
        return (this with { Remaining = quantity, Cost = cost }, this with { Remaining = Remaining - quantity, Cost = Cost - cost });
    }
}

/// <summary>The lots of one asset in the order in which they were acquired.</summary>
public static class Lots
{
    /// <summary>Takes a quantity out of the lots by the method.</summary>
    /// <returns>What is left, the parts taken, and how much no lot covered.</returns>
    public static (ImmutableList<Lot> Left, IReadOnlyList<Lot> Taken, decimal Uncovered) Dispose(
        ImmutableList<Lot> lots, decimal quantity, LotMethod method)
    {
        var left = method is LotMethod.AverageCost ? Averaged(lots) : lots;
        List<Lot> taken = [];
        while (quantity > 0 && Next(left, method) is { } lot)
        {
            var (part, rest) = lot.Split(quantity);
            left = rest is null ? left.Remove(lot) : left.Replace(lot, rest);
            taken.Add(part);
            quantity -= part.Remaining;
        }
        return (left, taken, quantity);
    }

    // Ties go to the lot acquired first, so that a rebuild chooses alike.
    private static Lot? Next(ImmutableList<Lot> lots, LotMethod method) => method switch
    {
        LotMethod.Lifo => lots.IsEmpty ? null : lots[^1],
        LotMethod.Hifo => lots.MaxBy(lot => lot.UnitCost),
        LotMethod.Lofo => lots.MinBy(lot => lot.UnitCost),
        _ => lots.IsEmpty ? null : lots[0],
    };

    // Every lot gets the average unit cost; the last one takes what rounding leaves over.
    private static ImmutableList<Lot> Averaged(ImmutableList<Lot> lots)
    {
        if (lots.Count < 2)
            return lots;

        var quantity = lots.Sum(lot => lot.Remaining);
        var cost = lots.Sum(lot => lot.Cost);
        var even = lots.ConvertAll(lot => lot with { Cost = Amounts.Round(cost * (lot.Remaining / quantity)) });
        return even.SetItem(even.Count - 1, even[^1] with { Cost = cost - even.Take(even.Count - 1).Sum(lot => lot.Cost) });
    }
}
