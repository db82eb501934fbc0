using Platform.Domain.Values;
using Platform.Workers.Markets.Venues;

namespace Platform.Workers.Tests.Markets.Venues.Bybit;

using static PrivateVenueTests;

/// <summary>Orders, the account and its transfers at Bybit, over the wire (answers as its documentation shows them, 2026-07).</summary>
public sealed class BybitTradingTests
{
    private const string Nothing = """{"retCode":0,"retMsg":"OK","result":{"list":[],"nextPageCursor":""}}""";
    private static readonly VenueOrderName Name = new(Market("bybit"), "abc123");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(VenueOrderType.Limit, VenueTimeInForce.FillOrKill, """ "orderType":"Limit","qty":"0.5","price":"20000","timeInForce":"FOK","orderLinkId":"abc123"}""")]
    [InlineData(VenueOrderType.LimitMaker, null, """ "orderType":"Limit","qty":"0.5","price":"20000","timeInForce":"PostOnly","orderLinkId":"abc123"}""")]
    [InlineData(VenueOrderType.Market, null, """ "orderType":"Market","qty":"0.5","marketUnit":"baseCoin","orderLinkId":"abc123"}""")]
    public async Task Order_is_sent_in_the_venues_words(VenueOrderType type, VenueTimeInForce? timeInForce, string end)
    {
        await using var venue = await PrivateVenue.StartAsync("bybit", (
            "/v5/order/create",
            """{"retCode":0,"retMsg":"OK","result":{"orderId":"1321003749386327552","orderLinkId":"abc123"},"time":1672211918471}"""));

        var order = Answered(await venue.Trading.PlaceAsync(Order("bybit", type, timeInForce), Cancel));

        Assert.Equal(("1321003749386327552", VenueOrderStatus.New), (order.VenueOrderId, order.Status));
        Assert.Equal(
            """{"category":"spot","symbol":"BTCUSDT","side":"Buy",""" + end.TrimStart(), Assert.Single(venue.Asked).Body);
    }

    [Fact]
    public async Task Cancel_answers_with_what_became_of_the_order()
    {
        await using var venue = await PrivateVenue.StartAsync(
            "bybit",
            ("/v5/order/cancel", """{"retCode":0,"retMsg":"OK","result":{"orderId":"o1","orderLinkId":"abc123"}}"""),
            ("/v5/order/realtime", Orders("Cancelled", next: string.Empty)));

        Assert.Equal(VenueOrderStatus.Canceled, Answered(await venue.Trading.CancelAsync(Name, Cancel)).Status);
        Assert.Equal("""{"category":"spot","symbol":"BTCUSDT","orderLinkId":"abc123"}""", venue.Asked[0].Body);
        Assert.Equal("/v5/order/realtime?category=spot&symbol=BTCUSDT&orderId=o1", venue.Asked[1].Target);
    }

    [Fact]
    public async Task Order_that_is_not_among_the_new_ones_is_looked_for_among_the_old_ones()
    {
        await using var venue = await PrivateVenue.StartAsync(
            "bybit", ("/v5/order/realtime", Nothing), ("/v5/order/history", Orders("Filled", next: string.Empty)),
            ("/v5/order/history", Nothing));

        Assert.Equal(VenueOrderStatus.Filled, Answered(await venue.Trading.QueryAsync(Name, Cancel)).Status);
        Assert.IsType<VenueAnswer<VenueOrder>.NotFound>(await venue.Trading.QueryAsync(Name, Cancel));
    }

    [Fact]
    public async Task Open_orders_are_read_in_every_category_to_the_last_page()
    {
        await using var venue = await PrivateVenue.StartAsync(
            "bybit", ("/v5/order/realtime", Orders("New", next: "page2")), ("/v5/order/realtime", Orders("New", next: string.Empty)),
            ("/v5/order/realtime", Nothing));

        Assert.Equal(2, Answered(await venue.Trading.OpenOrdersAsync(instrument: null, Cancel)).Count);
        Assert.Equal(
            [
                "category=spot&limit=50", "category=spot&limit=50&cursor=page2", "category=linear&settleCoin=USDT&limit=50",
                "category=linear&settleCoin=USDC&limit=50", "category=inverse&limit=50",
            ],
            venue.Asked.Select(asked => asked.Target.Split('?')[1]));
    }

    [Fact]
    public async Task Balances_fees_and_fills_are_read()
    {
        await using var venue = await PrivateVenue.StartAsync(
            "bybit",
            ("/v5/account/wallet-balance",
                """{"retCode":0,"retMsg":"OK","result":{"list":[{"accountType":"UNIFIED","coin":[{"coin":"BTC","walletBalance":"1","locked":"0.25"},{"coin":"ETH","walletBalance":"0","locked":"0"}]}]}}"""),
            ("/v5/account/fee-rate", """{"retCode":0,"retMsg":"OK","result":{"list":[{"symbol":"BTCUSDT","takerFeeRate":"0.001","makerFeeRate":"0.0008"}]}}"""),
            ("/v5/execution/list",
                """{"retCode":0,"retMsg":"OK","result":{"nextPageCursor":"","list":[{"symbol":"BTCUSDT","orderId":"o1","side":"Sell","execFee":"0.02","feeCurrency":"USDT","execId":"e1","execPrice":"20000","execQty":"0.001","execValue":"20","execTime":"1672282722429","isMaker":false}]}}"""));

        Assert.Equal(
            [new VenueBalance("BTC", Quantity.From(0.75m), Quantity.From(0.25m))],
            Answered(await venue.Account.BalancesAsync(Cancel)));
        Assert.Equal(new(0.0008m, 0.001m), Answered(await venue.Account.FeesAsync(Market("bybit"), Cancel)));
        Assert.Equal(
            (Notional.From(20), new Money(0.02m, Asset.From("USDT"))),
            Assert.Single(Answered(await venue.Trading.FillsAsync(Name with { VenueOrderId = "o1" }, Cancel))) is var fill
                ? (fill.QuoteQuantity, fill.Fee)
                : default);
    }

    [Fact]
    public async Task Withdrawal_bears_our_id_and_is_found_by_the_venues_alone()
    {
        await using var venue = await PrivateVenue.StartAsync(
            "bybit", ("/v5/asset/withdraw/create", """{"retCode":0,"retMsg":"success","result":{"id":"10195"}}"""),
            ("/v5/asset/withdraw/query-record",
                """{"retCode":0,"retMsg":"success","result":{"rows":[{"coin":"USDT","chain":"TRX","amount":"99","txID":"0xf","status":"success","toAddress":"TAbc","tag":"","withdrawFee":"1","createTime":"1670922217000","withdrawId":"10195"}]}}"""),
            ("/v5/asset/withdraw/query-address",
                """{"retCode":0,"retMsg":"success","result":{"rows":[{"coin":"USDT","chain":"TRX","address":"TAbc","tag":"","remark":"cold","status":1,"verified":1}]}}"""));

        var name = Answered(await venue.Withdrawals.WithdrawAsync(Withdrawal, Cancel));
        Assert.Equal("10195", name.VenueTransferId);
        Assert.Matches(
            """^\{"coin":"USDT","chain":"USDT-TRC20","address":"TAbc","amount":"100","timestamp":\d+,"forceChain":1,"accountType":"UTA","feeType":1,"requestId":"[0-9a-f]{32}"\}$""",
            venue.Asked[0].Body);

        Assert.False(venue.Withdrawals.KeepsClientIds);
        Assert.Equal(VenueTransferState.Completed, Answered(await venue.Withdrawals.QueryAsync(name, Cancel)).State);
        Assert.IsType<VenueAnswer<VenueTransfer>.Unknown>(
            await venue.Withdrawals.QueryAsync(name with { VenueTransferId = null }, Cancel));
        // A new address is withheld from for a day.
        Assert.Equal(false, Assert.Single(Answered(await venue.Withdrawals.AddressBookAsync(Asset.From("USDT"), Cancel))).IsVerified);
    }

    [Fact]
    public async Task Stream_of_the_account_signs_in_subscribes_and_tells()
    {
        await using var venue = await PrivateVenue.StartAsync("bybit");

        var heard = await venue.HearAsync(
            2, """{"success":true,"ret_msg":"","op":"auth","conn_id":"c"}""",
            """{"id":"2","topic":"wallet","creationTime":1,"data":[{"accountType":"UNIFIED","coin":[{"coin":"BTC","walletBalance":"1","locked":""}]}]}""");

        Assert.IsType<StreamEvent<VenueUserReport>.Connected>(heard[0]);
        Assert.Equal(
            new VenueBalance("BTC", Quantity.From(1), Quantity.Zero),
            Assert.Single(Assert.IsType<VenueUserReport.OfBalances>(
                Assert.IsType<StreamEvent<VenueUserReport>.Received>(heard[1]).Value).Balances));
        Assert.Equal("""{"op":"subscribe","args":["order","wallet"]}""", venue.Spoken[1]);
    }

    private static string Orders(string status, string next) =>
        $$"""
        {"retCode":0,"retMsg":"OK","result":{"nextPageCursor":"{{next}}","list":[{"symbol":"BTCUSDT","orderId":"o1",
         "orderLinkId":"abc123","side":"Buy","orderType":"Limit","price":"20000","qty":"0.5","orderStatus":"{{status}}",
         "timeInForce":"GTC","cumExecQty":"0","cumExecValue":"0","updatedTime":"1684738540561"}]} }
        """;
}
