using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Platform.Domain.Values;

namespace Platform.Domain.Markets;

/// <summary>
/// The bids or the asks, worst first: what changes most often is at the end, where moving is cheap. Prices are found by whole
/// numbers beside them, which compare in one step where decimals take many.
/// </summary>
/// <param name="isBids">Then the highest price is the best.</param>
internal sealed class BookSide(bool isBids)
{
    // So many of the best are compared all at once, which is done before a search by halves has guessed its way through them.
    private const int Near = 64;

    private long[] keys = new long[Near];
    private BookLevel[] levels = new BookLevel[Near];
    private int count;

    public bool IsEmpty => count == 0;

    /// <summary>Only while somebody stands on this side.</summary>
    public ref readonly BookLevel Best => ref levels[count - 1];

    /// <summary>Whether somebody stands on both sides, and would trade.</summary>
    public static bool IsCrossed(BookSide bids, BookSide asks) => !bids.IsEmpty && !asks.IsEmpty
        && bids.keys[bids.count - 1] >= -asks.keys[asks.count - 1] && bids.Best.Price.Value >= asks.Best.Price.Value;

    /// <summary>Quantity zero removes; removing what is not there is normal.</summary>
    public void Set(in BookLevel level)
    {
        var key = PriceKey.Of(level.Price);
        if (!isBids)
            key = -key;
        var place = PlaceOf(key);
        var isThere = place < count && keys[place] == key && (IsSame(level, levels[place]) || IsThere(ref place, key, level.Price));
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

    // The same price, written with as many places.
    private static bool IsSame(in BookLevel one, in BookLevel other) =>
        Unsafe.BitCast<Price, UInt128>(one.Price) == Unsafe.BitCast<Price, UInt128>(other.Price);

    // Several prices may have one key, and one price may be written in several ways.
    private bool IsThere(ref int place, long key, Price price)
    {
        while (place < count && keys[place] == key && IsWorse(levels[place].Price, price))
            place++;
        return place < count && keys[place] == key && levels[place].Price == price;
    }

    private bool IsWorse(Price one, Price other) => isBids ? one.Value < other.Value : one.Value > other.Value;

    // The first that is not worse.
    private int PlaceOf(long key)
    {
        var near = count - Near;
        if (near < 0)
            return Search(key, count);

        return keys[near] < key ? near + Worse(keys.AsSpan(near, Near), key) : Search(key, near);
    }

    // Adds up without a branch that could be guessed wrong.
    private static int Worse(ReadOnlySpan<long> some, long key)
    {
        var (worse, wanted) = (Vector<long>.Zero, new Vector<long>(key));
        foreach (ref readonly var few in MemoryMarshal.Cast<long, Vector<long>>(some))
            worse -= Vector.LessThan(few, wanted);
        return (int)Vector.Sum(worse);
    }

    // Each step halves what is left, again without such a branch.
    private int Search(long key, int left)
    {
        var start = 0;
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
