using Microsoft.AspNetCore.Http;
using Platform.Domain.Values;
using Platform.Tests.Support;
using Platform.Workers.Markets.Venues;
using Platform.Workers.Markets.Venues.Binance;
using Platform.Workers.Tests.Markets.Venues;

namespace Platform.Workers.Tests.Markets;

/// <summary>What an account owns and owes on margin at Binance, recorded.</summary>
public sealed class BinanceMarginTests
{
    private const string Account = "Endpoints/Spot/Account/";
    private static readonly MarginThresholds Bars = new(1.5m, 1.3m, 1.1m);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact, Reads("binance-net/Endpoints/Spot/Account/GetMarginLevelInformation.txt")]
    public void Thresholds_are_read() => Assert.Equal(Bars, BinanceMarginAnswers.ThresholdsOf(RecordedVenueData.Answer(Account + "GetMarginLevelInformation")));

    [Theory]
    [InlineData("999", MarginState.Excessive)]
    [InlineData("1.5", MarginState.Excessive)]
    [InlineData("1.4999", MarginState.Normal)]
    [InlineData("1.3", MarginState.MarginCall)]
    [InlineData("1.1", MarginState.Liquidation)]
    [InlineData("0.4", MarginState.Liquidation)]
    public void State_follows_from_level_and_thresholds(string level, MarginState state) => Assert.Equal(
        state, Bars.StateOf(decimal.Parse(level, System.Globalization.CultureInfo.InvariantCulture)));

    [Fact, Reads("binance-net/Endpoints/Spot/Account/GetMarginAccountInfo.txt")]
    public void Cross_account_tells_what_is_owned_borrowed_and_left_of_each_asset()
    {
        var account = BinanceMarginAnswers.CrossOf(RecordedVenueData.Answer(Account + "GetMarginAccountInfo"), Bars);

        Assert.Equal(
            (null, 11.64405625m, MarginState.Excessive, Bars, null),
            (account.VenueSymbol, account.Level, account.State, account.Thresholds, account.LiquidationPrice));
        Assert.Equal(
            [
                new("BTC", Quantity.From(0.004995m), Quantity.Zero, Quantity.Zero, Quantity.Zero, 0.004995m),
                new("BNB", Quantity.From(2346.5m), Quantity.Zero, Quantity.From(201.66666672m), Quantity.Zero, 2144.83333328m),
            ],
            account.Assets);
    }

    [Fact, Reads("binance-net/Endpoints/Spot/Account/GetIsolatedMarginAccount.txt")]
    public void Isolated_account_tells_its_market_its_state_and_where_it_is_sold()
    {
        var account = Assert.Single(BinanceMarginAnswers.IsolatedOf(RecordedVenueData.Answer(Account + "GetIsolatedMarginAccount")));

        Assert.Equal(
            ("BTCUSDT", 0m, MarginState.Excessive, null, Price.From(1000)),
            (account.VenueSymbol, account.Level, account.State, account.Thresholds, account.LiquidationPrice));
        Assert.Empty(account.Assets);
    }

    [Fact, Reads("binance-net/Endpoints/Spot/Account/GetInterestMarginData.txt")]
    public void Cross_account_borrows_on_terms_of_each_asset() => Assert.Equal(
        [new LoanTerms(VenueSymbol: null, "BTC", CanBorrow: true, 0.00026125m, Quantity.From(180))],
        BinanceMarginAnswers.CrossTermsOf(RecordedVenueData.Answer(Account + "GetInterestMarginData")));

    [Fact, Reads("binance-net/Endpoints/Spot/Account/GetIsolatedMarginFeeData.txt")]
    public void Isolated_account_borrows_on_terms_of_its_market() => Assert.Equal(
        [
            new LoanTerms("BTCUSDT", "BTC", CanBorrow: true, 0.00026125m, Quantity.From(270)),
            new LoanTerms("BTCUSDT", "USDT", CanBorrow: true, 0.000475m, Quantity.From(2100000)),
        ],
        BinanceMarginAnswers.IsolatedTermsOf(RecordedVenueData.Answer(Account + "GetIsolatedMarginFeeData")));

    [Fact, Reads("binance-net/Endpoints/Spot/Account/GetMarginInterestRateHistory.txt")]
    public void Rates_are_told_oldest_first() => Assert.Equal(
        [
            new InterestRate("BTC", 0.00035m, RecordedPayload.At(1610248118000)),
            new InterestRate("BTC", 0.00025m, RecordedPayload.At(1611544731000)),
        ],
        BinanceMarginAnswers.RatesOf(RecordedVenueData.Answer(Account + "GetMarginInterestRateHistory")));

    [Fact, Reads(
        "binance-net/Endpoints/Spot/Account/GetMarginMaxBorrowAmount.txt",
        "binance-net/Endpoints/Spot/Account/GetMarginMaxTransferAmount.txt")]
    public async Task Room_is_what_may_be_borrowed_and_what_may_leave()
    {
        await using var venue = await PrivateVenue.StartAsync(
            "binance", ("/api/v3/time", """{"serverTime":1499827319559}"""),
            ("/sapi/v1/margin/maxBorrowable", RecordedVenueData.Endpoint("Account/GetMarginMaxBorrowAmount")),
            ("/sapi/v1/margin/maxTransferable", RecordedVenueData.Endpoint("Account/GetMarginMaxTransferAmount")));

        var room = await venue.Parts.Margin!.RoomAsync(Asset.From("BTC"), Cancel);

        Assert.Equal(
            [new BorrowingRoom("BTC", Quantity.From(1.69248805m), Quantity.From(3.59498107m))],
            Assert.IsType<VenueAnswer<IReadOnlyList<BorrowingRoom>>.Answered>(room).Value);
        Assert.All(venue.Asked, asked => Assert.Contains("?asset=BTC&", asked.Target, StringComparison.Ordinal));
    }

    [Fact, Reads(
        "binance-net/Endpoints/Spot/Account/GetMarginLevelInformation.txt",
        "binance-net/Endpoints/Spot/Account/GetMarginAccountInfo.txt",
        "binance-net/Endpoints/Spot/Account/GetIsolatedMarginAccount.txt")]
    public async Task Cross_account_comes_first_and_isolated_ones_behind_it()
    {
        await using var venue = await PrivateVenue.StartAsync(
            "binance", ("/api/v3/time", """{"serverTime":1499827319559}"""),
            ("/sapi/v1/margin/tradeCoeff", RecordedVenueData.Endpoint("Account/GetMarginLevelInformation")),
            ("/sapi/v1/margin/account", RecordedVenueData.Endpoint("Account/GetMarginAccountInfo")),
            ("/sapi/v1/margin/isolated/account", RecordedVenueData.Endpoint("Account/GetIsolatedMarginAccount")));

        var accounts = await venue.Parts.Margin!.MarginAccountsAsync(Cancel);

        Assert.Equal(
            [null, "BTCUSDT"],
            Assert.IsType<VenueAnswer<IReadOnlyList<MarginAccount>>.Answered>(accounts).Value.Select(account => account.VenueSymbol));
    }

    [Fact]
    public async Task Account_that_was_never_opened_for_margin_owes_nothing()
    {
        await using var stage = await LoopbackVenue.StartAsync(context =>
        {
            var isTime = context.Request.Path.Value!.EndsWith("/time", StringComparison.Ordinal);
            context.Response.StatusCode = isTime ? 200 : 400;
            return context.Response.WriteAsync(
                isTime ? """{"serverTime":1499827319559}""" : """{"code":-3003,"msg":"Margin account does not exist."}""", Cancel);
        });
        using var host = MarketsHost.For(stage.Address);
        var parts = MarketsHost.Parts(host);

        Assert.Empty(Assert.IsType<VenueAnswer<IReadOnlyList<MarginAccount>>.Answered>(await parts.Margin!.MarginAccountsAsync(Cancel)).Value);
        Assert.Empty(Assert.IsType<VenueAnswer<IReadOnlyList<BorrowingRoom>>.Answered>(
            await parts.Margin.RoomAsync(Asset.From("BTC"), Cancel)).Value);
        Assert.Empty(Assert.IsType<VenueAnswer<IReadOnlyList<VenueMovement>>.Answered>(
            await parts.Ledger!.MovementsAsync("margin", DateTimeOffset.UnixEpoch, Cancel)).Value);
    }
}
