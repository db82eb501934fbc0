using Platform.Domain.Values;

namespace Platform.Domain.Markets;

/// <summary>The bids or the asks, worst first: what changes most often is at the end, where moving is cheap.</summary>
internal sealed class BookSide(IComparer<Price> worstFirst)
{
    private readonly List<BookLevel> levels = [];
    private readonly IComparer<BookLevel> order =
        Comparer<BookLevel>.Create((left, right) => worstFirst.Compare(left.Price, right.Price));

    /// <summary>Null while nobody stands on this side.</summary>
    public BookLevel? Best => levels.Count > 0 ? levels[^1] : null;

    /// <summary>Quantity zero removes; removing what is not there is normal.</summary>
    public void Set(BookLevel level)
    {
        var index = levels.BinarySearch(level, order);
        switch (index >= 0, level.Quantity == Quantity.Zero)
        {
            case (true, true): levels.RemoveAt(index); break;
            case (true, false): levels[index] = level; break;
            case (false, false): levels.Insert(~index, level); break;
            default: break;
        }
    }

    /// <summary>The best ones only.</summary>
    public void Keep(int count)
    {
        if (levels.Count > count)
            levels.RemoveRange(0, levels.Count - count);
    }

    public void Clear() => levels.Clear();

    public IReadOnlyList<BookLevel> Top(int count)
    {
        var top = new BookLevel[Math.Min(count, levels.Count)];
        for (var i = 0; i < top.Length; i++)
            top[i] = levels[^(i + 1)];
        return top;
    }
}
