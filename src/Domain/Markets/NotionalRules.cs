using System.Text.Json.Serialization;
using Platform.Domain.Values;

namespace Platform.Domain.Markets;

/// <summary>What an order must be worth, in quote units; zero switches a single rule off.</summary>
/// <param name="MinOfMarketOrders">The minimum where the order names no price; zero when it does not apply there.</param>
/// <param name="MaxOfMarketOrders">The maximum where the order names no price; zero when it does not apply there.</param>
/// <param name="AverageMinutes">The time over which the venue averages the price by which it values a market order; zero: its last price.</param>
public sealed record NotionalRules(
    Notional Min, Notional Max, Notional MinOfMarketOrders, Notional MaxOfMarketOrders, int AverageMinutes = 0)
{
    // Half of what a decimal holds: what is set aside on top of an order's worth can be counted too.
    internal const decimal CountableMax = decimal.MaxValue / 2;

    public static NotionalRules None { get; } =
        new(Notional.Zero, Notional.Zero, Notional.Zero, Notional.Zero);

    /// <summary>The same rules as market orders meet them.</summary>
    [JsonIgnore]
    public NotionalRules ForMarketOrders => this with { Min = MinOfMarketOrders, Max = MaxOfMarketOrders };

    public Refusal? Check(Price price, Quantity quantity)
    {
        // A market without maxima lets through what a decimal cannot multiply.
        if (quantity.Value > 0 && price.Value > CountableMax / Math.Max(1, quantity.Value))
            return new("notional_too_large", "The order is worth more than can be counted.", Fields.Quantity);
        return Check(price * quantity, Fields.Quantity);
    }

    public Refusal? Check(Notional worth, string field)
    {
        if (worth.Value < Min.Value)
            return new("notional_too_small", $"The order must be worth at least {Min.Value}.", field);
        if (Max.Value > 0 && worth.Value > Max.Value)
            return new("notional_too_large", $"The order must be worth at most {Max.Value}.", field);
        return null;
    }
}
