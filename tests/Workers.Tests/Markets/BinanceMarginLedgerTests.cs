using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Platform.Tests.Support;
using Platform.Workers.Markets.Venues;
using Platform.Workers.Markets.Venues.Binance;
using Platform.Workers.Tests.Markets.Venues;

namespace Platform.Workers.Tests.Markets;

/// <summary>What moved accounts on margin at Binance, recorded.</summary>
public sealed class BinanceMarginLedgerTests
{
    private const string Account = "Endpoints/Spot/Account/";

    private static readonly BinanceMarginPairs Pairs = new([new("BNBBTC", "BNB", "BTC"), new("ETHBT", "ETH", "BT"), new("ETHBTC", "ETH", "BTC")]);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact, Reads("binance-net/Endpoints/Spot/Account/GetMarginLoans.txt")]
    public void Borrowing_comes_in() => Assert.Equal(
        [
            new VenueMovement(
                "2970933056", VenueMovementKind.Borrowing, "BNB", 14m, RecordedPayload.At(1563438204000), Wallet: "margin/BNBUSDT"),
        ],
        BinanceMarginLedger.LoansOf(RecordedVenueData.Answer(Account + "GetMarginLoans"), VenueMovementKind.Borrowing));

    [Fact, Reads("binance-net/Endpoints/Spot/Account/GetMarginRepays.txt")]
    public void Repayment_goes_out_with_its_interest() => Assert.Equal(
        [
            new VenueMovement(
                "2970933056", VenueMovementKind.Repayment, "BNB", -14m, RecordedPayload.At(1563438204000), Wallet: "margin/BNBUSDT"),
        ],
        BinanceMarginLedger.LoansOf(RecordedVenueData.Answer(Account + "GetMarginRepays"), VenueMovementKind.Repayment));

    [Fact]
    public void Borrowing_that_failed_or_is_under_way_is_none() => Assert.Empty(BinanceMarginLedger.LoansOf(
        RecordedVenueData.Json(
            """
            {"rows":[{"amount":"14","asset":"BNB","status":"FAILED","timestamp":1563438204000,"txId":1},
                     {"amount":"14","asset":"BNB","status":"PENDING","timestamp":1563438204000,"txId":2}]}
            """),
        VenueMovementKind.Borrowing));

    [Fact, Reads("binance-net/Endpoints/Spot/Account/GetMarginInterestHistory.txt")]
    public void Interest_is_owed_in_the_venues_words() => Assert.Equal(
        [
            new VenueMovement(
                "1352286576452864727", VenueMovementKind.Interest, "USDT", -0.00024995m, RecordedPayload.At(1672160400000), "ON_BORROW",
                "margin/BNBUSDT"),
        ],
        BinanceMarginLedger.InterestOf(RecordedVenueData.Answer(Account + "GetMarginInterestHistory")));

    [Fact, Reads("binance-net/Endpoints/Spot/Account/GetMarginTransferHistory.txt")]
    public void Transfer_leaves_one_wallet_and_comes_into_another() => Assert.Equal(
        [
            Transfer("5240372201", "BNB", -0.1m, 1566898617, wallet: null),
            Transfer("5240372201", "BNB", 0.1m, 1566898617, "margin/isolated"),
            Transfer("5239810406", "USDT", -5m, 1566888436, "margin/BNBUSDT"),
            Transfer("5239810406", "USDT", 5m, 1566888436, "margin/BTCUSDT"),
            Transfer("5239808703", "EOS", -1m, 1566888403, wallet: null),
            Transfer("5239808703", "EOS", 1m, 1566888403, "margin"),
        ],
        BinanceMarginLedger.TransfersOf(RecordedVenueData.Answer(Account + "GetMarginTransferHistory")));

    [Theory]
    [InlineData("1566898617")]
    [InlineData("1566898617000")]
    public void Instant_of_a_transfer_is_read_in_seconds_and_in_milliseconds(string timestamp) => Assert.All(
        BinanceMarginLedger.TransfersOf(RecordedVenueData.Json(
            $$"""{"rows":[{"amount":"1","asset":"EOS","status":"CONFIRMED","timestamp":{{timestamp}},"txId":1,"type":"ROLL_OUT"}]}""")),
        moved => Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1566898617), moved.At));

    [Fact, Reads("binance-net/Endpoints/Spot/Account/GetMarginForcedLiquidationHistory.txt")]
    public void What_the_venue_sold_goes_out_for_what_it_brought() => Assert.Equal(
        [
            new VenueMovement(
                "180015097", VenueMovementKind.Liquidation, "BNB", -31.39m, RecordedPayload.At(1558941374745), Wallet: "margin/BNBBTC"),
            new VenueMovement(
                "180015097", VenueMovementKind.Liquidation, "BTC", 0.1219058901m, RecordedPayload.At(1558941374745),
                Wallet: "margin/BNBBTC"),
        ],
        BinanceMarginLedger.LiquidationsOf(RecordedVenueData.Answer(Account + "GetMarginForcedLiquidationHistory"), Pairs));

    [Fact, Reads(
        "binance-net/Endpoints/Spot/ExchangeData/GetMarginSymbols.txt", "binance-net/Endpoints/Spot/ExchangeData/GetIsolatedMarginSymbols.txt")]
    public void Market_is_known_by_its_symbol()
    {
        foreach (var list in (string[])["GetMarginSymbols", "GetIsolatedMarginSymbols"])
            Assert.Equal(
                [new("BNBBTC", "BNB", "BTC"), new("TRXBTC", "TRX", "BTC"), new("XRPBTC", "XRP", "BTC"), new("ETHBTC", "ETH", "BTC")],
                BinanceMarginPairs.Read(RecordedVenueData.Answer("Endpoints/Spot/ExchangeData/" + list)));
    }

    [Fact]
    public void Market_that_is_listed_no_more_ends_with_a_quote_asset()
    {
        Assert.Equal(new("GONEBTC", "GONE", "BTC"), Pairs.Of("GONEBTC"));
        Assert.Throws<JsonException>(() => Pairs.Of("GONEUSDT"));
        Assert.Throws<JsonException>(() => Pairs.Of("BTC"));
    }

    [Fact, Reads(
        "binance-net/Endpoints/Spot/Account/GetIsolatedMarginAccount.txt",
        "binance-net/Endpoints/Spot/Account/GetMarginLoans.txt",
        "binance-net/Endpoints/Spot/Account/GetMarginForcedLiquidationHistory.txt",
        "binance-net/Endpoints/Spot/ExchangeData/GetMarginSymbols.txt")]
    public async Task Every_account_on_margin_is_asked_after_and_what_is_told_twice_counts_once()
    {
        var (isolated, loans, sold, pairs) = (
            RecordedVenueData.Endpoint("Account/GetIsolatedMarginAccount"), RecordedVenueData.Endpoint("Account/GetMarginLoans"),
            RecordedVenueData.Endpoint("Account/GetMarginForcedLiquidationHistory"), RecordedVenueData.Endpoint("ExchangeData/GetMarginSymbols"));
        var full = $$"""{"rows":[{{string.Join(',', Enumerable.Range(0, 100).Select(InterestRow))}}]}""";
        await using var venue = await LoopbackVenue.StartAsync(context => context.Response.WriteAsync(
            (context.Request.Path.Value, context.Request.Query["type"].ToString(), context.Request.Query["current"].ToString()) switch
            {
                ("/api/v3/time", _, _) => """{"serverTime":1499827319559}""",
                ("/sapi/v1/margin/isolated/account", _, _) => isolated,
                ("/sapi/v1/margin/allPairs", _, _) => pairs,
                ("/sapi/v1/margin/isolated/allPairs", _, _) => "[]",
                ("/sapi/v1/margin/borrow-repay", "BORROW", _) => loans,
                ("/sapi/v1/margin/forceLiquidationRec", _, _) => sold,
                ("/sapi/v1/margin/interestHistory", _, "1") => full,
                _ => """{"rows":[],"total":0}""",
            },
            Cancel));
        using var host = MarketsHost.For(venue.Address);

        var movements = Assert.IsType<VenueAnswer<IReadOnlyList<VenueMovement>>.Answered>(
            await MarketsHost.Parts(host).Ledger!.MovementsAsync("margin", DateTimeOffset.UnixEpoch, Cancel)).Value;

        Assert.Equal(
            [(VenueMovementKind.Borrowing, 1), (VenueMovementKind.Interest, 100), (VenueMovementKind.Liquidation, 2)],
            movements.CountBy(movement => movement.Kind).OrderBy(count => count.Key).Select(count => (count.Key, count.Value)));
        // The cross account and the one isolated account, a full page and the one behind it.
        string[] interest = [.. venue.Calls.Select(call => call.Target).Where(target => target.Contains("/interestHistory?", StringComparison.Ordinal))];
        Assert.Equal(4, interest.Length);
        Assert.Equal(2, interest.Count(target => target.Contains("isolatedSymbol=BTCUSDT", StringComparison.Ordinal)));

        static string InterestRow(int id) => string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"txId":{{id}},"interestAccuredTime":1672160400000,"asset":"USDT","interest":"0.0001","type":"PERIODIC"}""");
    }

    private static VenueMovement Transfer(string id, string asset, decimal change, long seconds, string? wallet) => new(
        id, VenueMovementKind.Transfer, asset, change, DateTimeOffset.FromUnixTimeSeconds(seconds), Wallet: wallet);
}
