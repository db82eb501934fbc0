using Platform.Domain.Trading;
using Platform.Domain.Values;

namespace Platform.Domain.Tests.Trading;

/// <summary>The worked examples of the trading design (4.6), exact.</summary>
public sealed class BookGoldenTests : AccountSpec
{
    private static FillBooked Trade(
        int number, Side side, string market, decimal quantity, decimal price, Money fee, decimal? quoteRate = 1, decimal? feeRate = 1) => new(
        Account, Id, number, Symbol.From(market), side,
        new(
            ExecutionId.For(Venue, Symbol.From(market), $"t-{number}", AtVenue, side), $"t-{number}", Quantity.From(quantity),
            Price.From(price), Notional.From(quantity * price), fee, Liquidity.Taker, Noon),
        quoteRate, feeRate);

    private static Book Booked(params AccountEvent[] past) =>
        past.Aggregate(default(Book), Book.Evolve) ?? throw new ArgumentException("No book yet.", nameof(past));

    private static Money NoFee => new(0, Asset.From("USDT"));

    [Fact]
    public void Fee_in_the_base_leaves_fewer_units_for_the_same_cost()
    {
        var bought = Booked(
            Opened, Deposited(100_000, Usdt), Trade(1, Side.Buy, "BTC-USDT", 1, 40_000, new(0.001m, Btc), feeRate: 40_000));

        Assert.Equal((0.999m, 40_000), (bought.HoldingOf(Btc).Quantity, bought.HoldingOf(Btc).Cost));
        Assert.Equal(40_040.0400400400400400m, Assert.Single(bought.HoldingOf(Btc).Lots).UnitCost);

        var sold = Book.Evolve(bought, Trade(2, Side.Sell, "BTC-USDT", 0.999m, 42_000, new(41.958m, Usdt)))!;

        Assert.Equal(1_916.042m, sold.Realized);
        Assert.Equal(0, sold.HoldingOf(Btc).Quantity);
        Assert.Equal(100_000 - 40_000 + 41_916.042m, sold.Cash);
    }

    [Theory]
    [InlineData(FeePolicy.Capitalized, 4_003, 0)]
    [InlineData(FeePolicy.Expensed, 4_000, 3)]
    public void Fee_in_a_third_coin_sells_that_coin(FeePolicy policy, int basis, int expense)
    {
        var book = Booked(
            Opened with { FeePolicy = policy }, Deposited(10_000, Usdt), Deposited(1, Bnb, 250),
            Trade(1, Side.Buy, "ETH-USDT", 2, 2_000, new(0.01m, Bnb), feeRate: 300));

        Assert.Equal((basis, 0.5m, expense), (book.HoldingOf(Eth).Cost, book.HoldingOf(Bnb).Realized, book.ExpensedFees));
        Assert.Equal(new FeesPaid(0.01m, 3), book.Fees["BNB"]);
        // The same equity on both paths: 6000 in cash, 2 ETH and 0.99 BNB.
        Assert.Equal(6_000 + (2 * 2_100) + (0.99m * 300), Pnl.Of(book, asset => asset == Eth ? 2_100 : 300).Equity);
    }

    [Theory]
    [InlineData(LotMethod.Fifo, 70)]
    [InlineData(LotMethod.Lifo, 20)]
    [InlineData(LotMethod.Hifo, -5)]
    [InlineData(LotMethod.Lofo, 95)]
    [InlineData(LotMethod.AverageCost, 45)]
    public void Method_decides_when_a_gain_is_made_but_not_how_much_in_all(LotMethod method, int gain)
    {
        var sold = Booked(
            Opened with { LotMethod = method }, Deposited(1_000, Usdt),
            Trade(1, Side.Buy, "BTC-USDT", 1, 100, NoFee), Trade(2, Side.Buy, "BTC-USDT", 1, 200, NoFee),
            Trade(3, Side.Buy, "BTC-USDT", 1, 150, NoFee), Trade(4, Side.Sell, "BTC-USDT", 1.5m, 180, NoFee));

        Assert.Equal(gain, sold.Realized);

        var all = Book.Evolve(sold, Trade(5, Side.Sell, "BTC-USDT", 1.5m, 180, NoFee))!;

        Assert.Equal((90, 0, 0), (all.Realized, all.HoldingOf(Btc).Quantity, all.HoldingOf(Btc).Cost));
    }

    // Item 5, the half that holds here: a book belongs to one account, so its lots are those of one wallet.
    [Fact]
    public void Each_wallet_sells_its_own_lots()
    {
        var second = Booked(
            Opened, Deposited(1, Btc, 300), Trade(1, Side.Sell, "BTC-USDT", 1, 400, NoFee));

        Assert.Equal(100, second.Realized);
    }

    [Fact]
    public void Coin_paid_with_is_sold_at_what_it_bought()
    {
        var book = Booked(
            Opened, Deposited(1, Btc, 30_000),
            Trade(1, Side.Buy, "ETH-BTC", 10, 0.05m, new(0.01m, Eth), quoteRate: 40_000, feeRate: 2_000));

        Assert.Equal((0.5m, 15_000, 5_000), (book.HoldingOf(Btc).Quantity, book.HoldingOf(Btc).Cost, book.HoldingOf(Btc).Realized));
        Assert.Equal((9.99m, 20_000), (book.HoldingOf(Eth).Quantity, book.HoldingOf(Eth).Cost));
    }

    [Fact]
    public void Fill_that_nobody_could_value_is_counted()
    {
        var book = Booked(
            Opened, Deposited(1, Btc, 30_000),
            Trade(1, Side.Buy, "ETH-BTC", 1, 0.05m, NoFee, quoteRate: null),
            Trade(2, Side.Buy, "ETH-USDT", 1, 2_000, new(0.01m, Bnb), feeRate: null),
            Trade(3, Side.Buy, "ETH-USDT", 1, 2_000, new(0, Bnb), feeRate: null));

        Assert.Equal(2, book.Unvalued);
    }

    [Fact]
    public void Asset_without_a_mark_leaves_equity_open_and_is_named()
    {
        var pnl = Pnl.Of(Booked(Opened, Deposited(1_000, Usdt), Deposited(1, Btc, 300), Deposited(1, Eth, 10)), asset => asset == Btc ? 400 : null);

        Assert.Equal((null, null, 1_310), (pnl.Equity, pnl.Unrealized, pnl.Deposits));
        Assert.Equal([Eth], pnl.UnmarkedAssets);
    }

    [Fact]
    public void Asset_sold_before_it_was_known_to_be_held_is_short()
    {
        var book = Booked(Opened, Trade(1, Side.Sell, "BTC-USDT", 1, 400, NoFee));

        Assert.Equal((-1, 1, 400), (book.HoldingOf(Btc).Quantity, book.HoldingOf(Btc).Uncovered, book.Realized));
    }

    [Fact]
    public void Fact_of_a_book_that_never_began_makes_none() => Assert.Null(Book.Evolve(book: null, Deposited(1, Btc)));
}
