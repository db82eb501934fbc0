using Platform.PaperVenue.Matching;

namespace Platform.PaperVenue.Markets;

/// <summary>Price levels of one market as the public sees them, and which of them changed lately.</summary>
public sealed class DepthView
{
    private readonly SortedDictionary<decimal, decimal> bids =
        new(Comparer<decimal>.Create((a, b) => b.CompareTo(a)));

    private readonly SortedDictionary<decimal, decimal> asks = [];

    /// <summary>The update id of the newest change that the levels hold.</summary>
    public long LastUpdateId { get; private set; }

    public DepthChanges Fast { get; } = new();

    public DepthChanges Slow { get; } = new();

    public (decimal Price, decimal Quantity) BestBid => bids.Select(l => (l.Key, l.Value)).FirstOrDefault();

    public (decimal Price, decimal Quantity) BestAsk => asks.Select(l => (l.Key, l.Value)).FirstOrDefault();

    public IEnumerable<KeyValuePair<decimal, decimal>> Bids(int limit) => bids.Take(limit);

    public IEnumerable<KeyValuePair<decimal, decimal>> Asks(int limit) => asks.Take(limit);

    public void Apply(LevelChanged change)
    {
        var levels = change.Side == Side.Buy ? bids : asks;
        if (change.Quantity == 0)
            levels.Remove(change.Price);
        else
            levels[change.Price] = change.Quantity;
        LastUpdateId = change.UpdateId;
        Fast.Add(change);
        Slow.Add(change);
    }
}

/// <summary>The levels changed since the last publication, each with its newest quantity.</summary>
public sealed class DepthChanges
{
    public SortedDictionary<decimal, decimal> Bids { get; } = new(Comparer<decimal>.Create((a, b) => b.CompareTo(a)));

    public SortedDictionary<decimal, decimal> Asks { get; } = [];

    public long FirstUpdateId { get; private set; }

    public long LastUpdateId { get; private set; }

    public bool IsEmpty => FirstUpdateId == 0;

    public void Add(LevelChanged change)
    {
        if (IsEmpty)
            FirstUpdateId = change.UpdateId;
        LastUpdateId = change.UpdateId;
        (change.Side == Side.Buy ? Bids : Asks)[change.Price] = change.Quantity;
    }

    public void Clear()
    {
        FirstUpdateId = 0;
        Bids.Clear();
        Asks.Clear();
    }
}
