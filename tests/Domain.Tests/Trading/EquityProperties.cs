using CsCheck;
using Platform.Domain.Trading;
using Platform.Domain.Values;

namespace Platform.Domain.Tests.Trading;

/// <summary>equity = deposits + realized + unrealized - expensed fees, whatever was traded, paid and charged.</summary>
public sealed class EquityProperties : AccountSpec
{
    private static readonly string[] Codes = ["USDT", "BTC", "ETH", "BNB"];
    private static readonly string[] Pairs = ["BTC-USDT", "ETH-USDT", "ETH-BTC", "BNB-ETH"];

    /// <param name="Fee">In hundredths of a percent of the base quantity, of whichever asset it is charged in.</param>
    private sealed record Step(bool IsDeposit, string Code, string Pair, Side Side, long Quantity, long Price, int Fee, long Rate);

    private static readonly Gen<Step[]> Steps = Gen.Select(
        Gen.Int[0, 3].Select(kind => kind == 0), Gen.OneOf(Codes), Gen.OneOf(Pairs), Gen.Enum<Side>(),
        Gen.Long[1, 10_000_000_000], Gen.Long[1, 1_000_000_000_000], Gen.Int[0, 10_100], Gen.Long[0, 1_000_000_000_000])
        .Select((isDeposit, code, pair, side, quantity, price, fee, rate) =>
            new Step(isDeposit, code, pair, side, quantity, price, fee, rate)).Array[0, 30];

    private static readonly Gen<(Asset Reporting, FeePolicy Policy, LotMethod Method)> Settings = Gen.Select(
        Gen.OneOf("USDT", "BTC").Select(Asset.From), Gen.Enum<FeePolicy>(), Gen.Enum<LotMethod>());

    [Fact]
    public void Equity_is_explained_to_the_last_digit() =>
        Gen.Select(Settings, Steps, Gen.Long[1, 1_000_000_000_000].Array[4]).Sample((settings, steps, marks) =>
        {
            var desk = Traded(settings, steps);
            decimal? Mark(Asset asset) => marks[Array.IndexOf(Codes, asset.Value)] / 100_000_000m;
            var pnl = Pnl.Of(desk.Book, Mark);

            Assert.Equal(pnl.Equity, pnl.Deposits + pnl.Realized + pnl.Unrealized - pnl.ExpensedFees);
            // And equity is what the ledger holds, each asset at its mark.
            Assert.Equal(pnl.Equity, Codes.Select(Asset.From).Sum(asset => asset == settings.Reporting
                ? desk.Account.BalanceOf(asset)
                : Amounts.Round(desk.Account.BalanceOf(asset) * Mark(asset)!.Value)));
        }, iter: 3000);

    [Fact]
    public void Book_holds_what_the_ledger_holds() =>
        Gen.Select(Settings, Steps).Sample((settings, steps) =>
        {
            var desk = Traded(settings, steps);

            Assert.All(Codes.Select(Asset.From), asset => Assert.Equal(
                desk.Account.BalanceOf(asset), asset == settings.Reporting ? desk.Book.Cash : desk.Book.HoldingOf(asset).Quantity));
        }, iter: 1000);

    [Fact]
    public void Fee_policy_moves_gains_and_never_equity() =>
        Gen.Select(Settings, Steps).Sample((settings, steps) => Assert.Equal(
            Pnl.Of(Traded(settings with { Policy = FeePolicy.Capitalized }, steps).Book, _ => 7).Equity,
            Pnl.Of(Traded(settings with { Policy = FeePolicy.Expensed }, steps).Book, _ => 7).Equity), iter: 500);

    // Found by the property: a fee that eats all that a fill brings took its cost out of the books.
    [Theory]
    [InlineData(FeePolicy.Capitalized)]
    [InlineData(FeePolicy.Expensed)]
    public void Fill_whose_fee_takes_all_it_bought_is_still_explained(FeePolicy policy)
    {
        var desk = Traded(
            (Usdt, policy, LotMethod.Fifo),
            new Step(IsDeposit: false, "BTC", "BTC-USDT", Side.Buy, Quantity: 1, Price: 4_000_000_000_000, Fee: 10_000, Rate: 1));
        var pnl = Pnl.Of(desk.Book, _ => 1);

        Assert.Equal((-0.0004m, -0.0004m), (pnl.Equity, pnl.Realized + pnl.Unrealized - pnl.ExpensedFees));
    }

    private static Desk Traded((Asset Reporting, FeePolicy Policy, LotMethod Method) settings, params Step[] steps)
    {
        var (reporting, policy, method) = settings;
        var desk = Desk.Open(Opened with { ReportingAsset = reporting, FeePolicy = policy, LotMethod = method });
        return steps.Index().Aggregate(desk, (before, each) => each.Item.IsDeposit
            ? before.With(Deposit(each.Item, each.Index))
            : Filled(before, each.Item, each.Index));
    }

    private static FundsDeposited Deposit(Step step, int index) => new(
        Account, $"d-{index}", new(step.Quantity / 100_000_000m, Asset.From(step.Code)), step.Price / 100_000_000m, Noon);

    private static Desk Filled(Desk desk, Step step, int index)
    {
        var (market, quantity, price) = (Symbol.From(step.Pair), step.Quantity / 100_000_000m, step.Price / 100_000_000m);
        var fill = new Fill(
            ExecutionId.For(Venue, market, $"t-{index}", AtVenue, step.Side), $"t-{index}", Quantity.From(quantity), Price.From(price),
            Notional.From(quantity * price), new(step.Fee * quantity / 10_000, Asset.From(step.Code)), Liquidity.Taker, Noon);
        var order = Given(Intended with { Terms = Terms with { Symbol = market, Side = step.Side } });
        // Nobody quotes a rate of zero: then there is none.
        RateOf rate = _ => step.Rate == 0 ? null : step.Rate / 100_000_000m;
        return (desk with { Order = order }).With(new FillRecorded(Id, fill, ReportSource.Stream), rate);
    }
}
