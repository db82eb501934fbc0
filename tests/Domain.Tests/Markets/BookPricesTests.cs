using System.Globalization;
using CsCheck;
using Platform.Domain.Markets;
using Platform.Domain.Values;

namespace Platform.Domain.Tests.Markets;

/// <summary>Prices are found by whole numbers beside them, which nobody may notice.</summary>
public sealed class BookPricesTests
{
    // The upper third of a decimal's digits.
    private static readonly int[] Heads = [0, 0, 1, int.MaxValue];

    private static readonly Gen<decimal> Prices = Gen.Select(
        Gen.Long[1, long.MaxValue], Gen.Int[0, Heads.Length - 1], Gen.Byte[0, 28],
        (digits, head, places) => new decimal((int)digits, (int)(digits >> 32), Heads[head], isNegative: false, places));

    [Fact]
    public void Prices_of_any_size_and_fineness_stand_in_their_order() => Prices.Array[1, 200].Sample(prices =>
    {
        BookLevel[] levels = [.. prices.Select(price => new BookLevel(Price.From(price), Quantity.From(1)))];
        var (bids, asks) = (new LocalOrderBook(BookRules.BinanceSpot), new LocalOrderBook(BookRules.BinanceSpot));
        bids.Apply(new DepthSnapshot(0, levels, []));
        asks.Apply(new DepthSnapshot(0, [], levels));

        decimal[] ordered = [.. prices.Distinct().Order()];
        Assert.Equal(ordered, asks.Top(prices.Length).Asks.Select(level => level.Price.Value));
        Assert.Equal(Enumerable.Reverse(ordered), bids.Top(prices.Length).Bids.Select(level => level.Price.Value));
    });

    [Theory]
    [InlineData("1")]
    [InlineData("0.0000000000001")]
    public void Best_level_that_is_gone_may_come_back_in_a_book_of_any_size(string step)
    {
        var (book, id) = (new LocalOrderBook(BookRules.BinanceSpot), 0);
        book.Apply(new DepthSnapshot(0, [], []));
        for (var size = 1; size <= 200; size++)
        {
            BookLevel best = new(Price.From(1 + (size * decimal.Parse(step, CultureInfo.InvariantCulture))), Quantity.From(1));
            foreach (var change in (BookLevel[])[best, best with { Quantity = Quantity.Zero }, best])
                book.Apply(new DepthDifference(++id, id, [change], []));

            var bids = book.Top(size + 1).Bids;
            Assert.Equal((size, best), (bids.Count, bids[0]));
        }
    }
}
