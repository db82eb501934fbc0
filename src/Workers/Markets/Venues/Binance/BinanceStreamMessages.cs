using System.Text.Json.Serialization;
using Platform.Domain.Markets;
using Platform.Domain.Values;

namespace Platform.Workers.Markets.Venues.Binance;

// The wire forms of what comes seldom enough to be an object.

internal sealed record BinanceBar(
    [property: JsonPropertyName("t")] DateTimeOffset OpenTime,
    [property: JsonPropertyName("o")] Price? Open,
    [property: JsonPropertyName("h")] Price? High,
    [property: JsonPropertyName("l")] Price? Low,
    [property: JsonPropertyName("c")] Price? Close,
    [property: JsonPropertyName("v")] Quantity Volume)
{
    /// <summary>Null while the interval has no trade and no price before it.</summary>
    public Candle? ToCandle() => (Open, High, Low, Close) is ({ } open, { } high, { } low, { } close)
        ? new(OpenTime, open, high, low, close, Volume)
        : null;
}

/// <summary>Of futures the best bid and ask are told elsewhere.</summary>
internal sealed record BinanceDay(
    [property: JsonPropertyName("s")] string VenueSymbol,
    [property: JsonPropertyName("E")] DateTimeOffset At,
    [property: JsonPropertyName("c")] Price? Last,
    [property: JsonPropertyName("o")] Price? Open,
    [property: JsonPropertyName("h")] Price? High,
    [property: JsonPropertyName("l")] Price? Low,
    [property: JsonPropertyName("v")] Quantity Volume,
    [property: JsonPropertyName("q")] Notional QuoteVolume,
    [property: JsonPropertyName("b")] Price? Bid = null,
    [property: JsonPropertyName("B")] Quantity BidQuantity = default,
    [property: JsonPropertyName("a")] Price? Ask = null,
    [property: JsonPropertyName("A")] Quantity AskQuantity = default)
{
    public DaySummary ToSummary() =>
        new(Last, Bid, BidQuantity, Ask, AskQuantity, Open, High, Low, Volume, QuoteVolume, At);
}
