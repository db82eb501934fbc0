using System.Collections.Concurrent;
using Platform.Domain.Markets;
using Platform.Workers.Markets.Venues;

namespace Platform.Workers.Tests.Markets;

/// <summary>Keeps what a stream told, in order.</summary>
internal sealed class HearingSink : IMarketSink
{
    private int connects;

    public int Connects => Volatile.Read(ref connects);

    public ConcurrentQueue<string> Losses { get; } = new();

    public ConcurrentQueue<(Instrument Instrument, PublicTrade Trade)> Trades { get; } = new();

    public ConcurrentQueue<(Instrument Instrument, VenueQuote Quote)> Quotes { get; } = new();

    public ConcurrentQueue<HeardDepth> Depths { get; } = new();

    public ConcurrentQueue<(Instrument Instrument, CandleInterval Interval, Candle Candle)> Bars { get; } = new();

    public ConcurrentQueue<(Instrument Instrument, DaySummary Day)> Days { get; } = new();

    public ConcurrentQueue<VenueStatus> Statuses { get; } = new();

    public void Connected() => Interlocked.Increment(ref connects);

    public void Disconnected(string reason) => Losses.Enqueue(reason);

    public void Heard()
    {
        // Each message tells for itself.
    }

    public void Traded(Instrument instrument, in PublicTrade trade) => Trades.Enqueue((instrument, trade));

    public void Quoted(Instrument instrument, in VenueQuote quote) => Quotes.Enqueue((instrument, quote));

    public void DepthChanged(Instrument instrument, in DepthUpdate update) => Depths.Enqueue(new(
        instrument, update.IsSnapshot, update.FirstUpdateId, update.LastUpdateId, update.PreviousUpdateId, update.Checksum,
        update.VenueTime, [.. update.Bids], [.. update.Asks]));

    public void BookLost(Instrument instrument)
    {
        // Streams have no books of their own.
    }

    public void BarChanged(Instrument instrument, CandleInterval interval, Candle candle) =>
        Bars.Enqueue((instrument, interval, candle));

    public void DayChanged(Instrument instrument, DaySummary day) => Days.Enqueue((instrument, day));

    public void StatusChanged(VenueStatus status) => Statuses.Enqueue(status);
}

/// <summary>A <see cref="DepthUpdate"/> that stays.</summary>
internal sealed record HeardDepth(
    Instrument Instrument, bool IsSnapshot, long FirstUpdateId, long LastUpdateId, long? PreviousUpdateId, uint? Checksum,
    DateTimeOffset? VenueTime, IReadOnlyList<BookLevel> Bids, IReadOnlyList<BookLevel> Asks);
