using Platform.Domain.Markets;
using Platform.Domain.Markets.Registry;
using Platform.Domain.Trading;
using Platform.Domain.Values;

namespace Platform.Domain.Tests.Trading;

public sealed class PlaceOrderTests : OrderSpec
{
    private static readonly MarketRules Rules = new(
        Market,
        new(TickSize: 0.01m, Min: 0.01m, Max: 1_000_000),
        new(Step: Quantity.From(0.001m), Min: Quantity.From(0.001m), Max: Quantity.From(9000)),
        new(Step: Quantity.Zero, Min: Quantity.Zero, Max: Quantity.From(100)),
        new(Notional.From(5), Notional.From(9_000_000), MinOfMarketOrders: Notional.From(5), MaxOfMarketOrders: Notional.Zero),
        BasePrecision: 8, QuotePrecision: 8);

    private static readonly OrderTerms AtMarket = Terms with { Type = OrderType.Market, LimitPrice = null };
    private static readonly OrderTerms ByQuote = AtMarket with { Quantity = null, QuoteQuantity = Notional.From(50) };

    private static Decision<OrderEvent> Place(OrderTerms terms, params OrderEvent[] past) => OrderDecider.Decide(
        new PlaceOrder(Pool, Venue, Key, terms), past.Aggregate(default(Order), Order.Evolve), Rules, best: Price.From(101));

    [Fact]
    public void Order_is_refused_where_trading_was_stopped_and_one_placed_before_gets_its_first_answer()
    {
        var command = new PlaceOrder(Pool, Venue, Key, Terms);

        ThenRefused(OrderDecider.Decide(command, order: null, Rules, best: null, VenueKill.TradingKilled), "venue_killed");
        Then(OrderDecider.Decide(command, Given(Intended), Rules, best: null, VenueKill.TradingKilled));
    }

    [Fact]
    public void Order_is_intended_with_the_price_seen_then() => Then(Place(Terms), Intended);

    [Fact]
    public void Market_order_may_name_a_quote_quantity() => Then(Place(ByQuote), Intended with { Terms = ByQuote });

    [Fact]
    public void Order_of_a_market_without_a_price_is_still_intended() => Then(
        OrderDecider.Decide(new PlaceOrder(Pool, Venue, Key, Terms), order: null, Rules, best: null),
        Intended with { IntentPrice = null });

    [Fact]
    public void Order_placed_twice_is_intended_once() => Then(Place(Terms, Intended));

    [Fact]
    public void Order_placed_again_after_it_closed_is_still_the_first_one() => Then(Place(Terms, Intended, Sent, Accepted, Canceled));

    [Fact]
    public void Same_amounts_spelled_with_more_zeros_are_the_same_order() =>
        Then(Place(Terms with { Quantity = Quantity.From(2.000m) }, Intended));

    [Fact]
    public void Key_that_named_another_order_is_refused() =>
        ThenRefused(Place(Terms with { Quantity = Quantity.From(3) }, Intended), "idempotency_key_reused");

    [Fact]
    public void Market_that_the_venue_does_not_list_is_refused() => ThenRefused(
        OrderDecider.Decide(new PlaceOrder(Pool, Venue, Key, Terms), order: null, rules: null, best: null), "unknown_market", "market");

    [Fact]
    public void Order_without_any_quantity_is_refused() =>
        ThenRefused(Place(AtMarket with { Quantity = null }), "quantity_ambiguous", "quantity");

    [Fact]
    public void Order_with_both_quantities_is_refused() =>
        ThenRefused(Place(AtMarket with { QuoteQuantity = Notional.From(50) }), "quantity_ambiguous", "quantity");

    [Fact]
    public void Order_for_nothing_is_refused() =>
        ThenRefused(Place(Terms with { Quantity = Quantity.Zero }), "quantity_not_positive", "quantity");

    [Fact]
    public void Order_worth_nothing_is_refused() =>
        ThenRefused(Place(ByQuote with { QuoteQuantity = Notional.Zero }), "quantity_not_positive", "quoteQuantity");

    [Fact]
    public void Market_order_with_a_limit_price_is_refused() =>
        ThenRefused(Place(AtMarket with { LimitPrice = Price.From(100) }), "limit_price_unexpected", "limitPrice");

    [Theory]
    [InlineData(OrderType.Limit)]
    [InlineData(OrderType.LimitMaker)]
    public void Limit_order_without_a_limit_price_is_refused(OrderType type) =>
        ThenRefused(Place(Terms with { Type = type, LimitPrice = null }), "limit_price_missing", "limitPrice");

    [Fact]
    public void Limit_order_by_quote_quantity_is_refused() => ThenRefused(
        Place(Terms with { Quantity = null, QuoteQuantity = Notional.From(50) }), "quote_quantity_unexpected", "quoteQuantity");

    [Theory]
    [InlineData(TimeInForce.ImmediateOrCancel)]
    [InlineData(TimeInForce.FillOrKill)]
    public void Limit_maker_that_would_not_rest_is_refused(TimeInForce timeInForce) => ThenRefused(
        Place(Terms with { Type = OrderType.LimitMaker, TimeInForce = timeInForce }), "time_in_force_unexpected", "timeInForce");

    [Theory]
    [InlineData("100.001", "2", "price_off_tick", "limitPrice")]
    [InlineData("1000000.01", "2", "price_out_of_range", "limitPrice")]
    [InlineData("100", "2.0001", "quantity_off_lot", "quantity")]
    [InlineData("100", "0.0005", "quantity_too_small", "quantity")]
    [InlineData("100", "9000.001", "quantity_too_large", "quantity")]
    [InlineData("100", "0.049", "notional_too_small", "quantity")]
    [InlineData("1001", "9000", "notional_too_large", "quantity")]
    public void Limit_order_that_the_market_would_refuse_is_refused_here(string price, string quantity, string code, string field) =>
        ThenRefused(Place(Terms with { LimitPrice = Price.From(Exact(price)), Quantity = Quantity.From(Exact(quantity)) }), code, field);

    [Theory]
    [InlineData("101", "quantity_too_large")]
    [InlineData("0.049", "notional_too_small")]
    public void Market_order_that_the_market_would_refuse_is_refused_here(string quantity, string code) =>
        ThenRefused(Place(AtMarket with { Quantity = Quantity.From(Exact(quantity)) }), code, "quantity");

    [Theory]
    [InlineData("4.99", "notional_too_small")]
    [InlineData("50.000000001", "quantity_off_lot")]
    public void Market_order_by_quote_that_the_market_would_refuse_is_refused_here(string quote, string code) =>
        ThenRefused(Place(ByQuote with { QuoteQuantity = Notional.From(Exact(quote)) }), code, "quoteQuantity");

    [Fact]
    public void Quote_quantity_that_buys_more_than_can_be_counted_is_refused() => ThenRefused(
        OrderDecider.Decide(
            new PlaceOrder(Pool, Venue, Key, ByQuote with { QuoteQuantity = Notional.From(Exact("9999999999999999999999999999")) }),
            order: null, Rules, best: Price.From(0.05m)),
        "notional_too_large", "quoteQuantity");

    private static decimal Exact(string text) => ExactDecimal.TryParse(text, out var value) ? value : throw new FormatException(text);
}
