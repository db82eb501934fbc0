using CsCheck;
using Platform.Domain.Markets;
using Platform.Domain.Markets.Aggregation;
using Platform.Domain.Sharding;
using Platform.Domain.Values;

namespace Platform.Domain.Tests.Markets.Aggregation;

public sealed class TradeWindowTests
{
    [Fact]
    public void Window_gives_back_exactly_what_it_took() =>
        Gen.Select(Gen.Long[0, 40], Gen.Long[-30, 5], Gen.Long[1, 1_000_000_000_000]).Array[1, 300].Sample(steps =>
        {
            var window = new TradeWindow(step: 10, steps: 6);
            var (all, now) = (new List<(long At, TradeSum Sum)>(), 1_000L);
            foreach (var (wait, late, amount) in steps)
            {
                now += wait;
                window.Slide(now);
                TradeSum sum = new((Int128)amount * amount, amount, 1);
                window.Add(now + late, sum);
                all.Add((now + late, sum));

                Assert.Equal(
                    all.Where(each => each.At / 10 > (now / 10) - 6).Aggregate(default(TradeSum), (total, each) => total + each.Sum),
                    window.Sum);
            }

            window.Slide(now + 1_000);
            Assert.Equal(default, window.Sum);
        });

    [Fact]
    public void Vwap_is_rounded_once_and_half_to_even()
    {
        Assert.Equal(0, default(TradeSum).Vwap);
        Assert.Equal(2, new TradeSum(5, 2, 2).Vwap);
        Assert.Equal(4, new TradeSum(7, 2, 2).Vwap);
        Assert.Equal(3, new TradeSum(10, 3, 2).Vwap);
    }

    [Fact]
    public void Trade_counts_once_in_whatever_order_ids_come() =>
        Gen.Select(Gen.Long[1, 200], Gen.Bool).Array[1, 400].Sample(trades =>
        {
            var (recent, seen) = (new RecentTrades(), new HashSet<long>());
            foreach (var (id, isHash) in trades)
            {
                // As a venue numbers them, or by a hash that says nothing of their order.
                var number = isHash ? unchecked((id * 0x5DEECE66DL) ^ 0x7A5) : id;
                Assert.Equal(seen.Add(number), recent.TryCount(number, at: 1_000));
            }
        });

    [Fact]
    public void What_is_older_than_all_that_is_remembered_was_counted()
    {
        var recent = new RecentTrades();
        for (var i = 0; i < RecentTrades.Max + 10; i++)
            Assert.True(recent.TryCount(1_000_000 - i, at: i));

        Assert.False(recent.TryCount(1_000_000, at: 0));
        Assert.False(recent.TryCount(1_000_000 - RecentTrades.Max, at: RecentTrades.Max));
        Assert.True(recent.TryCount(1_000_001, at: 0));
        Assert.Equal((1_000_001L, 0L), recent.Mark);
    }

    // Of what is older than it is told, another life knows no more than that it is old.
    [Fact]
    public void Another_life_counts_no_trade_again_however_little_it_is_told() =>
        Gen.Select(Gen.Select(Gen.Long[1, 1_000], Gen.Long[0, 1_000]).Array[1, 200], Gen.Long[0, 1_000]).Sample((told, back) =>
        {
            var trades = told.DistinctBy(trade => trade.Item1).ToList();
            var (one, other) = (new RecentTrades(), new RecentTrades());
            foreach (var (id, at) in trades)
                Assert.True(one.TryCount(id, at));

            other.Restore(one.Memory(TimeSpan.FromTicks(back)));

            Assert.Equal(one.Mark, other.Mark);
            Assert.All(trades, trade => Assert.False(other.TryCount(trade.Item1, trade.Item2)));
            var (highest, since) = (trades.Max(trade => trade.Item1), trades[^1].Item2 - back);
            foreach (var id in Enumerable.Range(1, 1_001).Select(id => (long)id).Except(trades.Select(trade => trade.Item1)))
                Assert.Equal(id > highest || id % 1_000 >= since, other.TryCount(id, at: id % 1_000));
        });

    [Theory]
    [InlineData("17218.85", true, 172188500)]
    [InlineData("17218.85000000", true, 172188500)]
    [InlineData("17218.85001", false, 0)]
    [InlineData("0", true, 0)]
    [InlineData("-1", false, 0)]
    [InlineData("100000000000000", true, 1000000000000000000)]
    [InlineData("100000000000000.0001", false, 0)]
    [InlineData("79228162514264337593543950335", false, 0)]
    [InlineData("0.0000000000000000000000000001", false, 0)]
    public void Number_is_told_exactly_or_not_at_all(string text, bool fits, long mantissa)
    {
        var scale = MarketScale.From(4, 0);
        var value = decimal.Parse(text, null);

        Assert.Equal(fits, scale.TryPrice(value, out var told));
        if (fits)
            Assert.Equal((mantissa, value), (told, scale.Price(told)));
    }

    [Theory]
    [InlineData(0, 0, 1_000_000_000, 1_000_000_000, true)]
    [InlineData(0, 0, 1_000_000_000, 1_000_000_001, false)]
    [InlineData(4, 8, 1_000_000_000_000_000, 1_000_000_000_000_000, true)]
    [InlineData(4, 8, 1_000_000_000_000_001, 1_000_000_000_000_000, false)]
    [InlineData(9, 9, 1_000_000_000_000_000_000, 1_000_000_000_000_000_000, true)]
    public void What_nobody_ever_paid_is_not_summed(int pricePlaces, int quantityPlaces, long price, long quantity, bool canSum) =>
        Assert.Equal(canSum, MarketScale.From(pricePlaces, quantityPlaces).CanSum(price, quantity));

    [Theory]
    [InlineData(0, 18, true)]
    [InlineData(18, 0, true)]
    [InlineData(-1, 0, false)]
    [InlineData(0, -1, false)]
    [InlineData(19, 0, false)]
    [InlineData(0, 19, false)]
    public void Scale_has_0_to_18_places_of_each(int price, int quantity, bool isScale)
    {
        if (isScale)
            Assert.Equal((price, quantity), (MarketScale.From(price, quantity).PricePlaces, MarketScale.From(price, quantity).QuantityPlaces));
        else
            Assert.Throws<ArgumentOutOfRangeException>(() => MarketScale.From(price, quantity));
    }

    [Fact]
    public void Scale_is_finer_than_the_rules_and_leaves_room_for_volume()
    {
        Assert.Equal(MarketScale.From(4, 8), MarketScale.Of(Rules("0.01", "0.00001")));
        Assert.Equal(MarketScale.From(10, 4), MarketScale.Of(Rules("0.00000001", "1")));
        Assert.Equal(MarketScale.From(4, 8), MarketScale.Of(Rules("0", "0")));
        Assert.Equal(MarketScale.From(4, 8), MarketScale.Of(Rules("0.0100", "0.000010000")));
        Assert.Equal(MarketScale.From(18, 2), MarketScale.Of(Rules("0.00000000000000001", "1")));
        // Both together are no more than a decimal has.
        Assert.Equal(MarketScale.From(4, 18), MarketScale.Of(Rules("0.01", "0.000000000000000001")));
        Assert.Equal(MarketScale.From(18, 10), MarketScale.Of(Rules("0.0000000000000001", "0.000000000000000001")));
        Assert.Equal(MarketScale.From(4, 10), MarketScale.Of(Rules("0.01", "0.00001"), Rules("0.1", "0.0000000001")));

        static MarketRules Rules(string tick, string lot) => new(
            Symbol.From("BTC-USDT"), new(decimal.Parse(tick, null), 0, 0), new(Quantity.From(decimal.Parse(lot, null)), default, default),
            new(default, default, default), NotionalRules.None, 8, 2);
    }

    // The vectors of the slot function, as xxhsum -H3 and HAProxy have them.
    [Theory]
    [InlineData(0xe6c632b61e964e1f, 3165)]
    [InlineData(0x6497a96f53a89890, 2659)]
    [InlineData(0xdf5dcd6884169397, 19547)]
    [InlineData(0xb1cd3c2da0678413, 17414)]
    [InlineData(0x32b14b7f59d36f80, 26290)]
    public void Slot_is_that_of_the_golden_vectors(ulong hash, int slot) => Assert.Equal(slot, Slots.Of(hash));

    [Fact]
    public void Slots_are_cut_into_ranges_of_equal_size() =>
        Gen.Int[1, 64].Sample(parts =>
        {
            var sizes = Enumerable.Range(1, Slots.Count).Select(slot => Slots.PartOf(slot, parts)).ToList();
            Assert.Equal(sizes, sizes.Order());
            Assert.Equal((0, parts - 1), (sizes[0], sizes[^1]));
            Assert.InRange(sizes.CountBy(part => part).Max(part => part.Value) - (Slots.Count / parts), 0, 1);
        });
}
