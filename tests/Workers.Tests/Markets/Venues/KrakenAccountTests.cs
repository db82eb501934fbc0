using System.Text;
using Microsoft.AspNetCore.Http;
using Platform.Domain.Values;
using Platform.Tests.Support;
using Platform.Workers.Markets.Venues;
using Platform.Workers.Markets.Venues.Kraken;

namespace Platform.Workers.Tests.Markets.Venues;

/// <summary>What Kraken says of an account, recorded; and what the connector asks, in the order in which it must.</summary>
public sealed class KrakenAccountTests
{
    private static readonly NewVenueOrder Bid = new(
        MarketsHost.Listed("BTC-USDT", "XBTUSDT", "kraken"), "6d1b345e28214be2ad834ecb18a06876", VenueSide.Buy,
        VenueOrderType.LimitMaker, Quantity.From(0.0100m), QuoteQuantity: null, Price.From(29500), TimeInForce: null);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact, Reads("nautilus/venue-payloads/kraken/http_open_orders.json")]
    public void Open_orders_are_read() => Assert.Equivalent(
        (VenueOrder[])[
            new(
                "XBTUSDT", "O26VBY-ISGAE-JP5TLU", ClientOrderId: null, VenueOrderStatus.New, VenueSide.Buy,
                VenueOrderType.Limit, Price.From(29500), Quantity.From(0.5m), Quantity.Zero, Notional.Zero, [],
                DateTimeOffset.FromUnixTimeMilliseconds(1688583840864).AddTicks(8000)),
            new(
                "ETHUSDT", "OYEQF4-FDE4C-NMUYUI", ClientOrderId: null, VenueOrderStatus.New, VenueSide.Sell,
                VenueOrderType.Market, LimitPrice: null, Quantity.From(1), Quantity.Zero, Notional.Zero, [],
                DateTimeOffset.FromUnixTimeMilliseconds(1688584240123).AddTicks(4000)),
        ],
        KrakenOrders.Orders(KrakenPayloadTests.Result("http_open_orders").GetProperty("open")), strict: true);

    [Fact, Reads("nautilus/venue-payloads/kraken/http_closed_orders.json")]
    public void Closed_orders_are_read_with_what_they_came_to()
    {
        var orders = KrakenOrders.Orders(KrakenPayloadTests.Result("http_closed_orders").GetProperty("closed"));

        Assert.Equal(
            [
                ("O5KZFT-GH3AD-LP6TLU", VenueOrderStatus.Filled, 0.5m, 14750m, 1688590000543L),
                ("OCLOSED-2-TESTID", VenueOrderStatus.Filled, 1m, 1850m, 1688595000987L),
            ],
            orders.Select(order => (
                order.VenueOrderId, order.Status, order.Filled.Value, order.QuoteFilled!.Value.Value,
                order.At!.Value.ToUnixTimeMilliseconds())));
    }

    [Fact, Reads("nautilus/venue-payloads/kraken/http_trades_history.json")]
    public void Fills_are_read_oldest_first() => Assert.Equal(
        [
            new VenueFill(
                "XBTUSDT", "1001", "O26VBY-ISGAE-JP5TLU", VenueSide.Buy, Price.From(29500.5m), Quantity.From(0.5m),
                Notional.From(14750.25m), new(23.6m, Asset.From("USDT")), IsMaker: true,
                DateTimeOffset.FromUnixTimeMilliseconds(1688585840892).AddTicks(1000)),
            new VenueFill(
                "ETHUSDT", "1002", "OYEQF4-FDE4C-NMUYUI", VenueSide.Sell, Price.From(1799.75m), Quantity.From(1),
                Notional.From(1799.75m), new(3.6m, Asset.From("USDT")), IsMaker: false,
                DateTimeOffset.FromUnixTimeMilliseconds(1688586440345).AddTicks(6000)),
        ],
        KrakenOrders.Fills(KrakenPayloadTests.Result("http_trades_history").GetProperty("trades"), Asset.From("USDT")));

    [Fact, Reads("nautilus/venue-payloads/kraken/http_spot_balance.json")]
    public void Balances_are_read_in_our_names() => Assert.Equal(
        [
            new VenueBalance("USD", Quantity.From(200000), Quantity.Zero), new VenueBalance("BTC", Quantity.From(0.5m), Quantity.Zero),
            new VenueBalance("ETH", Quantity.From(2), Quantity.Zero),
        ],
        KrakenWallet.Balances(KrakenPayloadTests.Result("http_spot_balance")));

    [Fact, Reads("nautilus/venue-payloads/kraken/http_add_order_spot.json")]
    public async Task Order_is_sent_once_signed_under_our_id_and_its_number_kept()
    {
        var recorded = await File.ReadAllTextAsync(KrakenPayloadTests.PathOf("http_add_order_spot"), Cancel);
        await using var venue = await LoopbackVenue.SayingAsync(200, recorded);

        var placed = await AskAsync(venue, parts => parts.Trading!.PlaceAsync(Bid, Cancel));

        Assert.Equal(("OUF4EM-FRGI2-MQMWZD", VenueOrderStatus.New), (placed.VenueOrderId, placed.Status));
        var (method, target, body) = Assert.Single(venue.Calls);
        Assert.Equal(("POST", "/0/private/AddOrder"), (method, target));
        Assert.EndsWith(
            "&pair=XBTUSDT&type=buy&ordertype=limit&volume=0.01&price=29500&oflags=post%2Cfciq"
            + "&cl_ord_id=6d1b345e28214be2ad834ecb18a06876", body, StringComparison.Ordinal);
        Assert.StartsWith("nonce=", body, StringComparison.Ordinal);
    }

    [Fact, Reads("nautilus/venue-payloads/kraken/http_cancel_order_spot.json", "nautilus/venue-payloads/kraken/http_closed_orders.json")]
    public async Task Cancel_is_answered_by_how_the_order_then_stood()
    {
        var canceled = await File.ReadAllTextAsync(KrakenPayloadTests.PathOf("http_cancel_order_spot"), Cancel);
        var closed = await File.ReadAllTextAsync(KrakenPayloadTests.PathOf("http_closed_orders"), Cancel);
        await using var venue = await LoopbackVenue.StartAsync(context => context.Response.WriteAsync(
            context.Request.Path.Value switch
            {
                "/0/private/CancelOrder" => canceled,
                "/0/private/OpenOrders" => """{"error":[],"result":{"open":{}}}""",
                _ => closed,
            }, Cancel));

        var order = await AskAsync(venue, parts => parts.Trading!.CancelAsync(new(Bid.Instrument, Bid.ClientOrderId), Cancel));

        Assert.Equal("O5KZFT-GH3AD-LP6TLU", order.VenueOrderId);
        Assert.Equal(
            ["/0/private/CancelOrder", "/0/private/OpenOrders", "/0/private/ClosedOrders"], venue.Calls.Select(call => call.Target));
    }

    [Fact]
    public async Task Kind_of_order_that_the_venue_does_not_have_is_refused_unsent()
    {
        await using var venue = await LoopbackVenue.SayingAsync(200, """{"error":[],"result":{}}""");
        using var host = MarketsHost.For(venue.Address, settings: ("Platform:Venue:Connector", "kraken"));

        var answer = await WireHost.Parts(host).Trading!.PlaceAsync(
            Bid with { Type = VenueOrderType.Limit, TimeInForce = VenueTimeInForce.FillOrKill }, Cancel);

        Assert.IsType<VenueAnswer<VenueOrder>.Refused>(answer);
        Assert.Empty(venue.Calls);
    }

    [Fact]
    public void Executions_are_put_together_from_what_changed()
    {
        var executions = new KrakenExecutions(knownMax: 10);
        var born = Assert.Single(Told(executions, """
            {"channel":"executions","type":"update","data":[{"order_id":"O1","cl_ord_id":"mine","symbol":"BTC/USDT","side":"buy",
             "order_type":"limit","order_qty":2,"limit_price":100.5,"exec_type":"new","order_status":"new",
             "timestamp":"2026-01-02T03:04:05.000001Z"}]}
            """)!);
        var fill = Assert.Single(Told(executions, """
            {"channel":"executions","type":"update","data":[{"order_id":"O1","exec_id":"E1","exec_type":"trade","trade_id":7,
             "last_qty":0.5,"last_price":100.5,"cost":50.25,"liquidity_ind":"m","fees":[{"asset":"USDT","qty":0.1}],
             "order_status":"partially_filled","cum_qty":0.5,"cum_cost":50.25,"timestamp":"2026-01-02T03:04:06Z"}]}
            """)!);
        var end = Assert.Single(Told(executions, """
            {"channel":"executions","type":"update","data":[{"order_id":"O1","exec_type":"canceled","order_status":"canceled",
             "reason":"User requested","timestamp":"2026-01-02T03:04:07Z"}]}
            """)!);

        Assert.Equal(("mine", VenueOrderStatus.New, Price.From(100.5m)), (born.ClientOrderId, born.Status, born.LimitPrice));
        Assert.Equal(
            [
                new VenueFill(
                    "BTC/USDT", "7", "O1", VenueSide.Buy, Price.From(100.5m), Quantity.From(0.5m), Notional.From(50.25m),
                    new(0.1m, Asset.From("USDT")), IsMaker: true, new(2026, 1, 2, 3, 4, 6, TimeSpan.Zero)),
            ],
            fill.Fills);
        Assert.Equal(
            ("mine", VenueOrderStatus.Canceled, Quantity.From(0.5m), "User requested"),
            (end.ClientOrderId, end.Status, end.Filled, end.Reason));
        Assert.Empty(end.Fills);
    }

    private static IReadOnlyList<VenueOrder>? Told(KrakenExecutions executions, string message) =>
        executions.Read(Encoding.UTF8.GetBytes(message));

    private static async Task<VenueOrder> AskAsync(LoopbackVenue venue, Func<VenueParts, Task<VenueAnswer<VenueOrder>>> ask)
    {
        using var host = MarketsHost.For(
            venue.Address, apiSecret: "c2VjcmV0", settings: ("Platform:Venue:Connector", "kraken"));
        return Assert.IsType<VenueAnswer<VenueOrder>.Answered>(await ask(WireHost.Parts(host))).Value;
    }
}
