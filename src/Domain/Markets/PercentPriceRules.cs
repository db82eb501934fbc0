using System.Text.Json.Serialization;
using Platform.Domain.Values;

namespace Platform.Domain.Markets;

/// <summary>How far a limit may be from the venue's average price, by side (PERCENT_PRICE_BY_SIDE of Binance's exchangeInfo).</summary>
/// <param name="AverageMinutes">The time over which the venue averages; zero: its last price stands for it.</param>
public sealed record PercentPriceRules(PriceCorridor Buy, PriceCorridor Sell, int AverageMinutes);

/// <summary>From so many to so many times the average price.</summary>
public readonly record struct PriceCorridor(
    [property: JsonConverter(typeof(DecimalConverter))] decimal Down,
    [property: JsonConverter(typeof(DecimalConverter))] decimal Up)
{
    /// <param name="average">The venue's own; where only a like price is known, the venue is the one to judge.</param>
    public Refusal? Check(Price limit, Price average) =>
        limit.Value < average.Value * Down || limit.Value > average.Value * Up
            ? new("price_too_far", $"The price must be from {average.Value * Down} to {average.Value * Up}.", Fields.LimitPrice)
            : null;
}
