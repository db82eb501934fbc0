using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Platform.Domain.Values;

namespace Platform.Domain.Trading;

/// <summary>One asset's position: its lots, and what disposing of it has gained so far.</summary>
/// <param name="Uncovered">Units disposed of that no lot covered: sold before their acquisition was known, basis unknown.</param>
/// <param name="Realized">Sum of proceeds less cost over all disposals, in the reporting asset.</param>
public sealed record Holding(
    ImmutableList<Lot> Lots,
    [property: JsonConverter(typeof(DecimalConverter))] decimal Uncovered,
    [property: JsonConverter(typeof(DecimalConverter))] decimal Realized)
{
    public static Holding None { get; } = new([], 0, 0);

    [JsonIgnore]
    public decimal Quantity => Lots.Sum(lot => lot.Remaining) - Uncovered;

    [JsonIgnore]
    public decimal Cost => Lots.Sum(lot => lot.Cost);

    /// <summary>A lot that a fee took whole, or more than whole, is held by nobody: its cost is lost.</summary>
    public Holding Acquire(Lot lot) => lot.Remaining > 0
        ? this with { Lots = Lots.Add(lot) }
        : this with { Uncovered = Uncovered - lot.Remaining, Realized = Realized - lot.Cost };

    public Holding DisposeOf(decimal quantity, decimal proceeds, LotMethod method)
    {
        var (left, taken, uncovered) = Trading.Lots.Dispose(Lots, quantity, method);
        return new(left, Uncovered + uncovered, Realized + proceeds - taken.Sum(lot => lot.Cost));
    }
}

/// <summary>Fees paid in one asset.</summary>
/// <param name="Amount">Units of the asset.</param>
/// <param name="Value">In the reporting asset, at the rates seen when they were paid.</param>
public sealed record FeesPaid(
    [property: JsonConverter(typeof(DecimalConverter))] decimal Amount,
    [property: JsonConverter(typeof(DecimalConverter))] decimal Value);
