using CsCheck;
using Platform.PaperVenue.Matching;

namespace Platform.PaperVenue.Tests.Matching;

/// <summary>What must hold whatever is asked of the engine.</summary>
public sealed class EngineProperties : EngineSpec
{
    private static readonly string[] Assets = ["BTC", "USDT"];

    private static readonly Gen<NewOrder> AnyOrder = Gen.Select(
        Gen.Int[0, 2].Select(i => Traders[i]),
        Gen.Enum<Side>(),
        Gen.Enum<OrderType>(),
        Gen.Enum<TimeInForce>(),
        Gen.Int[1, 400_000],
        Gen.Int[-20, 20],
        Gen.Bool,
        Gen.Enum<SelfTradePrevention>()).Select((account, side, type, timeInForce, lots, ticks, byQuote, mode) =>
        {
            var market = type == OrderType.Market;
            return new NewOrder(
                account, Symbol, "", side, type, type == OrderType.Limit ? timeInForce : TimeInForce.Gtc,
                market && byQuote ? 0 : lots * 0.00001m, market && byQuote ? lots * 0.001m : 0,
                market ? 0 : 100m + (ticks * 0.01m), mode);
        });

    // Every fourth step cancels one of the orders placed before, if it still rests.
    private static readonly Gen<(NewOrder Order, bool Cancels, int Which)[]> Session =
        Gen.Select(AnyOrder, Gen.Int[0, 3].Select(draw => draw == 0), Gen.Int[0, 1_000]).Array[1, 60];

    [Fact]
    public void Money_is_moved_and_never_made_or_lost() => Session.Sample(session =>
    {
        var world = new EngineProperties();
        var before = Assets.Select(world.TotalOf).ToList();

        world.Play(session, _ => { });

        Assert.Equal(before, Assets.Select(world.TotalOf));
        Assert.All(world.Engine.Ledger.All, held => Assert.True(held.Balance is { Free: >= 0, Locked: >= 0 }));
    });

    [Fact]
    public void What_is_locked_is_what_open_orders_hold() => Session.Sample(session =>
    {
        var world = new EngineProperties();

        world.Play(session, _ => { });

        var book = world.Engine.Book(Symbol);
        foreach (var account in Traders)
        {
            Assert.Equal(
                book.Resting(Side.Buy).Where(o => o.AccountId == account).Sum(o => o.LeavesQuantity * o.Price),
                world.Held(account, "USDT").Locked);
            Assert.Equal(
                book.Resting(Side.Sell).Where(o => o.AccountId == account).Sum(o => o.LeavesQuantity),
                world.Held(account, "BTC").Locked);
        }
    });

    [Fact]
    public void Book_is_never_crossed_and_its_levels_are_the_sum_of_its_orders() => Session.Sample(session =>
    {
        var world = new EngineProperties();
        world.Play(session, _ =>
        {
            var book = world.Engine.Book(Symbol);
            Assert.False(book.BestPrice(Side.Buy) >= book.BestPrice(Side.Sell));
            foreach (var side in (Side[])[Side.Buy, Side.Sell])
            {
                var levels = book.Resting(side).GroupBy(o => o.Price);
                Assert.Equal(levels.Select(l => (l.Key, l.Sum(o => o.LeavesQuantity))), book.Depth(side));
            }
        });
    });

    [Fact]
    public void Nothing_fills_for_more_than_was_asked_or_at_a_worse_price() => Session.Sample(session =>
    {
        var world = new EngineProperties();
        world.Play(session, outcome =>
        {
            foreach (var order in outcome.Events.OfType<OrdersTraded>().SelectMany(e => (Order[])[e.Taker, e.Maker]))
            {
                Assert.True(order.IsByQuote
                    ? order.ExecutedQuote <= order.QuoteQuantity
                    : order.ExecutedQuantity <= order.Quantity);
                Assert.True(order.Type == OrderType.Market || (order.Side == Side.Buy
                    ? order.ExecutedQuote <= order.ExecutedQuantity * order.Price
                    : order.ExecutedQuote >= order.ExecutedQuantity * order.Price));
            }
        });
    });

    [Fact]
    public void Trades_are_those_of_a_naive_model_of_price_and_time_priority() => Session.Sample(session =>
    {
        var world = new EngineProperties();
        var model = new NaiveBook();
        var unprevented = session.Select(step =>
            (step.Order with { SelfTradePrevention = SelfTradePrevention.None }, step.Cancels, step.Which));
        world.Play([.. unprevented], model.Check);
    });

    [Fact]
    public void Same_commands_give_the_same_events() => Session.Sample(session =>
    {
        var (one, other) = (new EngineProperties(), new EngineProperties());
        var (first, second) = (new List<EngineEvent>(), new List<EngineEvent>());

        one.Play(session, outcome => first.AddRange(outcome.Events));
        other.Play(session, outcome => second.AddRange(outcome.Events));

        Assert.Equal(first, second);
    });

    private void Play((NewOrder Order, bool Cancels, int Which)[] session, Action<Outcome> check)
    {
        var placed = new List<Order>();
        foreach (var (order, cancels, which) in session)
        {
            var outcome = cancels && placed.Count > 0 ? Cancel(placed[which % placed.Count]) : Place(order);
            if (outcome is { Refusal: null, Order: { } taken })
                placed.Add(taken);
            check(outcome);
        }
    }

    private decimal TotalOf(string asset) =>
        Traders.Append(Settlement.FeeAccount).Sum(account => Engine.Ledger.Of(account, asset).Total);
}
