namespace Platform.PaperVenue.Markets;

/// <summary>The newest candles of one interval without a gap; the oldest are dropped beyond the capacity.</summary>
public sealed class CandleSeries(Interval interval, int capacity)
{
    private readonly List<Candle> candles = [];

    public IReadOnlyList<Candle> All => candles;

    /// <summary>Starts the series with a history; candles must follow each other.</summary>
    public void Fill(IEnumerable<Candle> history) => candles.AddRange(history);

    public void Add(Matching.Trade trade)
    {
        RollTo(trade.At, trade.Price);
        candles[^1] = candles[^1].Add(trade);
    }

    /// <summary>Opens flat candles up to the one that holds the time.</summary>
    /// <param name="price">The price of the very first candle; later ones keep the close before them.</param>
    public void RollTo(long at, decimal price)
    {
        var open = interval.OpenOf(at);
        if (candles.Count == 0)
            candles.Add(Candle.Flat(open, price));
        while (candles[^1].OpenTime < open)
            candles.Add(Candle.Flat(interval.NextOpen(candles[^1].OpenTime), candles[^1].Close));

        // In blocks, for removing at the front moves all the rest.
        if (candles.Count > capacity + (capacity / 4))
            candles.RemoveRange(0, candles.Count - capacity);
    }
}
