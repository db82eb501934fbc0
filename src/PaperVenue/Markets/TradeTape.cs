using Platform.PaperVenue.Matching;

namespace Platform.PaperVenue.Markets;

/// <summary>Trades of one taker order at one price and moment, as Binance sums them up.</summary>
public sealed record AggregateTrade(
    long Id, decimal Price, decimal Quantity, long FirstTradeId, long LastTradeId, long At, bool BuyerIsMaker,
    long TakerOrderId);

/// <summary>The newest public trades of one market; older ones are forgotten.</summary>
public sealed class TradeTape
{
    private const int Capacity = 5_000;

    private readonly List<Trade> trades = [];
    private readonly List<AggregateTrade> aggregates = [];

    public Trade? Last => trades.Count == 0 ? null : trades[^1];

    /// <summary>Adds the trades of one command and answers their sums.</summary>
    public IReadOnlyList<AggregateTrade> Add(IReadOnlyList<Trade> executed)
    {
        var sums = new List<AggregateTrade>();
        foreach (var trade in executed)
        {
            trades.Add(trade);
            if (sums.Count > 0 && sums[^1].TakerOrderId == trade.TakerOrderId && sums[^1].Price == trade.Price)
                sums[^1] = sums[^1] with { Quantity = sums[^1].Quantity + trade.Quantity, LastTradeId = trade.Id };
            else
                sums.Add(Sum(trade));
        }
        aggregates.AddRange(sums);
        Trim(trades);
        Trim(aggregates);
        return sums;
    }

    public IReadOnlyList<Trade> Recent(int limit) => trades[Math.Max(0, trades.Count - limit)..];

    /// <summary>Trades from an id on, oldest first.</summary>
    public IReadOnlyList<Trade> From(long fromId, int limit) =>
        [.. trades.SkipWhile(trade => trade.Id < fromId).Take(limit)];

    /// <summary>From an id or a time on the oldest; with neither the newest. Times are inclusive.</summary>
    public IReadOnlyList<AggregateTrade> Aggregates(long? fromId, long? start, long? end, int limit)
    {
        var matching = aggregates.Where(sum =>
            sum.Id >= (fromId ?? 0) && sum.At >= (start ?? 0) && sum.At <= (end ?? long.MaxValue));
        return [.. fromId is null && start is null ? matching.TakeLast(limit) : matching.Take(limit)];
    }

    // The first trade's id serves as the sum's own: unique and rising, which is all that it promises.
    private static AggregateTrade Sum(Trade trade) => new(
        trade.Id, trade.Price, trade.Quantity, trade.Id, trade.Id, trade.At, trade.BuyerIsMaker, trade.TakerOrderId);

    private static void Trim<T>(List<T> list)
    {
        if (list.Count > Capacity * 2)
            list.RemoveRange(0, list.Count - Capacity);
    }
}
