using Platform.PaperVenue.Matching;

namespace Platform.PaperVenue.Markets;

/// <summary>
/// What the public may see of one market. The venue applies events once they are stored, readers come from any
/// thread: both hold <see cref="Gate"/> for as long as they touch it.
/// </summary>
public sealed class MarketView(Instrument instrument)
{
    private readonly string lowerSymbol = instrument.Symbol.ToLowerInvariant();

    public Instrument Instrument => instrument;

    public Lock Gate { get; } = new();

    public DepthView Depth { get; } = new();

    public TradeTape Tape { get; } = new();

    public Candles Candles { get; } = new();

    public decimal LastPrice { get; private set; }

    public void StartAt(decimal price) => LastPrice = price;

    /// <summary>Such as <c>btcusdt@trade</c>.</summary>
    public string StreamName(string kind) => $"{lowerSymbol}@{kind}";

    /// <summary>Applies one command's events of this market and answers the sums of its trades.</summary>
    public IReadOnlyList<AggregateTrade> Apply(IEnumerable<EngineEvent> events)
    {
        var executed = new List<Trade>();
        foreach (var happened in events)
        {
            switch (happened)
            {
                case LevelChanged change:
                    Depth.Apply(change);
                    break;
                case OrdersTraded { Trade: var trade }:
                    executed.Add(trade);
                    Candles.Add(trade);
                    LastPrice = trade.Price;
                    break;
                default:
                    break;
            }
        }
        return executed.Count == 0 ? [] : Tape.Add(executed);
    }

    /// <summary>The last 24 hours, to the minute.</summary>
    public RollingWindow Window(long now, TimeSpan span)
    {
        Candles.RollTo(now, LastPrice);
        var start = now - (long)span.TotalMilliseconds;
        var sum = Candles.MinutesSince(start).Aggregate((whole, minute) => whole.Then(minute));
        return new(sum, start, now);
    }
}

/// <summary>All that traded between two times, Unix milliseconds.</summary>
public sealed record RollingWindow(Candle Sum, long OpenTime, long CloseTime)
{
    public decimal Change => Sum.Close - Sum.Open;

    /// <summary>Percent, cut to three decimals.</summary>
    public decimal ChangePercent => Sum.Open == 0 ? 0 : decimal.Round(Change / Sum.Open * 100, 3);

    public decimal WeightedAverage =>
        Sum.Volume == 0 ? Sum.Close : decimal.Round(Sum.QuoteVolume / Sum.Volume, Matching.Instrument.Decimals);
}
