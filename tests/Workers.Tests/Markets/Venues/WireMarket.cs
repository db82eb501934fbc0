using Platform.Domain.Markets;
using Platform.Domain.Values;

namespace Platform.Workers.Tests.Markets.Venues;

/// <summary>One change of the book, numbered in every way that venues number: by ranges, by the last before it, by one.</summary>
internal sealed record WireChange(
    long First, long Last, long Previous, IReadOnlyList<BookLevel> Bids, IReadOnlyList<BookLevel> Asks, DateTimeOffset At);

/// <summary>A small market that moves: what the connector must end up with, whatever happens to the messages.</summary>
internal sealed class WireMarket
{
    // Kraken's checksum is of ten: what is lost behind them nobody can find out.
    private const int LevelsMax = 10;
    private const decimal Tick = 0.01m;

    private readonly Random random = new(7);
    private readonly HashSet<string> past = [];
    private readonly SortedDictionary<decimal, decimal> bids = new(Comparer<decimal>.Create((a, b) => b.CompareTo(a)));
    private readonly SortedDictionary<decimal, decimal> asks = [];

    public WireMarket()
    {
        for (var level = 0; level < LevelsMax; level++)
        {
            bids[99.99m - (level * Tick)] = 1.5m + level;
            asks[100.01m + (level * Tick)] = 2.5m + level;
        }

        Remember();
    }

    /// <summary>How far the venue's clock is ahead of ours.</summary>
    public TimeSpan Drift { get; set; }

    /// <summary>What the venue says when it is asked for the time.</summary>
    public DateTimeOffset Clock => TimeProvider.System.GetUtcNow() + Drift;

    /// <summary>The time of the last change, in a time of its own.</summary>
    public DateTimeOffset Now { get; private set; } = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    /// <summary>Of the last change.</summary>
    public long Sequence { get; private set; } = 1000;

    public long LastTrade { get; private set; } = 500;

    /// <summary>Whether the market ever looked so.</summary>
    public bool Was(IEnumerable<BookLevel> bids, IEnumerable<BookLevel> asks)
    {
        lock (past)
            return past.Contains(Print(bids, asks));
    }

    /// <summary>Best first, as the asks.</summary>
    public IReadOnlyList<BookLevel> Bids => [.. bids.Select(Level)];

    public IReadOnlyList<BookLevel> Asks => [.. asks.Select(Level)];

    /// <summary>The quantity of one level on each side becomes another, or the level goes and one further out comes.</summary>
    public WireChange Move()
    {
        var first = ++Sequence;
        Now += TimeSpan.FromMilliseconds(100);
        return new(first, Sequence, first - 1, Move(bids, -Tick), Move(asks, Tick), Now);
    }

    public PublicTrade Trade() => new(
        ++LastTrade, Price.From(100m), Quantity.From(0.25m), LastTrade % 2 == 0 ? TakerSide.Buy : TakerSide.Sell, Now);

    private List<BookLevel> Move(SortedDictionary<decimal, decimal> side, decimal outwards)
    {
        var price = side.Keys.ElementAt(random.Next(1, side.Count));
        if (random.Next(3) > 0)
            return [Set(side, price, random.Next(1, 900) / 100m)];

        side.Remove(price);
        Remember();
        return [new(Price.From(price), Quantity.Zero), Set(side, side.Keys.Last() + outwards, random.Next(1, 900) / 100m)];
    }

    private BookLevel Set(SortedDictionary<decimal, decimal> side, decimal price, decimal quantity)
    {
        side[price] = quantity;
        Remember();
        return new(Price.From(price), Quantity.From(quantity));
    }

    // After each level: some venues tell of one at a time.
    private void Remember()
    {
        lock (past)
            past.Add(Print(Bids, Asks));
    }

    private static string Print(IEnumerable<BookLevel> bids, IEnumerable<BookLevel> asks) => string.Join(
        ' ', bids.Concat(asks).Select(level => $"{level.Price.Value:0.#####}x{level.Quantity.Value:0.########}"));

    private static BookLevel Level(KeyValuePair<decimal, decimal> level) =>
        new(Price.From(level.Key), Quantity.From(level.Value));
}
