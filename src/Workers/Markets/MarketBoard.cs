using System.Collections.Concurrent;
using Platform.Domain.Markets;
using Platform.Domain.Values;

namespace Platform.Workers.Markets;

/// <summary>What of a market changed; one push topic each.</summary>
public enum MarketTopic { Ticker, Book, Tape, Candles }

public readonly record struct MarketChange(Symbol Market, MarketTopic Topic);

/// <param name="At">When the platform last applied something to the book.</param>
public sealed record BookReading(BookView Book, DateTimeOffset At);

/// <summary>
/// The latest of every watched market, in memory and bounded. Written by the feed, read by anyone; every read is a
/// copy that does not change. Null answers: the market is not watched, or nothing is known of it yet.
/// </summary>
public sealed class MarketBoard(TimeProvider time)
{
    private readonly ConcurrentDictionary<Symbol, MarketMemory> markets = new();
    private readonly ConflatingQueue<MarketChange> changes = new();

    public IReadOnlyCollection<Symbol> Watched => [.. markets.Keys];

    public Ticker? Ticker(Symbol market) => Of(market)?.Ticker;

    public Quote? Quote(Symbol market) => Of(market)?.Quote;

    /// <param name="levels">On each side; the venue's snapshot brought at most 1000.</param>
    public BookReading? Book(Symbol market, int levels) => Of(market)?.Book(levels);

    /// <summary>The latest trades, oldest first; at most <see cref="MarketMemory.TradesMax"/> are remembered.</summary>
    public IReadOnlyList<PublicTrade>? Tape(Symbol market, int limit) => Of(market)?.Tape(limit);

    /// <summary>
    /// The latest one-minute candles, oldest first, holes filled forward and marked; at most
    /// <see cref="MarketMemory.CandlesMax"/> are remembered.
    /// </summary>
    public IReadOnlyList<Candle>? Candles(Symbol market, int limit) => Of(market)?.Candles(limit);

    /// <summary>
    /// What one unit of the asset is worth in the reporting asset; null when unknown or older than
    /// <see cref="Marks.AgeMax"/>.
    /// </summary>
    public decimal? Mark(Asset asset, Asset reporting) => Marks.Mark(asset, reporting, Quote, time.GetUtcNow());

    /// <summary>Says which market's topic to read again; each waits at most once. For one reader.</summary>
    public IAsyncEnumerable<MarketChange> ChangesAsync(CancellationToken cancellationToken) =>
        changes.ReadAllAsync(cancellationToken);

    /// <summary>The writer's door to one market; the first call makes it a watched one.</summary>
    internal MarketMemory Watch(Symbol market) =>
        markets.GetOrAdd(market, name => new(name, time, topic => changes.Offer(new(name, topic))));

    private MarketMemory? Of(Symbol market) => markets.GetValueOrDefault(market);
}
