using Platform.Domain.Trading;
using Platform.Domain.Values;

namespace Platform.Domain.Tests.Trading;

public sealed class ReserveFundsTests : AccountSpec
{
    private static readonly OrderTerms AtMarket = Terms with { Type = OrderType.Market, LimitPrice = null };

    private static Decision<AccountEvent> Reserve(OrderTerms terms, Price? best, params AccountEvent[] past) =>
        AccountDecider.Decide(Intended with { Terms = terms, IntentPrice = best }, GivenAccount([Opened, .. past]));

    private static FundsReserved Hold(decimal amount, Asset asset) => new(Account, Id, new(amount, asset));

    [Fact]
    public void Limit_buy_holds_its_worth_in_the_quote() => Then(Reserve(Terms, best: null, Deposited(200, Usdt)), Hold(200, Usdt));

    [Fact]
    public void Sell_holds_its_quantity_in_the_base() =>
        Then(Reserve(Terms with { Side = Side.Sell }, best: null, Deposited(2, Btc)), Hold(2, Btc));

    [Fact]
    public void Market_buy_by_quote_holds_what_it_may_spend() => Then(
        Reserve(AtMarket with { Quantity = null, QuoteQuantity = Notional.From(50) }, best: null, Deposited(50, Usdt)), Hold(50, Usdt));

    [Fact]
    public void Market_buy_holds_two_in_a_hundred_more_than_the_best_price() =>
        Then(Reserve(AtMarket, Price.From(101), Deposited(1000, Usdt)), Hold(206.04m, Usdt));

    [Fact]
    public void Market_sell_by_quote_holds_two_in_a_hundred_more_than_the_best_price() => Then(
        Reserve(
            AtMarket with { Side = Side.Sell, Quantity = null, QuoteQuantity = Notional.From(50) }, Price.From(100), Deposited(1, Btc)),
        Hold(0.51m, Btc));

    [Fact]
    public void Order_that_needs_a_price_where_there_is_none_is_refused()
    {
        ThenRefused(Reserve(AtMarket, best: null, Deposited(1000, Usdt)), "no_market_price", "market");
        ThenRefused(
            Reserve(AtMarket with { Side = Side.Sell, Quantity = null, QuoteQuantity = Notional.From(50) }, best: null, Deposited(1, Btc)),
            "no_market_price", "market");
    }

    [Fact]
    public void Order_above_the_balance_is_refused() =>
        ThenRefused(Reserve(Terms, best: null, Deposited(199.99m, Usdt)), "insufficient_balance", "quantity");

    [Fact]
    public void Order_by_quote_above_the_balance_is_refused() => ThenRefused(
        Reserve(AtMarket with { Quantity = null, QuoteQuantity = Notional.From(50) }, best: null), "insufficient_balance", "quoteQuantity");

    [Fact]
    public void What_another_order_holds_backs_no_second_one()
    {
        var other = new FundsReserved(Account, OrderId.For(Pool, EnsureKey.From("other")), new(1, Usdt));

        ThenRefused(Reserve(Terms, best: null, Deposited(200, Usdt), other), "insufficient_balance", "quantity");
        Then(
            Reserve(Terms, best: null, Deposited(200, Usdt), other, new ReservationReleased(Account, other.OrderId)), Hold(200, Usdt));
    }

    // Once 36 places behind the point: more than a stored decimal may have, so the account could not be read again.
    [Fact]
    public void Amounts_spelled_with_many_zeros_are_held_in_as_many_places_as_can_be_read_again()
    {
        var spelled = Terms with
        {
            LimitPrice = Price.From(60_000.000000000000000000m), Quantity = Quantity.From(1.000000000000000000m),
        };

        var held = Assert.IsType<FundsReserved>(Assert.Single(
            Assert.IsType<Decision<AccountEvent>.Accepted>(Reserve(spelled, best: null, Deposited(100_000, Usdt))).Events));

        Assert.True(ExactDecimal.TryParse(held.Amount.Amount.ToString(System.Globalization.CultureInfo.InvariantCulture), out var read));
        Assert.Equal(60_000, read);
    }
}
