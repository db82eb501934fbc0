using Platform.Domain.Markets;
using Platform.Domain.Values;
using Platform.Workers.Markets.Venues.Binance;

namespace Platform.Workers.Markets;

/// <summary>The latest of one market. Writers, and readers of what has many parts, take turns; turns are short.</summary>
internal sealed class MarketMemory(Symbol market, TimeProvider time, Action<MarketTopic> changed)
{
    public const int TradesMax = 1000;
    public const int CandlesMax = 1000;

    // The stream is ahead of a polled answer; only where it is silent does the poll say that the quote still holds.
    private static readonly TimeSpan QuoteConfirmedAfter = TimeSpan.FromSeconds(5);

    private readonly Lock gate = new();
    private readonly LocalOrderBook book = new(BookRules.BinanceSpot);
    private readonly SortedList<long, PublicTrade> trades = [];
    private readonly SortedList<DateTimeOffset, Candle> candles = [];
    private DateTimeOffset bookAt = time.GetUtcNow();
    private BinanceTicker? day;
    private volatile Quote? quote;
    private volatile Ticker? ticker;

    public Quote? Quote => quote;

    public Ticker? Ticker => ticker;

    public BookReading Book(int levels)
    {
        lock (gate)
            return new(book.Top(levels), bookAt);
    }

    public IReadOnlyList<PublicTrade> Tape(int limit)
    {
        lock (gate)
            return [.. trades.Values.Skip(trades.Count - limit)];
    }

    public IReadOnlyList<Candle> Candles(int limit)
    {
        IReadOnlyList<Candle> latest;
        lock (gate)
            latest = [.. candles.Values.Skip(candles.Count - limit)];
        return Domain.Markets.Candles.FillForward(latest, CandleInterval.OneMinute, limit);
    }

    /// <summary>All but the book, whose state the caller must see.</summary>
    public void Apply(BinanceMarketMessage message)
    {
        switch (message)
        {
            case Traded(var trade): Apply([trade]); break;
            case CandleChanged(var candle): Apply([candle]); break;
            case Quoted(var bid, var bidQuantity, var ask, var askQuantity):
                ChangeTicker(() => quote = new(bid, bidQuantity, ask, askQuantity, time.GetUtcNow()));
                break;
            default: break;
        }
    }

    public BookState Apply(DepthDifference difference) => ChangeBook(() => book.Apply(difference));

    public BookState Apply(DepthSnapshot snapshot) => ChangeBook(() => book.Apply(snapshot));

    public void Apply(IReadOnlyList<PublicTrade> more)
    {
        ChangeTicker(() =>
        {
            foreach (var trade in more)
                trades[trade.Id] = trade;
            while (trades.Count > TradesMax)
                trades.RemoveAt(0);
        });
        changed(MarketTopic.Tape);
    }

    public void Apply(IReadOnlyList<Candle> more)
    {
        lock (gate)
        {
            // A volume only grows: of two reports of one minute the larger is the later.
            foreach (var candle in more)
                if (!candles.TryGetValue(candle.OpenTime, out var known) || candle.Volume >= known.Volume)
                    candles[candle.OpenTime] = candle;
            while (candles.Count > CandlesMax)
                candles.RemoveAt(0);
        }

        changed(MarketTopic.Candles);
    }

    public void Apply(BinanceTicker polled) => ChangeTicker(() =>
    {
        day = polled;
        var now = time.GetUtcNow();
        if (quote is null || now - quote.At > QuoteConfirmedAfter)
            quote = new(polled.BidPrice, polled.BidQuantity, polled.AskPrice, polled.AskQuantity, now);
    });

    public BookState LoseBook(string reason) => ChangeBook(() => book.Lose(reason));

    private BookState ChangeBook(Action change)
    {
        BookState state;
        lock (gate)
        {
            change();
            bookAt = time.GetUtcNow();
            state = book.State;
        }

        changed(MarketTopic.Book);
        return state;
    }

    private void ChangeTicker(Action change)
    {
        lock (gate)
        {
            change();
            ticker = new(
                market, trades.Count > 0 ? trades.Values[^1].Price : day?.LastPrice,
                quote?.Bid, quote?.BidQuantity ?? default, quote?.Ask, quote?.AskQuantity ?? default,
                day?.OpenPrice, day?.HighPrice, day?.LowPrice, day?.Volume ?? default, day?.QuoteVolume ?? default,
                time.GetUtcNow());
        }

        changed(MarketTopic.Ticker);
    }
}
