using Platform.Domain.Markets;
using Platform.Domain.Values;

namespace Platform.Workers.Markets.Venues;

/// <summary>
/// Takes what a venue's stream brings, in our words. Called by one reader at a time, in the order in which the venue sent;
/// it returns at once and never waits. What is handed over by reference or as a span is valid until it returns.
/// </summary>
public interface IMarketSink
{
    /// <summary>Connected and subscribed, the first time or again: all books are lost, and what was missed must be asked for.</summary>
    void Connected();

    /// <summary>Lost, or not reached; another attempt follows.</summary>
    void Disconnected(string reason);

    /// <summary>The venue is there, whatever the message was.</summary>
    void Heard();

    void Traded(Instrument instrument, in PublicTrade trade);

    void Quoted(Instrument instrument, in VenueQuote quote);

    void DepthChanged(Instrument instrument, in DepthUpdate update);

    /// <summary>What came does not follow from the book that there was: something before it never came.</summary>
    void BookLost(Instrument instrument);

    /// <summary>The running bar, or one that just closed.</summary>
    void BarChanged(Instrument instrument, CandleInterval interval, Candle candle);

    void DayChanged(Instrument instrument, DaySummary day);

    void StatusChanged(VenueStatus status);
}

/// <summary>The best bid and ask as the venue told; a price is null while nobody stands on its side.</summary>
/// <param name="VenueTime">The venue's clock; null where the message does not hold it.</param>
public readonly record struct VenueQuote(
    Price? Bid, Quantity BidQuantity, Price? Ask, Quantity AskQuantity, DateTimeOffset? VenueTime);

/// <summary>Levels that changed, or with <see cref="IsSnapshot"/> the whole book.</summary>
public readonly ref struct DepthUpdate
{
    public bool IsSnapshot { get; init; }

    /// <summary>Equal to <see cref="LastUpdateId"/> where the venue counts messages; zero where it counts nothing.</summary>
    public long FirstUpdateId { get; init; }

    public long LastUpdateId { get; init; }

    public long? PreviousUpdateId { get; init; }

    public uint? Checksum { get; init; }

    public DateTimeOffset? VenueTime { get; init; }

    /// <summary>In the venue's order; quantity zero means that the price is gone.</summary>
    public ReadOnlySpan<BookLevel> Bids { get; init; }

    public ReadOnlySpan<BookLevel> Asks { get; init; }
}
