using System.Collections.Concurrent;
using Platform.Domain.Markets;
using Platform.Workers.Markets.Venues;

namespace Platform.Workers.Markets.History;

/// <summary>
/// Hears what a venue's stream does not bring: the time in which it was away, jumps between ids that rise by one, books that
/// do not follow, and trades that come too late or from the future.
/// </summary>
internal sealed class VenueEar(ConnectedVenue venue, TimeProvider time, ConflatingQueue<Suspicion> suspicions) : IVenueTap
{
    // As long as a message may be under way, and as far as clocks may differ.
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Early = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<MarketKey, LastTrade> trades = new();
    private DateTimeOffset heardAt = time.GetUtcNow();

    public ConnectedVenue Venue => venue;

    /// <summary>When this connection brought the last trade of a market; null when it brought none.</summary>
    public DateTimeOffset? TradedAt(MarketKey market) =>
        trades.TryGetValue(market, out var last) && Volatile.Read(ref last.At) is > 0 and var at ? new(at, TimeSpan.Zero) : null;

    // The minute in which it went and the one in which it came back are both cut.
    public void Connected()
    {
        var now = time.GetUtcNow();
        Suspect(market: null, heardAt, now, "disconnect");
        foreach (var last in trades.Values)
            last.Forget();
        heardAt = now;
    }

    public void Follow(IReadOnlyList<Instrument> instruments)
    {
        // Silence of what is followed is looked for by the clock, not here.
    }

    public void Heard() => heardAt = time.GetUtcNow();

    public void Traded(Instrument instrument, in PublicTrade trade)
    {
        var market = new MarketKey(instrument.Market, instrument.Kind);
        var last = trades.GetOrAdd(market, _ => new());
        if (venue.Parts.MarketData.HasDenseTradeIds && last.Id > 0 && trade.Id > last.Id + 1)
            Suspect(market, new(Volatile.Read(ref last.At), TimeSpan.Zero), trade.At, "trade_ids", new MissingTrades(last.Id + 1, trade.Id - 1).ToString());
        if (heardAt - trade.At > Late || trade.At - heardAt > Early)
            Suspect(market, trade.At, trade.At, "clock");
        last.Remember(trade);
    }

    public void Quoted(Instrument instrument, in VenueQuote quote)
    {
        // That the venue is there was heard already.
    }

    public void DepthChanged(Instrument instrument, in DepthUpdate update)
    {
        // What does not follow is told as a lost book.
    }

    // One connection carries both: what the book has lost the trades may have lost too.
    public void BookLost(Instrument instrument) => Suspect(new(instrument.Market, instrument.Kind), heardAt, heardAt, "book_desync");

    public void BarChanged(Instrument instrument, CandleInterval interval, Candle candle)
    {
        // Bars are made of trades.
    }

    public void DayChanged(Instrument instrument, DaySummary day)
    {
        // Questions are answered while the stream is away, too.
    }

    public void Disconnected(string reason)
    {
        // What counts is when it was last heard, which is earlier.
    }

    public void StatusChanged(VenueStatus status)
    {
        // What the venue says of itself is no evidence of what came.
    }

    /// <summary>The minutes of both instants and all between them.</summary>
    private void Suspect(MarketKey? market, DateTimeOffset first, DateTimeOffset last, string cause, string? evidence = null) =>
        suspicions.Offer(new(
            venue.Venue, market, BarLevel.Minute.StartOf(first), BarLevel.Minute.StartOf(last).AddMinutes(1), cause, evidence));

    /// <summary>Written by the stream alone; when it was is read by others too.</summary>
    private sealed class LastTrade
    {
        public long At;

        public long Id { get; private set; }

        public void Remember(in PublicTrade trade)
        {
            // One that comes late or again changes nothing.
            if (trade.Id < Id)
                return;

            Id = trade.Id;
            Volatile.Write(ref At, trade.At.UtcTicks);
        }

        /// <summary>What a new connection misses is asked for by its own.</summary>
        public void Forget()
        {
            Id = 0;
            Volatile.Write(ref At, 0);
        }
    }
}
