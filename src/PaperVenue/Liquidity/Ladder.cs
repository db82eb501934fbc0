using Platform.PaperVenue.Matching;

namespace Platform.PaperVenue.Liquidity;

/// <summary>The house's resting quotes of one market: so many price levels on each side of the spread.</summary>
public sealed class Ladder(HouseMarket market, ulong seed)
{
    public const int Levels = 25;

    private readonly Instrument instrument = market.Instrument;
    private long placed;

    /// <summary>
    /// Moves the quotes so that the best are these. What already stands right stays, with its priority; a quote that
    /// meets a user's order trades with it.
    /// </summary>
    public void Lay(MatchingEngine engine, decimal bestBid, decimal bestAsk, long at, ICollection<Outcome> outcomes)
    {
        LaySide(engine, Side.Buy, bestBid, at, outcomes);
        LaySide(engine, Side.Sell, bestAsk, at, outcomes);
    }

    /// <summary>Gives one level a new size, so that the book breathes.</summary>
    public void Resize(MatchingEngine engine, Side side, int level, long at, ICollection<Outcome> outcomes)
    {
        if (Mine(engine, side).ElementAtOrDefault(level) is { } order)
            outcomes.Add(engine.Cancel(Named(order), at));
    }

    private void LaySide(MatchingEngine engine, Side side, decimal best, long at, ICollection<Outcome> outcomes)
    {
        var step = side == Side.Buy ? -market.Grid : market.Grid;
        var missing = new HashSet<decimal>();
        for (var level = 0; level < Levels; level++)
        {
            if (best + (step * level) is var price && price >= instrument.TickSize)
                missing.Add(price);
        }

        foreach (var order in Mine(engine, side).ToList())
        {
            // A level eaten to a quarter is laid anew.
            if (order.LeavesQuantity * 4 < order.Quantity || !missing.Remove(order.Price))
                outcomes.Add(engine.Cancel(Named(order), at));
        }
        foreach (var price in missing)
            outcomes.Add(engine.Place(Quote(side, price, Math.Abs(price - best) / market.Grid), at));
    }

    private IEnumerable<Order> Mine(MatchingEngine engine, Side side) =>
        engine.Book(instrument.Symbol).Resting(side).Where(order => order.AccountId == Accounts.HouseMaker);

    private NewOrder Quote(Side side, decimal price, decimal distance)
    {
        var size = 0.5m + (distance * 0.1m) + Noise.Unit(seed, ++placed);
        var quantity = Math.Max(instrument.LotSize, instrument.FloorToLot(market.LevelNotional * size / price));
        return new(
            Accounts.HouseMaker, instrument.Symbol, $"maker-{placed}", side, OrderType.Limit, TimeInForce.Gtc,
            Math.Min(quantity, instrument.MaxQuantity), 0, price, SelfTradePrevention.ExpireMaker);
    }

    private CancelOrder Named(Order order) =>
        new(order.AccountId, instrument.Symbol, order.OrderId, null, order.ClientOrderId);
}
