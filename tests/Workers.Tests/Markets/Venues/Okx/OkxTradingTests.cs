using Platform.Domain.Values;
using Platform.Workers.Markets.Venues;

namespace Platform.Workers.Tests.Markets.Venues.Okx;

using static PrivateVenueTests;

/// <summary>Orders, the account and its transfers at OKX, over the wire (answers as its documentation shows them, 2026-07).</summary>
public sealed class OkxTradingTests
{
    internal const string Networks =
        """
        {"code":"0","msg":"","data":[
         {"ccy":"USDT","chain":"USDT-ERC20","canDep":true,"canWd":true,"minFee":"8","minWd":"2","maxWd":"8852150"},
         {"ccy":"USDT","chain":"USDT-TRC20","canDep":true,"canWd":true,"fee":"0.8","minWd":"2","maxWd":"8852150","minDepArrivalConfirm":"2"}]}
        """;

    private static readonly VenueOrderName Name = new(Market("okx"), "abc123");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(VenueOrderType.Limit, VenueTimeInForce.GoodTillCancel, """ "ordType":"limit","sz":"0.5","px":"20000"}""")]
    [InlineData(VenueOrderType.Limit, VenueTimeInForce.ImmediateOrCancel, """ "ordType":"ioc","sz":"0.5","px":"20000"}""")]
    [InlineData(VenueOrderType.Limit, VenueTimeInForce.FillOrKill, """ "ordType":"fok","sz":"0.5","px":"20000"}""")]
    [InlineData(VenueOrderType.LimitMaker, null, """ "ordType":"post_only","sz":"0.5","px":"20000"}""")]
    [InlineData(VenueOrderType.Market, null, """ "ordType":"market","sz":"0.5","tgtCcy":"base_ccy"}""")]
    public async Task Order_is_sent_in_the_venues_words(VenueOrderType type, VenueTimeInForce? timeInForce, string end)
    {
        await using var venue = await PrivateVenue.StartAsync("okx", (
            "/api/v5/trade/order",
            """{"code":"0","msg":"","data":[{"clOrdId":"abc123","ordId":"77","tag":"","ts":"1695190491421","sCode":"0","sMsg":""}]}"""));

        var order = Answered(await venue.Trading.PlaceAsync(Order("okx", type, timeInForce), Cancel));

        Assert.Equal(
            ("77", VenueOrderStatus.New, Quantity.Zero, RecordedPayload.At(1695190491421)),
            (order.VenueOrderId, order.Status, order.Filled, order.At!.Value));
        Assert.Equal(
            """{"instId":"BTC-USDT","tdMode":"cash","clOrdId":"abc123","side":"buy",""" + end.TrimStart(),
            Assert.Single(venue.Asked).Body);
    }

    [Theory]
    [InlineData("51016", "Unknown Duplicate")]
    [InlineData("50004", "Unknown ServerError")]
    [InlineData("50011", "Unknown Throttled")]
    [InlineData("51008", "Refused 51008")]
    [InlineData("51603", "NotFound")]
    public async Task Only_the_venues_explicit_word_is_a_refusal(string code, string expected)
    {
        await using var venue = await PrivateVenue.StartAsync("okx", (
            "/api/v5/trade/order",
            $$"""{"code":"1","msg":"","data":[{"clOrdId":"abc123","ordId":"","sCode":"{{code}}","sMsg":"said"}]}"""));

        Assert.Equal(expected, (await venue.Trading.PlaceAsync(Order("okx"), Cancel)).Match(
            _ => "Answered", refused => $"Refused {refused.Code}", _ => "NotFound", unknown => $"Unknown {unknown.Cause}"));
    }

    [Fact]
    public async Task Cancel_answers_with_what_became_of_the_order()
    {
        await using var venue = await PrivateVenue.StartAsync(
            "okx",
            ("/api/v5/trade/cancel-order", """{"code":"0","msg":"","data":[{"clOrdId":"abc123","ordId":"77","sCode":"0","sMsg":""}]}"""),
            ("/api/v5/trade/order", Orders(("77", "filled", "0.5"))));

        var order = Answered(await venue.Trading.CancelAsync(Name, Cancel));

        Assert.Equal((VenueOrderStatus.Filled, Quantity.From(0.5m)), (order.Status, order.Filled));
        Assert.Equal("""{"instId":"BTC-USDT","clOrdId":"abc123"}""", venue.Asked[0].Body);
        Assert.Equal("/api/v5/trade/order?instId=BTC-USDT&ordId=77", venue.Asked[1].Target);
    }

    [Fact]
    public async Task Order_is_asked_for_by_our_id_while_the_venues_is_not_known()
    {
        await using var venue = await PrivateVenue.StartAsync("okx", ("/api/v5/trade/order", Orders(("77", "live", "0"))));

        Assert.Equal(VenueOrderStatus.New, Answered(await venue.Trading.QueryAsync(Name, Cancel)).Status);
        Assert.Equal("/api/v5/trade/order?instId=BTC-USDT&clOrdId=abc123", Assert.Single(venue.Asked).Target);
    }

    [Fact]
    public async Task Open_orders_are_read_to_the_last_page()
    {
        await using var venue = await PrivateVenue.StartAsync(
            "okx",
            ("/api/v5/trade/orders-pending", Orders([.. Enumerable.Range(1, 100).Select(id => ($"{id}", "live", "0"))])),
            ("/api/v5/trade/orders-pending", Orders(("200", "partially_filled", "0.1"))));

        var orders = Answered(await venue.Trading.OpenOrdersAsync(instrument: null, Cancel));

        Assert.Equal(101, orders.Count);
        Assert.Equal("/api/v5/trade/orders-pending?after=100&limit=100", venue.Asked[1].Target);
    }

    [Fact]
    public async Task Fills_of_an_order_come_oldest_first()
    {
        await using var venue = await PrivateVenue.StartAsync("okx", (
            "/api/v5/trade/fills-history",
            """
            {"code":"0","msg":"","data":[
             {"instId":"BTC-USDT","tradeId":"2","ordId":"77","billId":"b2","fillPx":"20000","fillSz":"0.3","side":"buy","execType":"M","feeCcy":"BTC","fee":"-0.0003","ts":"1597026383085"},
             {"instId":"BTC-USDT","tradeId":"1","ordId":"77","billId":"b1","fillPx":"19999","fillSz":"0.2","side":"buy","execType":"T","feeCcy":"BTC","fee":"-0.0002","ts":"1597026383080"}]}
            """));

        var fills = Answered(await venue.Trading.FillsAsync(Name with { VenueOrderId = "77" }, Cancel));

        Assert.Equal(["1", "2"], fills.Select(fill => fill.TradeId));
        Assert.Equal([false, true], fills.Select(fill => fill.IsMaker));
        Assert.Equal(new(0.0002m, Asset.From("BTC")), fills[0].Fee);
    }

    [Fact]
    public async Task Transfers_addresses_and_networks_are_read()
    {
        await using var venue = await PrivateVenue.StartAsync(
            "okx",
            ("/api/v5/asset/deposit-history",
                """{"code":"0","msg":"","data":[{"amt":"0.01","txId":"t1","ccy":"BTC","chain":"BTC-Bitcoin","to":"bc1","ts":"1597026383085","state":"2","depId":"4703879"}]}"""),
            ("/api/v5/asset/withdrawal-history",
                """{"code":"0","msg":"","data":[{"amt":"0.094","wdId":"9","fee":"0.01000000eth","txId":"0x62","ccy":"ETH","chain":"ETH-ERC20","to":"0xA4","ts":"1597026383085","state":"1","clientId":""}]}"""),
            ("/api/v5/asset/deposit-address",
                """{"code":"0","msg":"","data":[{"ccy":"XRP","chain":"XRP-Ripple","addr":"rAbc","tag":"52055"},{"ccy":"XRP","chain":"XRP-Other","addr":"rOld"}]}"""),
            ("/api/v5/asset/currencies", Networks));
        var since = RecordedPayload.At(1597026380000);

        Assert.Equal(
            [
                new VenueTransfer(
                    "4703879", null, "BTC", "BTC-Bitcoin", Quantity.From(0.01m), null, "bc1", null, "t1",
                    VenueTransferState.Completed, RecordedPayload.At(1597026383085)),
            ],
            Answered(await venue.Account.DepositsAsync(since, Cancel)));
        Assert.Equal(
            [
                new VenueTransfer(
                    "9", null, "ETH", "ETH-ERC20", Quantity.From(0.094m), Quantity.From(0.01m), "0xA4", null, "0x62",
                    VenueTransferState.Sent, RecordedPayload.At(1597026383085)),
            ],
            Answered(await venue.Account.WithdrawalsAsync(since, Cancel)));
        Assert.Equal("/api/v5/asset/deposit-history?before=1597026380000", venue.Asked[0].Target);
        Assert.Equal(
            new("XRP", "XRP-Ripple", "rAbc", "52055"),
            Answered(await venue.Account.DepositAddressAsync(Asset.From("XRP"), "XRP-Ripple", Cancel)));
        Assert.Equal(
            new("USDT", "USDT-TRC20", true, true, Quantity.From(0.8m), Quantity.From(2), Quantity.From(8852150), 2),
            Answered(await venue.Withdrawals.NetworksAsync(Asset.From("USDT"), Cancel))[1]);
    }

    [Fact]
    public async Task Withdrawal_takes_the_fee_off_and_is_found_by_our_id()
    {
        await using var venue = await PrivateVenue.StartAsync(
            "okx", ("/api/v5/asset/currencies", Networks),
            ("/api/v5/asset/withdrawal", """{"code":"0","msg":"","data":[{"amt":"99.2","wdId":"67485","ccy":"USDT","clientId":"x","chain":"USDT-TRC20"}]}"""),
            ("/api/v5/asset/withdrawal-history", """{"code":"0","msg":"","data":[]}"""));

        Assert.Equal("67485", Answered(await venue.Withdrawals.WithdrawAsync(Withdrawal, Cancel)).VenueTransferId);
        var sent = venue.Asked[1].Body;
        Assert.StartsWith(
            """{"ccy":"USDT","amt":"99.2","dest":"4","toAddr":"TAbc","fee":"0.8","chain":"USDT-TRC20","clientId":""", sent, StringComparison.Ordinal);

        // That it knows of none is the venue's own word.
        Assert.IsType<VenueAnswer<VenueTransfer>.NotFound>(
            await venue.Withdrawals.QueryAsync(new(Asset.From("USDT"), "transfer-1"), Cancel));
        var clientId = sent[(sent.IndexOf("clientId\":\"", StringComparison.Ordinal) + 11)..^2];
        Assert.Equal($"/api/v5/asset/withdrawal-history?ccy=USDT&clientId={clientId}", venue.Asked[2].Target);
        Assert.Matches("^[a-z0-9]{32}$", clientId);
    }

    [Fact]
    public async Task Withdrawal_on_a_network_that_is_not_there_is_not_sent()
    {
        await using var venue = await PrivateVenue.StartAsync("okx", ("/api/v5/asset/currencies", Networks));

        Assert.IsType<VenueAnswer<VenueTransferName>.Refused>(await venue.Withdrawals.WithdrawAsync(
            Withdrawal with { To = new("USDT", "USDT-None", "TAbc", null) }, Cancel));
        Assert.DoesNotContain(venue.Asked, asked => asked.Method is "POST");
    }

    [Fact]
    public async Task Stream_of_the_account_signs_in_subscribes_and_tells()
    {
        await using var venue = await PrivateVenue.StartAsync("okx");

        var heard = await venue.HearAsync(
            2, """{"event":"login","code":"0","msg":"","connId":"a4d3ae55"}""",
            $$"""{"arg":{"channel":"orders","instType":"ANY"},"data":[{{Part(("77", "live", "0"))}}]}""");

        Assert.IsType<StreamEvent<VenueUserReport>.Connected>(heard[0]);
        Assert.Equal("77", Assert.IsType<VenueUserReport.OfOrder>(
            Assert.IsType<StreamEvent<VenueUserReport>.Received>(heard[1]).Value).Order.VenueOrderId);
        Assert.StartsWith("""{"op":"login","args":[{"apiKey":""", venue.Spoken[0], StringComparison.Ordinal);
        Assert.Equal("""{"op":"subscribe","args":[{"channel":"orders","instType":"ANY"},{"channel":"account"}]}""", venue.Spoken[1]);
    }

    [Fact]
    public async Task Refused_sign_in_is_told_as_a_loss()
    {
        await using var venue = await PrivateVenue.StartAsync("okx");

        var heard = await venue.HearAsync(1, """{"event":"error","code":"60009","msg":"Login failed."}""");

        Assert.Equal(new StreamEvent<VenueUserReport>.Disconnected("60009 Login failed."), heard[0]);
    }

    private static string Orders(params (string Id, string State, string Filled)[] orders) =>
        $$"""{"code":"0","msg":"","data":[{{string.Join(',', orders.Select(Part))}}]}""";

    private static string Part((string Id, string State, string Filled) order) =>
        $$"""
        {"instId":"BTC-USDT","instType":"SPOT","ordId":"{{order.Id}}","clOrdId":"abc123","px":"20000","sz":"0.5","ordType":"limit",
         "side":"buy","state":"{{order.State}}","accFillSz":"{{order.Filled}}","fillSz":"0","avgPx":"","feeCcy":"BTC","fee":"0",
         "uTime":"1695190491421","category":"normal"}
        """;
}
