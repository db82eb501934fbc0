using System.Collections.Concurrent;
using Platform.Domain.Markets;
using Platform.Domain.Values;

namespace Platform.Workers.Markets;

/// <summary>What of a market changed; one push topic each.</summary>
public enum MarketTopic { Ticker, Book, Tape, Candles }

public readonly record struct MarketChange(VenueId Venue, Symbol Market, MarketTopic Topic);

/// <param name="At">When the platform last applied something to the book.</param>
/// <param name="Age">Since then, as of this reading.</param>
public sealed record BookReading(BookView Book, DateTimeOffset At, TimeSpan Age);

/// <summary>
/// The latest of every watched market of every venue, in memory and bounded. Written by the feeds, read by anyone; every read
/// is a copy that does not change. Null answers: the market is not watched, or nothing is known of it yet. Without a venue's
/// name, the home venue is meant.
/// </summary>
public sealed class MarketBoard(ConnectedVenues venues, TimeProvider time)
{
    private readonly ConcurrentDictionary<(VenueId Venue, Symbol Market), MarketMemory> markets = new();
    private readonly ConflatingQueue<MarketChange> changes = new();

    /// <summary>Where orders go.</summary>
    public VenueId Home => venues.Home.Venue;

    /// <summary>Of the home venue.</summary>
    public IReadOnlyCollection<Symbol> Watched => [.. markets.Keys.Where(key => key.Venue == Home).Select(key => key.Market)];

    /// <summary>Of every venue.</summary>
    public IReadOnlyCollection<(VenueId Venue, Symbol Market)> AllWatched => [.. markets.Keys];

    public Ticker? Ticker(Symbol market) => Ticker(Home, market);

    public Ticker? Ticker(VenueId venue, Symbol market) => Of(venue, market)?.Ticker;

    public Quote? Quote(Symbol market) => Quote(Home, market);

    public Quote? Quote(VenueId venue, Symbol market) => Of(venue, market)?.Quote;

    public BookReading? Book(Symbol market, int levels) => Book(Home, market, levels);

    /// <param name="levels">On each side; the venue's snapshot brought at most 1000.</param>
    public BookReading? Book(VenueId venue, Symbol market, int levels) => Of(venue, market)?.Book(levels);

    public IReadOnlyList<PublicTrade>? Tape(Symbol market, int limit) => Tape(Home, market, limit);

    /// <summary>The latest trades, oldest first; at most <see cref="MarketMemory.TradesMax"/> are remembered.</summary>
    public IReadOnlyList<PublicTrade>? Tape(VenueId venue, Symbol market, int limit) => Of(venue, market)?.Tape(limit);

    public IReadOnlyList<Candle>? Candles(Symbol market, int limit) => Candles(Home, market, limit);

    /// <summary>
    /// The latest one-minute candles, oldest first, holes filled forward and marked; at most
    /// <see cref="MarketMemory.CandlesMax"/> are remembered.
    /// </summary>
    public IReadOnlyList<Candle>? Candles(VenueId venue, Symbol market, int limit) => Of(venue, market)?.Candles(limit);

    /// <summary>
    /// What one unit of the asset is worth in the reporting asset; null when unknown or older than
    /// <see cref="Marks.AgeMax"/>.
    /// </summary>
    public decimal? Mark(Asset asset, Asset reporting) => Marks.Mark(asset, reporting, Quote, time.GetUtcNow());

    /// <summary>Says which market's topic to read again; each waits at most once. For one reader.</summary>
    public IAsyncEnumerable<MarketChange> ChangesAsync(CancellationToken cancellationToken) =>
        changes.ReadAllAsync(cancellationToken);

    /// <summary>The writer's door to one market; the first call makes it a watched one.</summary>
    internal MarketMemory Watch(Instrument instrument, BookRules rules, VenuePulse pulse) => markets.GetOrAdd(
        (instrument.Venue, instrument.Market), key => new(
            key.Market, rules, pulse, time, topic => changes.Offer(new(key.Venue, key.Market, topic))));

    private MarketMemory? Of(VenueId venue, Symbol market) => markets.GetValueOrDefault((venue, market));
}
