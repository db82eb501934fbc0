namespace Platform.PaperVenue.Markets;

/// <summary>What traded in one interval. Volumes are base units unless named quote.</summary>
/// <param name="OpenTime">Unix milliseconds.</param>
/// <param name="FirstTradeId">-1 when nothing traded.</param>
public sealed record Candle(
    long OpenTime, decimal Open, decimal High, decimal Low, decimal Close, decimal Volume, decimal QuoteVolume,
    decimal TakerBuyVolume, decimal TakerBuyQuoteVolume, int Trades, long FirstTradeId, long LastTradeId)
{
    /// <summary>An interval without a trade keeps the price before it.</summary>
    public static Candle Flat(long openTime, decimal price) =>
        new(openTime, price, price, price, price, 0, 0, 0, 0, 0, -1, -1);

    public Candle Add(Matching.Trade trade)
    {
        var first = Trades == 0;
        var takerBuys = trade.TakerSide == Matching.Side.Buy;
        return this with
        {
            Open = first ? trade.Price : Open,
            High = first ? trade.Price : Math.Max(High, trade.Price),
            Low = first ? trade.Price : Math.Min(Low, trade.Price),
            Close = trade.Price,
            Volume = Volume + trade.Quantity,
            QuoteVolume = QuoteVolume + trade.QuoteQuantity,
            TakerBuyVolume = TakerBuyVolume + (takerBuys ? trade.Quantity : 0),
            TakerBuyQuoteVolume = TakerBuyQuoteVolume + (takerBuys ? trade.QuoteQuantity : 0),
            Trades = Trades + 1,
            FirstTradeId = FirstTradeId < 0 ? trade.Id : FirstTradeId,
            LastTradeId = trade.Id,
        };
    }

    /// <summary>Appends a later candle to this one.</summary>
    public Candle Then(Candle later) => this with
    {
        High = Math.Max(High, later.High),
        Low = Math.Min(Low, later.Low),
        Close = later.Close,
        Volume = Volume + later.Volume,
        QuoteVolume = QuoteVolume + later.QuoteVolume,
        TakerBuyVolume = TakerBuyVolume + later.TakerBuyVolume,
        TakerBuyQuoteVolume = TakerBuyQuoteVolume + later.TakerBuyQuoteVolume,
        Trades = Trades + later.Trades,
        FirstTradeId = FirstTradeId < 0 ? later.FirstTradeId : FirstTradeId,
        LastTradeId = later.LastTradeId < 0 ? LastTradeId : later.LastTradeId,
    };
}
