using Platform.Domain.Values;
using Platform.Workers.Markets.Venues;
using Platform.Workers.Markets.Venues.Coinbase;

namespace Platform.Workers.Tests.Markets.Venues.Coinbase;

using static PrivateVenueTests;

/// <summary>Orders, the account and its transfers at Coinbase, over the wire (answers as its documentation shows them, 2026-07).</summary>
public sealed class CoinbaseTradingTests
{
    internal const string Wallets =
        """
        {"accounts":[{"uuid":"w1","currency":"USDT","available_balance":{"value":"500","currency":"USDT"},
          "hold":{"value":"20","currency":"USDT"},"updated_at":"2024-03-29T15:48:30Z"},
         {"uuid":"w2","currency":"BTC","available_balance":{"value":"0","currency":"BTC"},"hold":{"value":"0","currency":"BTC"},
          "updated_at":"2020-01-01T00:00:00Z"}],"has_next":false,"cursor":""}
        """;

    private const string Historical = "/api/v3/brokerage/orders/historical";
    private static readonly VenueOrderName Name = new(Market("coinbase"), "abc123");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(VenueOrderType.Limit, VenueTimeInForce.GoodTillCancel, """{"limit_limit_gtc":{"base_size":"0.5","limit_price":"20000","post_only":false}}""")]
    [InlineData(VenueOrderType.LimitMaker, null, """{"limit_limit_gtc":{"base_size":"0.5","limit_price":"20000","post_only":true}}""")]
    [InlineData(VenueOrderType.Limit, VenueTimeInForce.ImmediateOrCancel, """{"sor_limit_ioc":{"base_size":"0.5","limit_price":"20000"}}""")]
    [InlineData(VenueOrderType.Limit, VenueTimeInForce.FillOrKill, """{"limit_limit_fok":{"base_size":"0.5","limit_price":"20000"}}""")]
    [InlineData(VenueOrderType.Market, null, """{"market_market_ioc":{"base_size":"0.5"}}""")]
    public async Task Order_is_sent_in_the_venues_words(VenueOrderType type, VenueTimeInForce? timeInForce, string terms)
    {
        await using var venue = await PrivateVenue.StartAsync("coinbase", (
            "/api/v3/brokerage/orders",
            """{"success":true,"success_response":{"order_id":"o1","product_id":"BTC-USDT","side":"BUY","client_order_id":"abc123"}}"""));

        Assert.Equal("o1", Answered(await venue.Trading.PlaceAsync(Order("coinbase", type, timeInForce), Cancel)).VenueOrderId);
        Assert.Equal(
            $$"""{"client_order_id":"abc123","product_id":"BTC-USDT","side":"BUY","order_configuration":{{terms}}}""",
            Assert.Single(venue.Asked).Body);
    }

    [Theory]
    [InlineData("INSUFFICIENT_FUND", "Refused INSUFFICIENT_FUND")]
    [InlineData("UNKNOWN_FAILURE_REASON", "Unknown ServerError")]
    public async Task Only_the_venues_explicit_word_is_a_refusal(string error, string expected)
    {
        await using var venue = await PrivateVenue.StartAsync("coinbase", (
            "/api/v3/brokerage/orders",
            $$"""{"success":false,"error_response":{"error":"{{error}}","message":"said","error_details":""} }"""));

        Assert.Equal(expected, (await venue.Trading.PlaceAsync(Order("coinbase"), Cancel)).Match(
            _ => "Answered", refused => $"Refused {refused.Code}", _ => "NotFound", unknown => $"Unknown {unknown.Cause}"));
    }

    [Fact]
    public async Task Order_of_which_only_our_id_is_known_is_looked_for_page_by_page_and_canceled_by_the_venues()
    {
        await using var venue = await PrivateVenue.StartAsync(
            "coinbase", ($"{Historical}/batch", Page("other", "OPEN", next: "c2")), ($"{Historical}/batch", Page("abc123", "OPEN", next: null)),
            ("/api/v3/brokerage/orders/batch_cancel", """{"results":[{"success":true,"failure_reason":"UNKNOWN_CANCEL_FAILURE_REASON","order_id":"of-abc123"}]}"""),
            ($"{Historical}/of-abc123", $$"""{"order":{{Part("abc123", "CANCELLED")}}}"""));

        Assert.Equal(VenueOrderStatus.Canceled, Answered(await venue.Trading.CancelAsync(Name, Cancel)).Status);
        Assert.Equal(
            [
                $"{Historical}/batch?product_ids=BTC-USDT&limit=250", $"{Historical}/batch?product_ids=BTC-USDT&cursor=c2&limit=250",
                "/api/v3/brokerage/orders/batch_cancel", $"{Historical}/of-abc123",
            ],
            venue.Asked.Select(asked => asked.Target));
        Assert.Equal("""{"order_ids":["of-abc123"]}""", venue.Asked[2].Body);
    }

    [Fact]
    public async Task Order_that_is_on_no_page_is_not_there_and_one_behind_too_many_pages_is_doubt()
    {
        await using var known = await PrivateVenue.StartAsync("coinbase", ($"{Historical}/batch", Page("other", "OPEN", next: null)));
        Assert.IsType<VenueAnswer<VenueOrder>.NotFound>(await known.Trading.QueryAsync(Name, Cancel));

        await using var endless = await PrivateVenue.StartAsync("coinbase", ($"{Historical}/batch", Page("other", "OPEN", next: "more")));
        Assert.IsType<VenueAnswer<VenueOrder>.Unknown>(await endless.Trading.QueryAsync(Name, Cancel));
    }

    [Fact]
    public async Task Refused_cancel_of_an_order_that_is_gone_says_that_it_is_not_open()
    {
        await using var venue = await PrivateVenue.StartAsync("coinbase", (
            "/api/v3/brokerage/orders/batch_cancel",
            """{"results":[{"success":false,"failure_reason":"UNKNOWN_CANCEL_ORDER","order_id":"o1"}]}"""));

        Assert.IsType<VenueAnswer<VenueOrder>.NotFound>(
            await venue.Trading.CancelAsync(Name with { VenueOrderId = "o1" }, Cancel));
    }

    [Fact]
    public async Task Balances_fees_and_transfers_are_read()
    {
        await using var venue = await PrivateVenue.StartAsync(
            "coinbase", ("/api/v3/brokerage/accounts", Wallets),
            ("/api/v3/brokerage/transaction_summary", """{"fee_tier":{"maker_fee_rate":"0.004","taker_fee_rate":"0.006"}}"""),
            ("/v2/accounts/w1/transactions", Transactions));
        var since = new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);

        Assert.Equal(
            [new VenueBalance("USDT", Quantity.From(500), Quantity.From(20))], Answered(await venue.Account.BalancesAsync(Cancel)));
        Assert.Equal(new(0.004m, 0.006m), Answered(await venue.Account.FeesAsync(Market("coinbase"), Cancel)));
        Assert.Equal(
            [
                new VenueTransfer(
                    "d1", null, "USDT", "tron", Quantity.From(30), null, null, null, "0xd", VenueTransferState.Completed,
                    new(2024, 3, 29, 15, 48, 30, TimeSpan.Zero)),
            ],
            Answered(await venue.Account.DepositsAsync(since, Cancel)));
        Assert.Equal(
            new(
                "s1", CoinbaseAccount.IdemOf("transfer-1"), "USDT", "tron", Quantity.From(10), Quantity.From(4.008308m), "TAbc",
                null, null, VenueTransferState.Pending, new(2024, 3, 29, 15, 40, 0, TimeSpan.Zero)),
            Assert.Single(Answered(await venue.Account.WithdrawalsAsync(since, Cancel))));
        // A wallet in which nothing happened since then is not asked.
        Assert.DoesNotContain(venue.Asked, asked => asked.Target.Contains("/w2/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Withdrawal_bears_a_name_that_follows_from_ours_and_is_found_by_it()
    {
        await using var venue = await PrivateVenue.StartAsync(
            "coinbase", ("/api/v3/brokerage/accounts", Wallets),
            ("/v2/accounts/w1/transactions", """{"data":{"id":"s1","type":"send","status":"pending"}}"""),
            ("/v2/accounts/w1/transactions", Transactions));

        Assert.Equal("s1", Answered(await venue.Withdrawals.WithdrawAsync(Withdrawal, Cancel)).VenueTransferId);
        Assert.Equal(
            $$"""{"type":"send","to":"TAbc","amount":"100","currency":"USDT","network":"USDT-TRC20","idem":"{{CoinbaseAccount.IdemOf("transfer-1")}}"}""",
            venue.Asked[1].Body);

        Assert.Equal("s1", Answered(await venue.Withdrawals.QueryAsync(new(Asset.From("USDT"), "transfer-1"), Cancel)).VenueTransferId);
        Assert.IsType<VenueAnswer<VenueTransfer>.NotFound>(
            await venue.Withdrawals.QueryAsync(new(Asset.From("USDT"), "transfer-2"), Cancel));
        Assert.IsType<VenueAnswer<VenueTransferName>.Refused>(
            await venue.Withdrawals.WithdrawAsync(Withdrawal with { Asset = Asset.From("DOGE") }, Cancel));
    }

    [Fact]
    public async Task Stream_of_the_account_signs_in_subscribes_and_tells()
    {
        await using var venue = await PrivateVenue.StartAsync("coinbase");

        var heard = await venue.HearAsync(
            2, """{"channel":"subscriptions","timestamp":"2026-04-07T14:30:00Z","sequence_num":0,"events":[]}""",
            """
            {"channel":"user","timestamp":"2026-04-07T14:30:06Z","sequence_num":1,"events":[{"type":"update","orders":[{"order_id":"o1",
             "client_order_id":"abc123","cumulative_quantity":"0.2","leaves_quantity":"0.3","status":"OPEN","product_id":"BTC-USDT",
             "order_side":"SELL","order_type":"Limit","limit_price":"20000"}]}]}
            """);

        Assert.IsType<StreamEvent<VenueUserReport>.Connected>(heard[0]);
        var order = Assert.IsType<VenueUserReport.OfOrder>(
            Assert.IsType<StreamEvent<VenueUserReport>.Received>(heard[1]).Value).Order;
        Assert.Equal(
            (VenueOrderStatus.PartiallyFilled, VenueSide.Sell, Quantity.From(0.5m), Quantity.From(0.2m)),
            (order.Status, order.Side, order.Quantity, order.Filled));
        Assert.StartsWith("""{"type":"subscribe","channel":"user","jwt":""", venue.Spoken[0], StringComparison.Ordinal);
        Assert.StartsWith("""{"type":"subscribe","channel":"heartbeats","jwt":""", venue.Spoken[1], StringComparison.Ordinal);
    }

    private static string Transactions =>
        $$"""
        {"data":[
         {"id":"d1","type":"send","status":"completed","amount":{"amount":"30","currency":"USDT"},"created_at":"2024-03-29T15:48:30Z",
          "network":{"status":"confirmed","hash":"0xd","network_name":"tron"} },
         {"id":"s1","type":"send","status":"pending","idem":"{{CoinbaseAccount.IdemOf("transfer-1")}}",
          "amount":{"amount":"-14.008308","currency":"USDT"},"created_at":"2024-03-29T15:40:00Z","to":{"resource":"address","address":"TAbc"},
          "network":{"status":"pending","network_name":"tron","transaction_fee":{"amount":"4.008308","currency":"USDT"},
           "transaction_amount":{"amount":"10.000000","currency":"USDT"} } },
         {"id":"i1","type":"send","status":"completed","amount":{"amount":"-5","currency":"USDT"},"created_at":"2024-03-29T15:30:00Z",
          "network":{"status":"off_blockchain"} },
         {"id":"f1","type":"advanced_trade_fill","status":"completed","amount":{"amount":"7","currency":"USDT"},"created_at":"2024-03-29T15:20:00Z"}]}
        """;

    private static string Page(string clientId, string status, string? next) =>
        $$"""{"orders":[{{Part(clientId, status)}}],"has_next":{{(next is null ? "false" : "true")}},"cursor":"{{next}}"}""";

    private static string Part(string clientId, string status) =>
        $$"""
        {"order_id":"of-{{clientId}}","product_id":"BTC-USDT","client_order_id":"{{clientId}}","side":"BUY","status":"{{status}}",
         "order_configuration":{"limit_limit_gtc":{"base_size":"0.5","limit_price":"20000","post_only":false} },"filled_size":"0",
         "filled_value":"0","order_type":"LIMIT","created_time":"2024-01-15T10:00:00Z","last_fill_time":null}
        """;
}
