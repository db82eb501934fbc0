using Platform.PaperVenue.Matching;

namespace Platform.PaperVenue.Tests.Matching;

public sealed class PreventSelfTrade : EngineSpec
{
    [Fact]
    public void Nothing_is_prevented_when_the_taker_wants_none()
    {
        Taken(Limit(Alice, Side.Sell, 1, 100));

        Assert.Equal(OrderStatus.Filled, Taken(Limit(Alice, Side.Buy, 1, 100)).Status);
    }

    [Fact]
    public void Expire_taker_ends_the_newcomer_and_leaves_the_resting_order()
    {
        var resting = Taken(Limit(Alice, Side.Sell, 1, 100));

        var taker = Taken(Own(2, SelfTradePrevention.ExpireTaker));

        Assert.Equal((OrderStatus.ExpiredInMatch, 1m), (taker.Status, taker.PreventedQuantity));
        Assert.Equal(resting, Engine.Book(Symbol).Best(Side.Sell));
        Assert.Equal(0m, Held(Alice, "USDT").Locked);
    }

    [Fact]
    public void Expire_maker_ends_the_resting_order_and_the_newcomer_goes_on()
    {
        Taken(Limit(Alice, Side.Sell, 1, 100));
        Taken(Limit(Bob, Side.Sell, 1, 100));

        var outcome = Place(Own(2, SelfTradePrevention.ExpireMaker));

        Assert.Equal((OrderStatus.PartiallyFilled, 1m), (outcome.Order!.Status, outcome.Order.ExecutedQuantity));
        Assert.Equal(OrderStatus.ExpiredInMatch, Assert.Single(outcome.Events.OfType<TradePrevented>()).Order.Status);
        Assert.Equal(0m, Held(Alice, "BTC").Locked);
    }

    [Fact]
    public void Expire_both_ends_both()
    {
        Taken(Limit(Alice, Side.Sell, 1, 100));

        var outcome = Place(Own(2, SelfTradePrevention.ExpireBoth));

        Assert.Equal(2, outcome.Events.OfType<TradePrevented>().Count());
        Assert.Empty(Engine.Book(Symbol).Resting(Side.Sell));
        Assert.Empty(Engine.Book(Symbol).Resting(Side.Buy));
    }

    private static NewOrder Own(decimal quantity, SelfTradePrevention mode) =>
        Limit(Alice, Side.Buy, quantity, 100) with { SelfTradePrevention = mode };
}
