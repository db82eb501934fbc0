using System.Text.Json.Serialization;
using Platform.Domain.Markets;
using Platform.Domain.Markets.Fetching;
using Platform.Domain.Values;

namespace Platform.Workers.Markets.Venues.Binance;

/// <summary>What the venue lists.</summary>
/// <param name="WeightPerMinute">The request weight that the venue allows in a minute; null when it does not say.</param>
/// <param name="Markets">Those whose assets the platform can name; the others are left out.</param>
public sealed record BinanceExchange(
    DateTimeOffset ServerTime, int? WeightPerMinute, IReadOnlyList<BinanceMarket> Markets);

/// <param name="VenueSymbol">As the venue writes it, for example BTCUSDT.</param>
/// <param name="IsTrading">False while the venue takes no spot orders here.</param>
public sealed record BinanceMarket(string VenueSymbol, bool IsTrading, MarketRules Rules);

/// <summary>The best bid and ask; null where nobody offers.</summary>
public sealed record BinanceBookTicker(
    [property: JsonPropertyName("symbol")] string VenueSymbol,
    Price? BidPrice,
    [property: JsonPropertyName("bidQty")] Quantity BidQuantity,
    Price? AskPrice,
    [property: JsonPropertyName("askQty")] Quantity AskQuantity)
{
    public TopOfBook ToTop() => new(BidPrice, BidQuantity, AskPrice, AskQuantity);
}

/// <summary>The venue's summary of the last 24 hours; prices are null when there is none.</summary>
public sealed record BinanceTicker(
    [property: JsonPropertyName("symbol")] string VenueSymbol,
    Price? LastPrice,
    Price? BidPrice,
    [property: JsonPropertyName("bidQty")] Quantity BidQuantity,
    Price? AskPrice,
    [property: JsonPropertyName("askQty")] Quantity AskQuantity,
    Price? OpenPrice,
    Price? HighPrice,
    Price? LowPrice,
    Quantity Volume,
    Notional QuoteVolume,
    DateTimeOffset CloseTime)
{
    public DaySummary ToSummary() => new(
        LastPrice, BidPrice, BidQuantity, AskPrice, AskQuantity, OpenPrice, HighPrice, LowPrice, Volume, QuoteVolume, CloseTime);
}
