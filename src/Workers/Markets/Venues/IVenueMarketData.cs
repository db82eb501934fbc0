using System.Runtime.InteropServices;
using Platform.Domain.Markets;

namespace Platform.Workers.Markets.Venues;

/// <summary>
/// The public side of a venue. Each question is asked once and says by its type whether the answer is known; the caller
/// decides about asking again. Adding a venue is one folder here and one line of registration.
/// </summary>
public interface IVenueMarketData
{
    VenueId Venue { get; }

    /// <summary>How this venue's books are joined and checked.</summary>
    BookRules BookRules { get; }

    /// <summary>
    /// Whether the ids of a market's trades rise by one, in the stream as in <see cref="TradesAsync"/>, so that a jump shows
    /// which are missing.
    /// </summary>
    bool HasDenseTradeIds => false;

    /// <summary>
    /// Whether each book of the stream begins with a snapshot in it. A lost one is then asked for in the stream, not by
    /// <see cref="DepthAsync"/>, whose answer could not be joined.
    /// </summary>
    bool BooksComeWithSnapshots => false;

    /// <summary>Asks for a new snapshot of one book in the running stream; false where only a new connection brings one.</summary>
    bool TryRequestSnapshot(Instrument instrument) => false;

    /// <summary>All that the venue lists and the platform can name.</summary>
    Task<VenueAnswer<IReadOnlyList<Instrument>>> InstrumentsAsync(CancellationToken cancellationToken);

    /// <summary>The last 24 hours of the given instruments, in no order; what the venue does not know is left out.</summary>
    Task<VenueAnswer<IReadOnlyList<(Instrument Instrument, DaySummary Day)>>> DaysAsync(
        IReadOnlyCollection<Instrument> instruments, CancellationToken cancellationToken);

    /// <param name="levels">On each side; the venue may round it up to a size that it knows.</param>
    Task<VenueAnswer<DepthSnapshot>> DepthAsync(Instrument instrument, int levels, CancellationToken cancellationToken);

    /// <summary>Trades oldest first: those after <paramref name="since"/>, or the latest; the venue's page at most.</summary>
    /// <param name="since">Null for the latest. A venue that pages by time alone may answer some of its instant again.</param>
    Task<VenueAnswer<IReadOnlyList<PublicTrade>>> TradesAsync(
        Instrument instrument, TradeMark? since, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// How many of the latest trades <see cref="TradesAsync"/> tells, where a venue tells no others: so many new ones may be not all. Null where
    /// those after a mark are told from the mark on.
    /// </summary>
    int? LatestTradesMax(Instrument instrument) => null;

    /// <summary>Bars oldest first, none for intervals without a trade; the venue's page at most.</summary>
    /// <param name="from">The open time of the first one wanted; null for the latest.</param>
    Task<VenueAnswer<IReadOnlyList<Candle>>> CandlesAsync(
        Instrument instrument, CandleInterval interval, DateTimeOffset? from, int limit, CancellationToken cancellationToken);

    /// <summary>What the venue takes now, with its time where it tells it.</summary>
    Task<VenueAnswer<VenueStatus>> StatusAsync(CancellationToken cancellationToken);

    /// <summary>Keeps trades, quotes, books, running minutes and days of the instruments coming until it is canceled; reconnects by itself.</summary>
    Task StreamAsync(IReadOnlyCollection<Instrument> instruments, IMarketSink sink, CancellationToken cancellationToken);
}

/// <summary>The last trade that somebody has.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct TradeMark(long Id, DateTimeOffset At);
