using Microsoft.AspNetCore.Http;
using Platform.Tests.Support;
using Platform.Workers.Markets.Venues;
using Platform.Workers.Markets.Venues.Binance;
using Platform.Workers.Tests.Markets.Venues;

namespace Platform.Workers.Tests.Markets;

/// <summary>What an account at Binance was paid in and out in money, and bought with it: recorded, and as documented.</summary>
public sealed class BinanceFiatLedgerTests
{
    private const string Bank =
        """
        {"data":[{"orderNo":"7d76d611","fiatCurrency":"BRL","indicatedAmount":"10.00","amount":"9.50","totalFee":"0.50","method":"BankAccount",
                  "status":"Successful","createTime":1626144956000,"updateTime":1626400907000}]}
        """;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact, Reads("binance-net/Endpoints/Spot/Account/GetFiatDepositWithdrawHistory.txt")]
    public void What_expired_moved_nothing() => Assert.Empty(BinanceFiatLedger.OrdersOf(
        RecordedVenueData.Answer("Endpoints/Spot/Account/GetFiatDepositWithdrawHistory"), VenueMovementKind.Deposit));

    [Theory]
    [InlineData(VenueMovementKind.Deposit, "9.5")]
    [InlineData(VenueMovementKind.Withdrawal, "-10")]
    public void Fee_is_kept_from_what_arrives(VenueMovementKind kind, string change) => Assert.Equal(
        [
            new VenueMovement(
                "7d76d611", kind, "BRL", decimal.Parse(change, System.Globalization.CultureInfo.InvariantCulture),
                RecordedPayload.At(1626400907000), "BankAccount"),
        ],
        BinanceFiatLedger.OrdersOf(RecordedVenueData.Json(Bank), kind));

    [Fact, Reads("binance-net/Endpoints/Spot/Account/GetFiatPaymentHistory.txt")]
    public void Payment_that_failed_bought_nothing() => Assert.Empty(BinanceFiatLedger.PaymentsOf(
        RecordedVenueData.Answer("Endpoints/Spot/Account/GetFiatPaymentHistory"), isBuy: true));

    [Theory]
    [InlineData("Credit Card", "Credit Card")]
    [InlineData("Cash Balance", null)]
    public void Payment_is_two_movements_and_says_whether_the_money_was_in_the_account(string way, string? wallet) => Assert.Equal(
        [
            new VenueMovement("353fca44", VenueMovementKind.Conversion, "LUNA", 4.462m, RecordedPayload.At(1624529919000)),
            new VenueMovement("353fca44", VenueMovementKind.Conversion, "EUR", -20m, RecordedPayload.At(1624529919000), Wallet: wallet),
        ],
        BinanceFiatLedger.PaymentsOf(
            RecordedVenueData.Json(
                $$"""
                {"data":[{"orderNo":"353fca44","sourceAmount":"20.0","fiatCurrency":"EUR","obtainAmount":"4.462","cryptoCurrency":"LUNA",
                          "status":"Completed","paymentMethod":"{{way}}","updateTime":1624529919000}]}
                """),
            isBuy: true));

    [Fact, Reads("binance-net/Endpoints/Spot/Trading/GetC2CTradeHistory.txt")]
    public void Coins_sold_to_a_person_leave_the_funding_wallet() => Assert.Equal(
        [
            new VenueMovement(
                "20219644646554779648", VenueMovementKind.Conversion, "BUSD", -5000m, RecordedPayload.At(1619361369000), Wallet: "funding"),
            new VenueMovement(
                "20219644646554779648", VenueMovementKind.Conversion, "CNY", 33400m, RecordedPayload.At(1619361369000), Wallet: "c2c"),
        ],
        BinanceFiatLedger.PersonsOf(RecordedVenueData.Answer("Endpoints/Spot/Trading/GetC2CTradeHistory")));

    [Fact, Reads("binance-net/Endpoints/Spot/Trading/GetC2CTradeHistory.txt")]
    public async Task Each_way_is_asked_for_apart_by_the_names_that_its_route_has_for_times()
    {
        var sold = RecordedVenueData.Endpoint("Trading/GetC2CTradeHistory");
        await using var venue = await LoopbackVenue.StartAsync(context => context.Response.WriteAsync(
            (context.Request.Path.Value, context.Request.Query["transactionType"].ToString(), context.Request.Query["tradeType"].ToString()) switch
            {
                ("/api/v3/time", _, _) => """{"serverTime":1499827319559}""",
                ("/sapi/v1/fiat/orders", "0", _) => Bank,
                (_, _, "SELL") => sold,
                _ => """{"code":"000000","message":"success","total":0,"success":true}""",
            },
            Cancel));
        using var host = MarketsHost.For(venue.Address);

        var movements = Assert.IsType<VenueAnswer<IReadOnlyList<VenueMovement>>.Answered>(
            await MarketsHost.Parts(host).Ledger!.MovementsAsync("fiat", DateTimeOffset.UnixEpoch, Cancel)).Value;

        Assert.Equal(["BUSD", "CNY", "BRL"], movements.Select(movement => movement.Asset));
        Assert.Equal(4, venue.Calls.Count(call => call.Target.Contains("beginTime=", StringComparison.Ordinal)));
        Assert.Equal(2, venue.Calls.Count(call => call.Target.Contains("startTimestamp=", StringComparison.Ordinal)));
    }
}
