using Platform.Domain.Values;

namespace Platform.Domain.Markets;

/// <summary>What stands where no bar is known.</summary>
public enum BarFill
{
    /// <summary>Nothing: it is said that it is missing.</summary>
    None,

    /// <summary>The close before it, and no volume.</summary>
    Prev,

    /// <summary>No volume, and no prices either.</summary>
    Zero,
}

/// <param name="IsFilled">It was made up for the question, and is stored nowhere.</param>
public readonly record struct FilledBar(Bar Bar, bool IsFilled);

/// <summary>Longer bars of shorter ones, exactly; and what to show where there is none.</summary>
public static class Bars
{
    extension(IEnumerable<Bar> bars)
    {
        /// <summary>Both, oldest first; of two that start at once the other is the better one.</summary>
        public IEnumerable<Bar> Under(IEnumerable<Bar> better) => better.UnionBy(bars, bar => bar.Start).OrderBy(bar => bar.Start);
    }

    /// <summary>The bars of the trades, oldest first; where none traded, none is made.</summary>
    /// <param name="trades">In the venue's order.</param>
    public static IEnumerable<Bar> OfTrades(IEnumerable<PublicTrade> trades, BarLevel level, BarState state) =>
        from trade in trades
        group trade by level.StartOf(trade.At) into traded
        orderby traded.Key
        select traded
            .Select(trade => new Bar(
                traded.Key, new(trade.Price, trade.Price, trade.Price, trade.Price), trade.Quantity, trade.Price * trade.Quantity, Trades: 1, state))
            .Aggregate(Then);

    /// <summary>
    /// The bars of a timeframe, oldest first, each made of all that lie in it: where none lies, none is made, and one that lacks a
    /// minute, or a longer one that it is made of, is partial.
    /// </summary>
    /// <param name="bars">Of the timeframe's base, oldest first, at most one for each start.</param>
    public static IEnumerable<Bar> RollUp(IEnumerable<Bar> bars, Timeframe timeframe)
    {
        Bar? open = null;
        var count = 0;
        foreach (var bar in bars)
        {
            var start = timeframe.StartOf(bar.Start);
            if (open is not null && open.Start != start)
            {
                yield return Close(open, count, timeframe);
                (open, count) = (null, 0);
            }

            open = open is null ? bar with { Start = start } : Then(open, bar);
            count++;
        }

        if (open is not null)
            yield return Close(open, count, timeframe);
    }

    /// <summary>One bar for each interval of [from, to), oldest first; where none is known, one that says so.</summary>
    /// <param name="bars">Oldest first.</param>
    /// <param name="before">The last close before <paramref name="from"/>; null when there is none.</param>
    public static IEnumerable<FilledBar> Fill(
        IEnumerable<Bar> bars, Timeframe timeframe, DateTimeOffset from, DateTimeOffset to, BarFill fill, Price? before)
    {
        using var known = bars.GetEnumerator();
        var isMore = known.MoveNext();
        for (var start = from; start < to; start = timeframe.Step(start, 1))
        {
            var isKnown = isMore && known.Current.Start == start;
            var bar = isKnown ? known.Current : Bar.Missing(start);
            if (isKnown)
                isMore = known.MoveNext();
            before = bar.Prices?.Close ?? before;
            yield return (bar.Prices, fill, before) switch
            {
                (null, BarFill.Prev, { } close) => new(bar with { Prices = new(close, close, close, close) }, IsFilled: true),
                (null, BarFill.Zero, _) => new(bar, IsFilled: bar.State is BarState.Missing),
                _ => new(bar, IsFilled: false),
            };
        }
    }

    private static Bar Then(Bar bar, Bar later) => bar with
    {
        Prices = (bar.Prices, later.Prices) switch
        {
            ({ } first, { } second) => first.Then(second),
            var (first, second) => first ?? second,
        },
        Volume = bar.Volume + later.Volume,
        QuoteVolume = bar.QuoteVolume + later.QuoteVolume,
        Trades = bar.Trades + later.Trades,
        State = Worse(bar.State, later.State),
        Revision = bar.Revision + later.Revision,
    };

    private static BarState Worse(BarState one, BarState other) => (one, other) switch
    {
        (BarState.Partial, _) or (_, BarState.Partial) => BarState.Partial,
        (BarState.Healed, _) or (_, BarState.Healed) => BarState.Healed,
        (BarState.Traded, _) or (_, BarState.Traded) => BarState.Traded,
        _ => BarState.Empty,
    };

    // Of empty ones nothing can be proved while any is missing. Seconds without a trade are said by nobody.
    private static Bar Close(Bar bar, int count, Timeframe timeframe) =>
        (bar.State, timeframe.Step(bar.Start, 1) - bar.Start > timeframe.Base.Length * count) switch
        {
            (_, false) => bar,
            (BarState.Empty, _) => Bar.Missing(bar.Start),
            _ => timeframe.Base is BarLevel.Second ? bar : bar with { State = BarState.Partial },
        };
}
