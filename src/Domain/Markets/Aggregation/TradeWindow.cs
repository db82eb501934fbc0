using System.Runtime.InteropServices;

namespace Platform.Domain.Markets.Aggregation;

/// <summary>What was traded in a window: the sums by which windows of several venues add up exactly.</summary>
/// <param name="PriceVolume">Price times quantity, summed.</param>
/// <param name="Volume">Quantity, summed.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct TradeSum(Int128 PriceVolume, Int128 Volume, long Trades)
{
    /// <summary>Volume-weighted, rounded once to the market's scale; zero when nothing was traded.</summary>
    public long Vwap => Volume > 0 ? (long)Ratio.HalfEven(PriceVolume, Volume) : 0;

    public static TradeSum operator +(TradeSum left, TradeSum right) =>
        new(left.PriceVolume + right.PriceVolume, left.Volume + right.Volume, left.Trades + right.Trades);

    public static TradeSum operator -(TradeSum left, TradeSum right) =>
        new(left.PriceVolume - right.PriceVolume, left.Volume - right.Volume, left.Trades - right.Trades);
}

/// <summary>
/// A sliding sum of trades in steps of equal length. A step that leaves takes with it exactly what it had brought. Steps
/// without a trade cost nothing; there are never more than <c>steps</c> and what lies ahead of now.
/// </summary>
/// <param name="step">In UTC ticks.</param>
/// <param name="steps">How many make up the window, the running one included.</param>
public sealed class TradeWindow(long step, int steps)
{
    private (long Step, TradeSum Sum)[] ring = new (long, TradeSum)[8];
    private int head;
    private int count;
    private long gone = long.MinValue;
    private long slideAt = long.MinValue;

    public TradeSum Sum { get; private set; }

    /// <summary>What came too late for the window is not in it.</summary>
    /// <param name="at">UTC ticks.</param>
    public void Add(long at, in TradeSum more)
    {
        var index = at / step;
        if (index <= gone)
            return;

        Sum += more;
        var place = count;
        while (place > 0 && At(place - 1).Step > index)
            place--;
        if (place > 0 && At(place - 1).Step == index)
            At(place - 1).Sum += more;
        else
            Insert(place, (index, more));
    }

    /// <summary>Lets go of what is no longer in the window that ends with the step of <paramref name="now"/>.</summary>
    /// <param name="now">UTC ticks; never before that of the last call.</param>
    public void Slide(long now)
    {
        if (now < slideAt)
            return;

        var running = now / step;
        (gone, slideAt) = (running - steps, (running + 1) * step);
        for (; count > 0 && At(0).Step <= gone; count--, head = (head + 1) & (ring.Length - 1))
            Sum -= At(0).Sum;
    }

    private ref (long Step, TradeSum Sum) At(int place) => ref ring[(head + place) & (ring.Length - 1)];

    private void Insert(int place, (long Step, TradeSum Sum) entry)
    {
        if (count == ring.Length)
            Grow();
        for (var i = count++; i > place; i--)
            At(i) = At(i - 1);
        At(place) = entry;
    }

    private void Grow()
    {
        var larger = new (long, TradeSum)[ring.Length * 2];
        for (var i = 0; i < count; i++)
            larger[i] = At(i);
        (ring, head) = (larger, 0);
    }
}
