using System.Globalization;
using Platform.PaperVenue.Matching;

namespace Platform.PaperVenue.Tests.Matching;

public sealed class PlaceOrder : EngineSpec
{
    [Fact]
    public void Best_price_trades_first_and_at_one_price_the_earliest()
    {
        var late = Taken(Limit(Bob, Side.Sell, 1, 101));
        var first = Taken(Limit(Bob, Side.Sell, 1, 100));
        var second = Taken(Limit(Carol, Side.Sell, 1, 100));

        var trades = Trades(Place(Limit(Alice, Side.Buy, 2.5m, 101))).ToList();

        Assert.Equal([first.OrderId, second.OrderId, late.OrderId], trades.Select(trade => trade.MakerOrderId));
        Assert.Equal([1m, 1m, 0.5m], trades.Select(trade => trade.Quantity));
    }

    [Fact]
    public void Taker_gets_the_makers_price_and_the_rest_of_the_order_rests()
    {
        Taken(Limit(Bob, Side.Sell, 1, 99));

        var order = Taken(Limit(Alice, Side.Buy, 3, 100));

        Assert.Equal(OrderStatus.PartiallyFilled, order.Status);
        Assert.Equal(99m, order.ExecutedQuote);
        Assert.Equal(100m, Engine.Book(Symbol).BestPrice(Side.Buy));
        Assert.Equal(200m, Held(Alice, "USDT").Locked);
    }

    [Fact]
    public void Buyer_pays_commission_in_base_and_seller_in_quote()
    {
        Taken(Limit(Bob, Side.Sell, 1, 100));
        Taken(Limit(Alice, Side.Buy, 1, 100));

        Assert.Equal(1_000.999m, Held(Alice, "BTC").Total);
        Assert.Equal(10_000_099.9m, Held(Bob, "USDT").Total);
        Assert.Equal(0.001m, Held(Settlement.FeeAccount, "BTC").Free);
        Assert.Equal(0.1m, Held(Settlement.FeeAccount, "USDT").Free);
    }

    [Fact]
    public void Market_order_by_quote_quantity_spends_no_more_than_it_says()
    {
        Taken(Limit(Bob, Side.Sell, 1, 100));
        Taken(Limit(Bob, Side.Sell, 1, 300));

        var order = Taken(MarketByQuote(Alice, Side.Buy, 250.001m));

        Assert.Equal(OrderStatus.Filled, order.Status);
        Assert.Equal(1.5m, order.ExecutedQuantity);
        Assert.Equal(250m, order.ExecutedQuote);
    }

    [Fact]
    public void Market_order_by_quote_quantity_whose_rest_buys_no_lot_ends_filled_in_its_last_report()
    {
        Taken(Limit(Bob, Side.Sell, 1, 100));
        Taken(Limit(Bob, Side.Sell, 1, 900_000));

        var outcome = Place(MarketByQuote(Alice, Side.Buy, 105m));

        Assert.Equal(OrderStatus.Filled, outcome.Order!.Status);
        Assert.Equal(OrderStatus.Filled, Assert.Single(outcome.Events.OfType<OrdersTraded>()).Taker.Status);
    }

    [Fact]
    public void Market_order_that_finds_the_book_empty_expires()
    {
        Taken(Limit(Bob, Side.Sell, 1, 100));

        var outcome = Place(Market(Alice, Side.Buy, 3));

        Assert.Equal(OrderStatus.Expired, outcome.Order!.Status);
        Assert.Equal(1m, outcome.Order.ExecutedQuantity);
        Assert.Single(outcome.Events.OfType<OrderExpired>());
    }

    [Fact]
    public void Immediate_or_cancel_trades_what_it_can_and_leaves_nothing()
    {
        Taken(Limit(Bob, Side.Sell, 1, 100));

        var order = Taken(Limit(Alice, Side.Buy, 3, 100, TimeInForce.Ioc));

        Assert.Equal((OrderStatus.Expired, 1m), (order.Status, order.ExecutedQuantity));
        Assert.Equal(0m, Held(Alice, "USDT").Locked);
        Assert.Null(Engine.Book(Symbol).BestPrice(Side.Buy));
    }

    [Theory]
    [InlineData(2, OrderStatus.Filled, 2)]
    [InlineData(3, OrderStatus.Expired, 0)]
    public void Fill_or_kill_trades_all_or_nothing(int asked, OrderStatus status, int executed)
    {
        Taken(Limit(Bob, Side.Sell, 1, 100));
        Taken(Limit(Carol, Side.Sell, 1, 101));

        var order = Taken(Limit(Alice, Side.Buy, asked, 101, TimeInForce.Fok));

        Assert.Equal((status, executed), (order.Status, order.ExecutedQuantity));
    }

    [Fact]
    public void Limit_maker_that_would_take_is_refused()
    {
        Taken(Limit(Bob, Side.Sell, 1, 100));

        ThenRefused(LimitMaker(Alice, Side.Buy, 1, 100), -2010, "Order would immediately match and take.");
        Assert.Equal(OrderStatus.New, Taken(LimitMaker(Alice, Side.Buy, 1, 99.99m)).Status);
    }

    [Fact]
    public void Client_order_id_may_be_used_again_only_when_its_order_is_no_longer_open()
    {
        var named = Limit(Alice, Side.Buy, 1, 90) with { ClientOrderId = "mine" };
        var first = Taken(named);

        ThenRefused(named, -2010, "Duplicate order sent.");
        Cancel(first);

        Assert.NotEqual(first.OrderId, Taken(named).OrderId);
    }

    [Fact]
    public void More_than_the_balance_is_refused()
    {
        const string words = "Account has insufficient balance for requested action.";
        ThenRefused(Limit(Alice, Side.Sell, 1_000.00001m, 100), -2010, words);
        Taken(Limit(Alice, Side.Buy, 1_000, 8_000));
        ThenRefused(Limit(Alice, Side.Buy, 1_000, 2_000.01m), -2010, words);
        Taken(Limit(Bob, Side.Sell, 1_000, 9_000));
        ThenRefused(Market(Alice, Side.Buy, 500), -2010, words);
    }

    [Theory]
    [InlineData("100.001", "1", "PRICE_FILTER")]
    [InlineData("0", "1", "PRICE_FILTER")]
    [InlineData("1000000.01", "1", "PRICE_FILTER")]
    [InlineData("100", "0", "LOT_SIZE")]
    [InlineData("100", "0.000011", "LOT_SIZE")]
    [InlineData("100", "9000.00001", "LOT_SIZE")]
    [InlineData("100", "0.04999", "NOTIONAL")]
    [InlineData("1000000", "9.00001", "NOTIONAL")]
    public void Order_that_breaks_a_rule_of_its_market_is_refused_by_the_rules_name(
        string price, string quantity, string filter) => ThenRefused(
        Limit(Alice, Side.Buy, Amount(quantity), Amount(price)), -1013, $"Filter failure: {filter}");

    [Fact]
    public void Market_order_of_too_little_worth_is_refused() =>
        ThenRefused(Market(Alice, Side.Sell, 0.04m), -1013, "Filter failure: NOTIONAL");

    [Fact]
    public void Open_orders_of_one_account_are_bounded()
    {
        for (var i = 0; i < Instrument.MaxOpenOrders; i++)
            Taken(Limit(Alice, Side.Buy, 1, 50));

        ThenRefused(Limit(Alice, Side.Buy, 1, 50), -1013, "Filter failure: MAX_NUM_ORDERS");
    }

    [Fact]
    public void Cancel_frees_what_the_order_held_and_a_second_one_finds_nothing()
    {
        var order = Taken(Limit(Alice, Side.Buy, 1, 90));

        Assert.Equal(OrderStatus.Canceled, Cancel(order).Order?.Status);
        Assert.Equal(new Balance(10_000_000m, 0), Held(Alice, "USDT"));
        Assert.Equal(-2011, Cancel(order).Refusal?.Code);
    }

    [Fact]
    public void Nobody_cancels_the_order_of_another()
    {
        var order = Taken(Limit(Alice, Side.Buy, 1, 90));

        Assert.Equal(-2011, Cancel(order with { AccountId = Bob }).Refusal?.Code);
    }

    private static decimal Amount(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);
}
