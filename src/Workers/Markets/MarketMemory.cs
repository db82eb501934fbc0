using Platform.Domain.Markets;
using Platform.Domain.Values;
using Platform.Workers.Markets.Venues;

namespace Platform.Workers.Markets;

/// <summary>The latest of one market. Writers, and readers of what has many parts, take turns; turns are short.</summary>
internal sealed class MarketMemory(
    Symbol market, BookRules rules, VenuePulse pulse, TimeProvider time, Action<MarketTopic> changed)
{
    public const int TradesMax = 1000;
    public const int CandlesMax = 1000;

    // The stream is ahead of a polled answer; only where it is silent does the poll say that the quote still holds.
    private static readonly TimeSpan QuoteConfirmedAfter = TimeSpan.FromSeconds(5);

    private readonly Lock gate = new();
    private readonly LocalOrderBook book = new(rules);
    private readonly SortedList<long, PublicTrade> trades = [];
    private readonly SortedList<DateTimeOffset, Candle> candles = [];
    private DateTimeOffset bookAt = time.GetUtcNow();
    private DaySummary? day;
    private volatile Quote? quote;
    private volatile Ticker? ticker;

    public Quote? Quote => quote;

    public Ticker? Ticker => ticker;

    /// <summary>A book of a venue that is not heard any more says so.</summary>
    public BookReading Book(int levels)
    {
        lock (gate)
        {
            var view = book.Top(levels);
            if (view.State is BookState.Synced && pulse.SilentSince is { } since)
                view = view with { State = BookState.Stale, StaleSince = since };
            return new(view, bookAt, time.GetUtcNow() - bookAt);
        }
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

    public void Apply(in PublicTrade trade)
    {
        lock (gate)
        {
            Remember(trade);
            Retell();
        }

        changed(MarketTopic.Ticker);
        changed(MarketTopic.Tape);
    }

    public void Apply(in VenueQuote told)
    {
        lock (gate)
        {
            quote = new(told.Bid, told.BidQuantity, told.Ask, told.AskQuantity, time.GetUtcNow());
            Retell();
        }

        changed(MarketTopic.Ticker);
    }

    /// <summary>What the book is then, and whether it was lost by this.</summary>
    public (BookState State, bool IsLost) Apply(in DepthUpdate update)
    {
        BookState before, state;
        lock (gate)
        {
            before = book.State;
            if (update.IsSnapshot)
                book.Begin(new(update.LastUpdateId, [.. update.Bids], [.. update.Asks], update.Checksum));
            else
                book.Apply(
                    new BookNumbers(update.FirstUpdateId, update.LastUpdateId, update.PreviousUpdateId), update.Bids, update.Asks,
                    update.Checksum);
            bookAt = time.GetUtcNow();
            state = book.State;
        }

        changed(MarketTopic.Book);
        return (state, before is BookState.Synced && state is BookState.Desynced);
    }

    public BookState Apply(DepthSnapshot snapshot) => ChangeBook(() => book.Apply(snapshot));

    public void Apply(IReadOnlyList<PublicTrade> more)
    {
        lock (gate)
        {
            foreach (var trade in more)
                Remember(trade);
            Retell();
        }

        changed(MarketTopic.Ticker);
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

    public void Apply(DaySummary told)
    {
        lock (gate)
        {
            // What a poll leaves out, the stream told.
            day = told with { Open = told.Open ?? day?.Open, QuoteVolume = told.QuoteVolume ?? day?.QuoteVolume };
            var now = time.GetUtcNow();
            if ((quote is null || now - quote.At > QuoteConfirmedAfter) && (told.Bid, told.Ask) is not (null, null))
                quote = new(told.Bid, told.BidQuantity, told.Ask, told.AskQuantity, now);
            Retell();
        }

        changed(MarketTopic.Ticker);
    }

    public BookState LoseBook(string reason) => ChangeBook(() => book.Lose(reason));

    /// <summary>Also where there was none yet.</summary>
    public void StopBook(string reason) => ChangeBook(() => book.Stop(reason));

    /// <summary>Has it read again, for what time made of it.</summary>
    public void TellBook() => changed(MarketTopic.Book);

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

    private void Remember(in PublicTrade trade)
    {
        trades[trade.Id] = trade;
        if (trades.Count > TradesMax)
            trades.RemoveAt(0);
    }

    private void Retell() => ticker = new(
        market, trades.Count > 0 ? trades.Values[^1].Price : day?.Last,
        quote?.Bid, quote?.BidQuantity ?? default, quote?.Ask, quote?.AskQuantity ?? default,
        day?.Open, day?.High, day?.Low, day?.Volume ?? default, day?.QuoteVolume ?? default, time.GetUtcNow());
}
