using Platform.Domain.Markets;
using Platform.Domain.Values;

namespace Platform.Domain.Tests.Markets;

/// <summary>What stands exactly on a bound, and what people are told who are beyond it.</summary>
public sealed class RuleBoundsTests
{
    private static readonly MarketRules Rules = new(
        Symbol.From("BTC-USDT"), new(TickSize: 0.5m, Min: 1, Max: 1000), new(Lots(0.1m), Lots(0.2m), Lots(50)), new(Lots(0.5m), Lots(1), Lots(20)),
        new(Worth(5), Worth(9000), MinOfMarketOrders: Worth(8), MaxOfMarketOrders: Notional.Zero), BasePrecision: 8, QuotePrecision: 2);

    [Theory]
    [InlineData("1", "5")]
    [InlineData("1000", "9")]
    [InlineData("25", "0.2")]
    [InlineData("180", "50")]
    public void Order_on_a_bound_is_taken(string price, string quantity) =>
        Assert.Null(Rules.CheckLimit(At(price), Lots(Decimal(quantity))));

    [Theory]
    [InlineData("1000.5", "1", "The price must be from 1 to 1000.")]
    [InlineData("10.2", "1", "The price must be a multiple of 0.5.")]
    [InlineData("10", "0.1", "The quantity must be at least 0.2.")]
    [InlineData("10", "50.1", "The quantity must be at most 50.")]
    [InlineData("10", "0.25", "The quantity must be a multiple of 0.1.")]
    [InlineData("300", "40", "The order must be worth at most 9000.")]
    [InlineData("10", "0.4", "The order must be worth at least 5. At this price that is 0.5 BTC or more.")]
    public void Order_beyond_a_bound_is_told_the_bound(string price, string quantity, string detail) =>
        Assert.Equal(detail, Rules.CheckLimit(At(price), Lots(Decimal(quantity)))?.Detail);

    [Theory]
    [InlineData("0", "An order is for more than nothing.")]
    [InlineData("10.125", "The venue keeps 2 decimals of USDT.")]
    [InlineData("8", "It buys about 0.1, less than 0.2.")]
    [InlineData("12", null)]
    public void Order_by_quote_is_told_what_it_would_buy(string quote, string? detail) =>
        Assert.Equal(detail, Rules.CheckMarketByQuote(Worth(Decimal(quote)), At("60"))?.Detail);

    [Theory]
    [InlineData("0.5", null)]
    [InlineData("2", "100")]
    public void Order_by_quote_that_buys_no_lot_is_refused_where_no_minimum_is_named(string quote, string? most)
    {
        var rules = Rules with { Lot = new(Lots(0.1m), default, Lots(Decimal(most ?? "0"))), Notional = NotionalRules.None };

        Assert.Equal("quantity_too_small", rules.CheckMarketByQuote(Worth(Decimal(quote)), At("60"))?.Code);
        Assert.Null(rules.CheckMarketByQuote(Worth(6), At("60")));
    }

    [Theory]
    [InlineData("100", "0.2")]
    [InlineData("10", "0.5")]
    [InlineData("0.5", "10")]
    [InlineData("0.0999999", null)]
    public void Smallest_quantity_is_that_of_the_lot_or_of_the_worth_and_none_beyond_the_maximum(string price, string? smallest) =>
        Assert.Equal(smallest, Rules.SmallestQuantity(At(price))?.ToString());

    [Theory]
    [InlineData("100", "1")]
    [InlineData("3.9", "2.5")]
    [InlineData("0.4", "20")]
    [InlineData("0.39", null)]
    public void Smallest_quantity_of_a_market_order_keeps_to_both_lots(string price, string? smallest) =>
        Assert.Equal(smallest, Rules.SmallestMarketQuantity(At(price))?.ToString());

    [Fact]
    public void Smallest_quantity_of_a_market_order_keeps_to_the_lot_of_all_orders_too() =>
        Assert.Null((Rules with { Lot = Rules.Lot with { Max = Lots(0.9m) } }).SmallestMarketQuantity(At("100")));

    [Fact]
    public void Quotient_that_lost_its_last_digit_is_made_up_for()
    {
        var rules = Rules with { Lot = new(Lots(1e-28m), default, default), Notional = NotionalRules.None with { Min = Worth(1) }, Price = new(0, 0, 0) };

        var smallest = rules.SmallestQuantity(At("3"));

        Assert.Equal(0.3333333333333333333333333334m, smallest?.Value);
        Assert.Null(rules.CheckLimit(At("3"), smallest!.Value));
    }

    [Fact]
    public void Quantity_without_a_lot_stays_and_one_on_the_lot_is_not_raised()
    {
        Assert.Equal(1.2345m, new QuantityRules(default, default, default).RoundDown(1.2345m).Value);
        Assert.Equal((1.2m, 1.3m), (Rules.Lot.RoundUp(1.2m).Value, Rules.Lot.RoundUp(1.21m).Value));
    }

    [Theory]
    [InlineData("0.1", "0.2", "0.2")]
    [InlineData("0.2", "0.1", "0.2")]
    public void Least_that_is_told_is_the_larger_of_minimum_and_lot(string step, string min, string smallest) =>
        Assert.Equal(Decimal(smallest), new QuantityRules(Lots(Decimal(step)), Lots(Decimal(min)), default).Smallest.Value);

    [Fact]
    public void Corridor_is_told_in_prices_and_its_ends_are_in_it()
    {
        var corridor = new PriceCorridor(0.2m, 5);

        Assert.Null(corridor.Check(At("20"), At("100")));
        Assert.Null(corridor.Check(At("500"), At("100")));
        Assert.Equal("The price must be from 20.0 to 500.", corridor.Check(At("500.01"), At("100"))?.Detail);
    }

    [Fact]
    public void Tick_of_a_band_holds_from_its_first_price_on_and_digits_are_counted_from_a_power_of_ten()
    {
        Assert.Equal((0.01m, 0.05m), (Banded.TickAt(9.99m), Banded.TickAt(10)));
        Assert.Equal((0.0001m, 0.001m), (new PriceRules(0, 0, 0, SignificantDigits: 5).TickAt(9.9999m), new PriceRules(0, 0, 0, SignificantDigits: 5).TickAt(10)));
    }

    [Fact]
    public void Trigger_at_the_market_moves_up() => Assert.Equal(At("100.5"), Rules.Price.RoundTrigger(At("100.2"), At("100.2")));

    private static PriceRules Banded => new(0.01m, 0, 0, [new(10, 0.05m)]);

    private static Price At(string price) => Price.From(Decimal(price));

    private static decimal Decimal(string text) => decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static Quantity Lots(decimal value) => Quantity.From(value);

    private static Notional Worth(decimal value) => Notional.From(value);
}
