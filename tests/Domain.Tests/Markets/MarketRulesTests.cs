using CsCheck;
using Platform.Domain.Markets;
using Platform.Domain.Values;

namespace Platform.Domain.Tests.Markets;

public sealed class MarketRulesTests
{
    private static readonly MarketRules Rules = new(
        Symbol.From("BTC-USDT"),
        new(TickSize: 0.01m, Min: 0.01m, Max: 1_000_000m),
        new(Step: Lots(0.00001m), Min: Lots(0.00001m), Max: Lots(9000m)),
        new(Step: Quantity.Zero, Min: Quantity.Zero, Max: Lots(100m)),
        new(Worth(5), Worth(9_000_000), MinOfMarketOrders: Worth(5), MaxOfMarketOrders: Notional.Zero),
        BasePrecision: 8, QuotePrecision: 8);

    [Theory]
    [InlineData("64000.01", "0.5", null, null)]
    [InlineData("64000.005", "0.5", "price_off_tick", "limitPrice")]
    [InlineData("0.001", "0.5", "price_out_of_range", "limitPrice")]
    [InlineData("1000000.01", "0.5", "price_out_of_range", "limitPrice")]
    [InlineData("64000", "0", "quantity_too_small", "quantity")]
    [InlineData("64000", "0.000001", "quantity_too_small", "quantity")]
    [InlineData("64000", "0.000015", "quantity_off_lot", "quantity")]
    [InlineData("64000", "9000.00001", "quantity_too_large", "quantity")]
    [InlineData("64000", "0.00007", "notional_too_small", "quantity")]
    [InlineData("64000", "0.00008", null, null)]
    [InlineData("64000", "141", "notional_too_large", "quantity")]
    [InlineData("0.01", "79228162514264337593543950335", "quantity_too_large", "quantity")]
    public void Limit_order_is_told_which_rule_it_breaks(string price, string quantity, string? code, string? field)
    {
        var refusal = Rules.CheckLimit(Price.From(Decimal(price)), Lots(Decimal(quantity)));

        Assert.Equal((code, field), (refusal?.Code, refusal?.Field));
    }

    [Theory]
    [InlineData("0.5", null)]
    [InlineData("100.1", "quantity_too_large")]
    [InlineData("0.000011", "quantity_off_lot")]
    [InlineData("0.00007", "notional_too_small")]
    public void Market_order_meets_both_lots_and_the_reference_price(string quantity, string? code) =>
        Assert.Equal(code, Rules.CheckMarket(Lots(Decimal(quantity)), Price.From(64000))?.Code);

    [Fact]
    public void Market_order_is_left_to_the_venue_where_no_price_is_known() =>
        Assert.Null(Rules.CheckMarket(Lots(0.00007m), reference: null));

    [Theory]
    [InlineData("100", null)]
    [InlineData("0", "quantity_too_small")]
    [InlineData("4.99999999", "notional_too_small")]
    [InlineData("10.123456789", "quantity_off_lot")]
    public void Market_order_by_quote_is_checked_in_quote_units(string quoteQuantity, string? code)
    {
        var refusal = Rules.CheckMarketByQuote(Worth(Decimal(quoteQuantity)), Price.From(64000));

        Assert.Equal((code, code is null ? null : "quoteQuantity"), (refusal?.Code, refusal?.Field));
    }

    [Fact]
    public void Quote_that_cannot_buy_one_lot_is_refused()
    {
        var rules = Rules with { Notional = NotionalRules.None };

        Assert.Equal("quantity_too_small", rules.CheckMarketByQuote(Worth(0.1m), Price.From(64000))?.Code);
    }

    [Fact]
    public void Market_without_rules_refuses_only_nothing_and_the_uncountable()
    {
        var rules = new MarketRules(
            Symbol.From("A-B"), new(0, 0, 0), new(default, default, default), new(default, default, default),
            NotionalRules.None, 8, 8);

        Assert.Null(rules.CheckLimit(Price.From(1e-28m), Lots(1e-28m)));
        Assert.Equal("quantity_too_small", rules.CheckLimit(Price.From(1), Quantity.Zero)?.Code);
        Assert.Equal(
            "notional_too_large", rules.CheckLimit(Price.From(decimal.MaxValue), Lots(decimal.MaxValue))?.Code);
        Assert.Equal(
            "notional_too_large", rules.CheckMarketByQuote(Worth(decimal.MaxValue), Price.From(0.0001m))?.Code);
    }

    [Fact]
    public void Rounded_limit_is_on_the_tick_and_never_worse_for_its_owner() =>
        Gen.Select(Amounts, Steps).Sample((limit, tick) =>
        {
            var rules = new PriceRules(tick, 0, 0);
            var seller = rules.RoundForSeller(Price.From(limit));

            Assert.True(seller.Value >= limit && seller.Value - limit < tick && rules.Check(seller) is null);
            if (rules.RoundForBuyer(Price.From(limit)) is { } buyer)
                Assert.True(buyer.Value <= limit && limit - buyer.Value < tick && rules.Check(buyer) is null);
            else
                Assert.True(limit < tick);
        });

    [Fact]
    public void Rounded_quantity_is_on_the_lot_and_never_more_than_asked() =>
        Gen.Select(Amounts, Steps).Sample((quantity, step) =>
        {
            var rounded = new QuantityRules(Lots(step), default, default).RoundDown(quantity).Value;

            Assert.True(rounded <= quantity && quantity - rounded < step && rounded % step == 0);
        });

    [Fact]
    public void Smallest_quantity_survives_its_own_rounding() =>
        Gen.Select(Amounts, Steps, Amounts, Steps).Sample((price, step, minimum, tick) =>
        {
            var onTick = new PriceRules(tick, 0, 0).RoundForSeller(Price.From(price));
            var rules = Rules with
            {
                Price = new(tick, 0, 0),
                Lot = new(Lots(step), Lots(step), default),
                Notional = NotionalRules.None with { Min = Worth(minimum) },
            };

            var smallest = rules.SmallestQuantity(onTick);

            Assert.NotNull(smallest);
            Assert.Null(rules.CheckLimit(onTick, smallest.Value));
            var oneLess = smallest.Value.Value - step;
            Assert.True(oneLess == 0 || rules.CheckLimit(onTick, Lots(oneLess)) is not null);
        });

    private static Gen<decimal> Amounts =>
        Gen.Select(Gen.Long[1, 1_000_000_000_000], Gen.Int[0, 8]).Select((digits, places) => digits / Power(places));

    private static Gen<decimal> Steps =>
        Gen.Select(Gen.Int[1, 50], Gen.Int[0, 8]).Select((digits, places) => digits / Power(places));

    private static decimal Power(int places) => Enumerable.Range(0, places).Aggregate(1m, (power, _) => power * 10);

    private static decimal Decimal(string text) =>
        decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static Quantity Lots(decimal value) => Quantity.From(value);

    private static Notional Worth(decimal value) => Notional.From(value);
}
