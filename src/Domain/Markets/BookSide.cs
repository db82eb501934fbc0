using Platform.Domain.Values;

namespace Platform.Domain.Markets;

/// <summary>
/// The bids or the asks, worst first: what changes most often is at the end, where moving is cheap. Prices are found by whole
/// numbers beside them, which compare in one step where decimals take many.
/// </summary>
/// <param name="isBids">Then the highest price is the best.</param>
internal sealed class BookSide(bool isBids)
{
    private const int First = 64;

    private long[] keys = new long[First];
    private BookLevel[] levels = new BookLevel[First];
    private int count;

    public bool IsEmpty => count == 0;

    /// <summary>Only while somebody stands on this side.</summary>
    public ref readonly BookLevel Best => ref levels[count - 1];

    /// <summary>Quantity zero removes; removing what is not there is normal.</summary>
    public void Set(in BookLevel level)
    {
        var key = PriceKey.Of(level.Price);
        if (!isBids)
            key = -key;
        var place = PlaceOf(key);
        while (place < count && keys[place] == key && IsWorse(levels[place].Price, level.Price))
            place++;
        var isThere = place < count && keys[place] == key && levels[place].Price == level.Price;
        if (level.Quantity == Quantity.Zero)
        {
            if (isThere)
                RemoveAt(place);
        }
        else if (isThere)
        {
            levels[place] = level;
        }
        else
        {
            Insert(place, key, level);
        }
    }

    public void Clear() => count = 0;

    public IReadOnlyList<BookLevel> Top(int most)
    {
        var top = new BookLevel[Math.Min(most, count)];
        for (var i = 0; i < top.Length; i++)
            top[i] = levels[count - i - 1];
        return top;
    }

    private bool IsWorse(Price one, Price other) => isBids ? one.Value < other.Value : one.Value > other.Value;

    // The first that is not worse. Each step halves what is left without a branch that could be guessed wrong.
    private int PlaceOf(long key)
    {
        var (start, left) = (0, count);
        while (left > 0)
        {
            var half = left >> 1;
            var isWorse = keys[start + half] < key;
            start = isWorse ? start + half + 1 : start;
            left = isWorse ? left - half - 1 : half;
        }

        return start;
    }

    private void Insert(int place, long key, in BookLevel level)
    {
        if (count == keys.Length)
        {
            Array.Resize(ref keys, count * 2);
            Array.Resize(ref levels, count * 2);
        }

        Array.Copy(keys, place, keys, place + 1, count - place);
        Array.Copy(levels, place, levels, place + 1, count - place);
        (keys[place], levels[place]) = (key, level);
        count++;
    }

    private void RemoveAt(int place)
    {
        count--;
        Array.Copy(keys, place + 1, keys, place, count - place);
        Array.Copy(levels, place + 1, levels, place, count - place);
    }
}
