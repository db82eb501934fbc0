using CsCheck;
using Platform.Domain.Markets;
using Platform.Domain.Values;

namespace Platform.Domain.Tests.Markets;

/// <summary>Rounding never betrays the user, whichever way a venue says its ticks.</summary>
public sealed class InstrumentRoundingTests
{
    private static readonly PriceRules Banded = new(0.01m, 0, 0, [new(10, 0.05m), new(100, 0.5m), new(1000, 1)]);

    [Theory]
    [InlineData("9.999", "9.99", "10")]
    [InlineData("10.01", "10", "10.05")]
    [InlineData("99.97", "99.95", "100")]
    [InlineData("1000.5", "1000", "1001")]
    public void Tick_is_that_of_the_band(string limit, string buyer, string seller) =>
        Assert.Equal((Price(buyer), Price(seller)), (Banded.RoundForBuyer(Price(limit)), Banded.RoundForSeller(Price(limit))));

    [Theory]
    [InlineData("12345.6", "12345", "12346")]
    [InlineData("0.000123456", "0.00012345", "0.00012346")]
    [InlineData("99999.1", "99999", "100000")]
    [InlineData("100001", "100000", "100010")]
    public void Price_has_no_more_digits_than_significant(string limit, string buyer, string seller)
    {
        var rules = new PriceRules(0, 0, 0, SignificantDigits: 5);

        Assert.Equal((Price(buyer), Price(seller)), (rules.RoundForBuyer(Price(limit)), rules.RoundForSeller(Price(limit))));
        Assert.Equal("price_off_tick", rules.Check(Price(limit))?.Code);
    }

    [Fact]
    public void Rounded_limit_is_the_nearest_price_that_is_no_worse() =>
        Gen.Select(AllRules, Prices).Sample((rules, limit) =>
        {
            var seller = rules.RoundForSeller(At(limit));
            Assert.True(seller.Value >= limit && rules.Check(seller) is null);
            Assert.True(rules.RoundForBuyer(At(seller.Value - 1e-12m)) is not { } under || under.Value < limit || seller.Value == limit);

            if (rules.RoundForBuyer(At(limit)) is { } buyer)
                Assert.True(buyer.Value <= limit && rules.Check(buyer) is null && (buyer.Value == limit || rules.RoundForSeller(At(buyer.Value + 1e-12m)).Value > limit));
            else
                Assert.True(limit < rules.TickAt(limit));
        }, iter: 5_000);

    [Fact]
    public void Trigger_moves_away_from_the_market_or_not_at_all() =>
        Gen.Select(AllRules, Prices, Prices).Sample((rules, trigger, market) =>
        {
            if (rules.RoundTrigger(At(trigger), At(market)) is not { } rounded)
                return;
            Assert.Null(rules.Check(rounded));
            Assert.True(Math.Abs(rounded.Value - market) >= Math.Abs(trigger - market));
            Assert.True(rounded.Value == trigger || rounded.Value > trigger == trigger >= market);
        }, iter: 5_000);

    [Fact]
    public void Smallest_quantity_survives_its_own_rounding_with_or_without_a_lot() =>
        Gen.Select(Prices, Gen.Int[0, 8], Gen.Bool, Gen.Int[0, 1000]).Sample((price, places, hasLot, worth) =>
        {
            var step = 1 / Power(places);
            var rules = Rules(places) with
            {
                Lot = new(hasLot ? Quantity.From(step) : Quantity.Zero, Quantity.Zero, Quantity.Zero),
                Notional = NotionalRules.None with { Min = Notional.From(worth), MinOfMarketOrders = Notional.From(worth) },
            };
            var at = At(price);

            var smallest = rules.SmallestQuantity(at);

            Assert.Equal(smallest, rules.SmallestMarketQuantity(at));
            Assert.NotNull(smallest);
            Assert.Equal(0, smallest.Value.Value % step);
            Assert.Null(rules.CheckLimit(at, smallest.Value) ?? rules.CheckMarket(smallest.Value, at));
            Assert.True(smallest.Value.Value == step || rules.CheckLimit(at, Quantity.From(smallest.Value.Value - step)) is not null);
        }, iter: 5_000);

    [Fact]
    public void Market_order_has_its_own_lot_and_minimum()
    {
        var rules = Rules(8) with
        {
            MarketLot = new(Quantity.From(0.01m), Quantity.From(0.02m), Quantity.Zero),
            Notional = NotionalRules.None with { Min = Notional.From(100), MinOfMarketOrders = Notional.From(5) },
        };

        Assert.Equal(Quantity.From(0.05m), rules.SmallestMarketQuantity(Price("101")));
        Assert.Equal(Quantity.From(0.02m), rules.SmallestMarketQuantity(Price("1000")));
    }

    [Fact]
    public void Refusal_says_a_quantity_that_would_do()
    {
        var rules = Rules(2) with { Notional = NotionalRules.None with { Min = Notional.From(10) } };

        Assert.Equal(
            "The order must be worth at least 10. At this price that is 3.34 A or more.",
            rules.CheckLimit(Price("3"), Quantity.From(3))?.Detail);
    }

    [Theory]
    [InlineData("80", null)]
    [InlineData("79.99", "price_too_far")]
    [InlineData("500", null)]
    [InlineData("500.01", "price_too_far")]
    public void Limit_may_be_so_far_from_the_average(string limit, string? code) =>
        Assert.Equal(code, new PriceCorridor(0.8m, 5).Check(Price(limit), Price("100"))?.Code);

    [Fact]
    public void Equal_rules_are_equal_whoever_made_their_bands()
    {
        Assert.Equal(Banded, Banded with { Bands = [.. Banded.Bands ?? []] });
        Assert.Equal(Banded.GetHashCode(), (Banded with { Bands = [.. Banded.Bands ?? []] }).GetHashCode());
    }

    [Fact]
    public void Rules_that_differ_in_anything_are_not_equal()
    {
        PriceRules rules = new(0.01m, 1, 1000);
        PriceRules[] others =
        [
            rules with { TickSize = 0.1m }, rules with { Min = 2 }, rules with { Max = 2000 }, rules with { SignificantDigits = 5 },
            rules with { Bands = [new(10, 0.05m)] }, rules with { Bands = [new(10, 0.5m)] }, rules with { Min = 1000, Max = 1 },
        ];

        Assert.Equal(rules, rules with { Bands = [] });
        Assert.Equal(others.Length + 1, new HashSet<PriceRules>([rules, .. others]).Count);
    }

    private static MarketRules Rules(int precision) => new(
        Symbol.From("A-B"), new(0, 0, 0), new(default, default, default), new(default, default, default), NotionalRules.None, precision, 8);

    private static Gen<PriceRules> AllRules => Gen.OneOf(
        Gen.Int[1, 8].Select(digits => new PriceRules(0, 0, 0, SignificantDigits: digits)),
        Gen.Select(Gen.Int[0, 8], Gen.Int[1, 8]).Select((places, digits) => new PriceRules(1 / Power(places), 0, 0, SignificantDigits: digits)),
        Gen.Select(Gen.Int[1, 50], Gen.Int[0, 8]).Select((tick, places) => new PriceRules(tick / Power(places), 0, 0)),
        Gen.Const(Banded));

    private static Gen<decimal> Prices =>
        Gen.Select(Gen.Long[1, 10_000_000], Gen.Int[0, 8]).Select((digits, places) => digits / Power(places));

    private static decimal Power(int places) => Enumerable.Range(0, places).Aggregate(1m, (power, _) => power * 10);

    private static Price At(decimal value) => Domain.Values.Price.From(value);

    private static Price Price(string text) =>
        At(decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture));
}
