using System.Collections.Immutable;
using CsCheck;
using Platform.Domain.Trading;

namespace Platform.Domain.Tests.Trading;

public sealed class LotsTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 2, 12, 0, 0, TimeSpan.Zero);

    private static readonly Gen<ImmutableList<Lot>> AnyLots = Gen.Select(Gen.Long[1, 10_000_000_000], Gen.Long[0, 10_000_000_000_000])
        .Array[1, 8].Select(lots => lots.Select((lot, index) => ALot(index, lot.Item1 / 100_000_000m, lot.Item2 / 10_000_000m)).ToImmutableList());

    // Thirds and sevenths of what is held leave digits that no rounding may lose.
    private static readonly Gen<decimal[]> Shares = Gen.Select(Gen.Int[1, 10], Gen.Int[3, 17], (part, whole) => (decimal)part / whole).Array[1, 8];

    private static Lot ALot(int index, decimal quantity, decimal cost) => new($"lot-{index}", quantity, cost, Noon.AddDays(index), "fill");

    private static ImmutableList<Lot> Three => [ALot(0, 1, 100), ALot(1, 1, 200), ALot(2, 1, 150)];

    [Theory]
    [InlineData(LotMethod.Fifo, 200)]
    [InlineData(LotMethod.Lifo, 250)]
    [InlineData(LotMethod.Hifo, 275)]
    [InlineData(LotMethod.Lofo, 175)]
    [InlineData(LotMethod.AverageCost, 225)]
    public void Method_says_what_a_disposal_costs(LotMethod method, int cost) =>
        Assert.Equal(cost, Lots.Dispose(Three, 1.5m, method).Taken.Sum(lot => lot.Cost));

    [Theory]
    [InlineData(LotMethod.Hifo)]
    [InlineData(LotMethod.Lofo)]
    public void Of_lots_that_cost_alike_the_first_acquired_goes_first(LotMethod method) => Assert.Equal(
        "lot-0", Assert.Single(Lots.Dispose([ALot(0, 1, 100), ALot(1, 1, 100)], 1, method).Taken).LotId);

    [Fact]
    public void Whole_lot_takes_all_that_rounding_left_with_it()
    {
        var (left, first, _) = Lots.Dispose([ALot(0, 3, 100)], 1, LotMethod.Fifo);
        var (none, rest, _) = Lots.Dispose(left, 2, LotMethod.Fifo);

        Assert.Empty(none);
        Assert.Equal((33.3333333333333333m, 66.6666666666666667m), (first[0].Cost, rest[0].Cost));
    }

    [Fact]
    public void Parts_keep_the_date_and_name_of_their_lot()
    {
        var (left, taken, _) = Lots.Dispose(Three, 0.25m, LotMethod.Fifo);

        Assert.Equal(("lot-0", Noon), (taken[0].LotId, taken[0].AcquiredAt));
        Assert.Equal(("lot-0", Noon, 0.75m), (left[0].LotId, left[0].AcquiredAt, left[0].Remaining));
    }

    [Fact]
    public void What_no_lot_covers_is_counted_apart() =>
        Assert.Equal((0, 3, 0.5m), Lots.Dispose(Three, 3.5m, LotMethod.Fifo) is var (left, taken, uncovered) ? (left.Count, taken.Count, uncovered) : default);

    [Fact]
    public void Quantity_and_cost_are_conserved_to_the_last_digit_under_every_method() =>
        Gen.Select(AnyLots, Shares, Gen.Enum<LotMethod>()).Sample((lots, shares, method) =>
        {
            var (left, quantity, cost) = (lots, 0m, 0m);
            foreach (var share in shares)
            {
                var asked = Amounts.Round(left.Sum(lot => lot.Remaining) * share);
                var (rest, taken, uncovered) = Lots.Dispose(left, asked, method);
                quantity += taken.Sum(lot => lot.Remaining);
                cost += taken.Sum(lot => lot.Cost);
                left = rest;

                Assert.Equal(0, share <= 1 ? uncovered : 0);
                Assert.Equal(lots.Sum(lot => lot.Remaining), quantity + left.Sum(lot => lot.Remaining));
                Assert.Equal(lots.Sum(lot => lot.Cost), cost + left.Sum(lot => lot.Cost));
                Assert.All(left, lot => Assert.True(lot.Remaining > 0));
            }
        }, iter: 2000);

    [Fact]
    public void Once_all_is_sold_every_method_gives_the_same_total() =>
        Gen.Select(AnyLots, Shares, Gen.Int[1, 1_000_000]).Sample((lots, shares, price) =>
        {
            var gains = Enum.GetValues<LotMethod>().Select(method =>
            {
                var holding = lots.Aggregate(Holding.None, (held, lot) => held.Acquire(lot));
                foreach (var share in shares)
                    holding = Sold(holding, Amounts.Round(holding.Quantity * decimal.Min(share, 1)), price, method);
                return Sold(holding, holding.Quantity, price, method);
            }).ToList();

            Assert.All(gains, holding => Assert.Equal((0, 0, gains[0].Realized), (holding.Quantity, holding.Cost, holding.Realized)));
        }, iter: 1000);

    private static Holding Sold(Holding holding, decimal quantity, decimal price, LotMethod method) =>
        holding.DisposeOf(quantity, quantity * price, method);
}
