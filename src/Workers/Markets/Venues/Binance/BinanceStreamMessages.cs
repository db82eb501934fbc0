using System.Text.Json.Serialization;
using Platform.Domain.Markets;
using Platform.Domain.Values;

namespace Platform.Workers.Markets.Venues.Binance;

// The wire forms, each with the message that it means.

internal sealed record DepthMessage(
    [property: JsonPropertyName("s")] string VenueSymbol,
    [property: JsonPropertyName("U")] long FirstUpdateId,
    [property: JsonPropertyName("u")] long LastUpdateId,
    [property: JsonPropertyName("b")] IReadOnlyList<BookLevel> Bids,
    [property: JsonPropertyName("a")] IReadOnlyList<BookLevel> Asks)
{
    public BookChanged ToMessage() =>
        new(new DepthDifference(FirstUpdateId, LastUpdateId, Bids, Asks)) { VenueSymbol = VenueSymbol };
}

internal sealed record TradeMessage(
    [property: JsonPropertyName("s")] string VenueSymbol,
    [property: JsonPropertyName("t")] long Id,
    [property: JsonPropertyName("p")] Price Price,
    [property: JsonPropertyName("q")] Quantity Quantity,
    [property: JsonPropertyName("T")] DateTimeOffset At,
    [property: JsonPropertyName("m")] bool IsBuyerMaker)
{
    public Traded ToMessage() =>
        new(new PublicTrade(Id, Price, Quantity, IsBuyerMaker ? TakerSide.Sell : TakerSide.Buy, At))
        {
            VenueSymbol = VenueSymbol,
        };
}

internal sealed record QuoteMessage(
    [property: JsonPropertyName("s")] string VenueSymbol,
    [property: JsonPropertyName("b")] Price? Bid,
    [property: JsonPropertyName("B")] Quantity BidQuantity,
    [property: JsonPropertyName("a")] Price? Ask,
    [property: JsonPropertyName("A")] Quantity AskQuantity)
{
    public Quoted ToMessage() => new(Bid, BidQuantity, Ask, AskQuantity) { VenueSymbol = VenueSymbol };
}

internal sealed record CandleMessage(
    [property: JsonPropertyName("s")] string VenueSymbol, [property: JsonPropertyName("k")] CandleMessage.Bar Kline)
{
    /// <summary>Null while the interval has no trade and no price before it.</summary>
    public CandleChanged? ToMessage() =>
        (Kline.Open, Kline.High, Kline.Low, Kline.Close) is ({ } open, { } high, { } low, { } close)
            ? new(new Candle(Kline.OpenTime, open, high, low, close, Kline.Volume)) { VenueSymbol = VenueSymbol }
            : null;

    internal sealed record Bar(
        [property: JsonPropertyName("t")] DateTimeOffset OpenTime,
        [property: JsonPropertyName("o")] Price? Open,
        [property: JsonPropertyName("h")] Price? High,
        [property: JsonPropertyName("l")] Price? Low,
        [property: JsonPropertyName("c")] Price? Close,
        [property: JsonPropertyName("v")] Quantity Volume);
}
