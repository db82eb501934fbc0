using System.Diagnostics;
using Platform.PaperVenue.Liquidity;
using Platform.PaperVenue.Matching;

namespace Platform.PaperVenue.Replay;

/// <summary>
/// Does what was recorded: lays the book around each price and trades the recorded quantity through it, so that a
/// user's resting order fills when the recording trades at or through its price.
/// </summary>
public sealed class ReplayFlow(HouseMarket market, long seed)
{
    private readonly Instrument instrument = market.Instrument;
    private readonly Ladder ladder = new(market, Noise.Seed(seed, market.Instrument.Symbol + "/replay"));
    private decimal before;
    private Side sideBefore = Side.Buy;
    private long placed;

    public IReadOnlyList<Outcome> Play(MatchingEngine engine, RecordedStep step, long at)
    {
        var outcomes = new List<Outcome>();
        switch (step)
        {
            case RecordedTrade trade:
                Play(engine, trade, at, outcomes);
                break;
            case RecordedQuote quote:
                var bid = Tick(quote.Bid);
                Lay(engine, bid, Math.Max(Tick(quote.Ask), bid + instrument.TickSize), at, outcomes);
                break;
            default:
                throw new UnreachableException();
        }
        return outcomes;
    }

    private void Play(MatchingEngine engine, RecordedTrade trade, long at, ICollection<Outcome> outcomes)
    {
        var price = Tick(trade.TradePrice);
        var side = trade.TakerSide ?? SideBy(price);
        (before, sideBefore) = (price, side);
        if (side == Side.Sell)
            Lay(engine, price, price + market.Grid, at, outcomes);
        else
            Lay(engine, price - market.Grid, price, at, outcomes);
        Take(engine, side, price, instrument.FloorToLot(trade.Quantity), at, outcomes);
    }

    private void Lay(MatchingEngine engine, decimal bid, decimal ask, long at, ICollection<Outcome> outcomes)
    {
        ladder.Lay(engine, bid, ask, at, outcomes);
        // What a user still asks beyond these prices was traded through, however much of it there is.
        var tooHigh = Beyond(engine, Side.Buy, price => price > bid);
        Take(engine, Side.Sell, bid + instrument.TickSize, tooHigh, at, outcomes);
        var tooLow = Beyond(engine, Side.Sell, price => price < ask);
        Take(engine, Side.Buy, ask - instrument.TickSize, tooLow, at, outcomes);
    }

    private decimal Beyond(MatchingEngine engine, Side side, Func<decimal, bool> isBeyond) => engine
        .Book(instrument.Symbol).Resting(side)
        .TakeWhile(order => isBeyond(order.Price))
        .Sum(order => order.LeavesQuantity);

    private void Take(
        MatchingEngine engine, Side side, decimal price, decimal quantity, long at, ICollection<Outcome> outcomes)
    {
        if (quantity <= 0)
            return;
        outcomes.Add(engine.Place(
            new(
                Accounts.HouseTaker, instrument.Symbol, $"replay-{++placed}", side, OrderType.Limit, TimeInForce.Ioc,
                Math.Min(quantity, instrument.MaxQuantity), 0, price, SelfTradePrevention.ExpireMaker),
            at));
    }

    private decimal Tick(decimal price) => Math.Max(instrument.FloorToTick(price), instrument.TickSize);

    private Side SideBy(decimal price)
    {
        if (price == before)
            return sideBefore;
        return price > before ? Side.Buy : Side.Sell;
    }
}
