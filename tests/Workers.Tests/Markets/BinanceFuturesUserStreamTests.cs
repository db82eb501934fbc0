using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text;
using Microsoft.AspNetCore.Http;
using Platform.Domain.Values;
using Platform.Tests.Support;
using Platform.Workers.Markets.Venues;
using Platform.Workers.Markets.Venues.Binance;
using Platform.Workers.Tests.Markets.Venues;

namespace Platform.Workers.Tests.Markets;

/// <summary>What the stream of an account in Binance futures says, recorded, against values read from the recordings by hand.</summary>
public sealed class BinanceFuturesUserStreamTests
{
    private const string Folder = "nautilus/venue-payloads/binance/futures/user_data_json/";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact, Reads("nautilus/venue-payloads/binance/futures/user_data_json/account_update.json")]
    public void Positions_that_changed_are_told_and_one_of_no_contracts_is_closed() => Assert.Equal(
        [Position(0, entry: null), Position(20, 6563.6m), Position(-10, 6563.8m)],
        Assert.IsType<VenueUserReport.OfPositions>(Read("account_update")).Positions);

    [Theory]
    [InlineData("account_update_bnfcr")]
    [InlineData("trade_lite")]
    [Reads("nautilus/venue-payloads/binance/futures/user_data_json/{0}.json")]
    public void What_changes_no_position_or_is_told_again_in_full_is_passed_over(string name) => Assert.Null(Read(name));

    [Theory]
    [InlineData("algo_update_new", TriggerState.Waiting)]
    [InlineData("algo_update_canceled", TriggerState.Canceled)]
    [Reads("nautilus/venue-payloads/binance/futures/user_data_json/{0}.json")]
    public void Order_that_waits_for_a_price_is_told_with_what_became_of_it(string name, TriggerState state)
    {
        var order = Assert.IsType<VenueUserReport.OfTrigger>(Read(name)).Order;

        Assert.Equal(
            ("BNBUSDT", "2148719", "Q5xaq5EGKgXXa0fD7fs0Ip", VenueSide.Sell, state, Quantity.From(0.01m), null, RecordedPayload.At(1750515742297)),
            (order.VenueSymbol, order.VenueTriggerId, order.ClientTriggerId, order.Side, order.State, order.Quantity, order.VenueOrderId, order.At));
        Assert.Equal([new(Price.From(750), TriggerPriceKind.Last, Price.From(750))], order.Triggers);
    }

    [Theory]
    [InlineData("order_update_new", "TEST", VenueOrderStatus.New, VenueOrderType.Market, VenueSide.Buy, "0.001")]
    [InlineData("order_update_calculated_pending", "autoclose-pending-0000", VenueOrderStatus.New, VenueOrderType.Limit, VenueSide.Sell, "0.014")]
    [Reads("nautilus/venue-payloads/binance/futures/user_data_json/{0}.json")]
    public void Order_that_did_not_trade_has_no_fill(
        string name, string client, VenueOrderStatus status, VenueOrderType type, VenueSide side, string quantity)
    {
        var order = OrderIn(name);

        Assert.Equal(
            ("BTCUSDT", client, status, type, side, Quantity.From(Number(quantity)), Quantity.Zero),
            (order.VenueSymbol, order.ClientOrderId, order.Status, order.Type, order.Side, order.Quantity, order.Filled));
        Assert.Empty(order.Fills);
    }

    [Theory]
    [InlineData("order_update_trade", "TEST", VenueOrderStatus.PartiallyFilled, "0.001")]
    [InlineData("order_update_trade_partial", "TEST", VenueOrderStatus.PartiallyFilled, "0.002")]
    [InlineData("order_update_calculated", "autoclose-1234567890", VenueOrderStatus.Filled, "0.014")]
    [InlineData("order_update_adl", "adl_autoclose_12345", VenueOrderStatus.Filled, "0.005")]
    [InlineData("order_update_insurance", "autoclose-insurance-5678", VenueOrderStatus.Filled, "0.020")]
    [InlineData("order_update_settlement", "settlement_autoclose-9999", VenueOrderStatus.Filled, "0.010")]
    [InlineData("order_update_delivery", "delivery_autoclose-12345", VenueOrderStatus.Filled, "1")]
    [Reads("nautilus/venue-payloads/binance/futures/user_data_json/{0}.json")]
    public void Order_that_traded_tells_who_closed_it(string name, string client, VenueOrderStatus status, string quantity)
    {
        var order = OrderIn(name);

        Assert.Equal((client, status, Quantity.From(Number(quantity))), (order.ClientOrderId, order.Status, order.Quantity));
        Assert.Equal(FillIn(name), Assert.Single(order.Fills));
    }

    [Fact]
    public async Task Stream_is_called_by_a_name_for_the_key_alone_and_begins_with_another_when_it_expired()
    {
        var names = new ConcurrentQueue<string>(["first", "second"]);
        await using var venue = await LoopbackVenue.StartAsync(context => AnswerAsync(context, names));
        using var host = MarketsHost.For(venue.Address, settings: ("Platform:Venue:Connector", "binance-futures"));

        List<StreamEvent<VenueUserReport>> heard = [];
        await foreach (var happened in MarketsHost.Parts(host).Positions!.PositionStreamAsync(Cancel))
        {
            heard.Add(happened);
            if (heard.Count == 5)
                break;
        }

        Assert.IsType<StreamEvent<VenueUserReport>.Connected>(heard[0]);
        Assert.Equal(
            [Position(-1, 100m)],
            Assert.IsType<VenueUserReport.OfPositions>(Assert.IsType<StreamEvent<VenueUserReport>.Received>(heard[1]).Value).Positions);
        Assert.Equal(new StreamEvent<VenueUserReport>.Disconnected("Ended by the venue."), heard[2]);
        Assert.IsType<StreamEvent<VenueUserReport>.Connected>(heard[3]);
        Assert.Equal(
            ["/fapi/v1/listenKey", "/ws/first", "/fapi/v1/listenKey", "/ws/second"],
            venue.Calls.Select(call => call.Target).Where(target => target is not "/fapi/v1/time"));
        Assert.All(venue.Calls, call => Assert.DoesNotContain("signature", call.Body, StringComparison.Ordinal));
    }

    private static async Task AnswerAsync(HttpContext context, ConcurrentQueue<string> names)
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            var isTime = context.Request.Path.Value is "/fapi/v1/time";
            var name = !isTime && context.Request.Headers.ContainsKey("X-MBX-APIKEY") && names.TryDequeue(out var next) ? next : "none";
            await context.Response.WriteAsync(
                isTime ? """{"serverTime":1499827319559}""" : $$"""{"listenKey":"{{name}}"}""", Cancel);
            return;
        }

        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        foreach (var said in (string[])
        [
            """{"e":"ACCOUNT_UPDATE","T":1564745798939,"a":{"m":"ORDER","B":[],"P":[{"s":"BTCUSDT","pa":"-1","ep":"100","up":"0","ps":"BOTH"}]}}""",
            """{"e":"listenKeyExpired","E":1564745798939,"listenKey":"first"}""",
        ])
            await socket.SendAsync(Encoding.UTF8.GetBytes(said), WebSocketMessageType.Text, endOfMessage: true, Cancel);
        // The other side ends it.
        await socket.ReceiveAsync(new byte[1024], Cancel);
    }

    private static VenuePosition Position(decimal contracts, decimal? entry) => new(
        "BTCUSDT", contracts, entry is { } price ? Price.From(price) : null, MarkPrice: null, LiquidationPrice: null, Leverage: null,
        Unrealized: null, RecordedPayload.At(1564745798939));

    private static VenueFill FillIn(string name) => name switch
    {
        "order_update_trade" or "order_update_trade_partial" =>
            Fill("12345678", "8886774", VenueSide.Buy, 7100.5m, 0.001m, 0.01m, "USDT", isMaker: true, 12.34m),
        "order_update_calculated" => Fill("12345999", "8886999", VenueSide.Sell, 9910.12m, 0.014m, 0.06937084m, "USDT", isMaker: false, -5.67m),
        "order_update_adl" => Fill("12346001", "8887001", VenueSide.Buy, 42_000m, 0.005m, 0.105m, "USDT", isMaker: false, -2.5m),
        "order_update_insurance" => Fill("12346003", "8887003", VenueSide.Sell, 45_000m, 0.02m, 0.45m, "USDT", isMaker: false, -8m),
        "order_update_settlement" => Fill("12346002", "8887002", VenueSide.Sell, 50_000m, 0.01m, 0.25m, "USDT", isMaker: false, -10m),
        "order_update_delivery" => Fill("12346003", "8887003", VenueSide.Sell, 70_000m, 1m, 0m, "USD", isMaker: false, 0m) with
        {
            VenueSymbol = "BTCUSD_240329", At = RecordedPayload.At(1711929600000),
        },
        _ => throw new ArgumentOutOfRangeException(nameof(name)),
    };

    private static VenueFill Fill(
        string trade, string order, VenueSide side, decimal price, decimal contracts, decimal fee, string asset, bool isMaker, decimal realized) => new(
        "BTCUSDT", trade, order, side, Price.From(price), Quantity.From(contracts), Notional.From(price * contracts), new(fee, Asset.From(asset)),
        isMaker, RecordedPayload.At(1568879465651), realized);

    private static VenueOrder OrderIn(string name) => Assert.IsType<VenueUserReport.OfOrder>(Read(name)).Order;

    private static VenueUserReport? Read(string name) =>
        BinanceFuturesUserReports.Of(RecordedVenueData.Json(File.ReadAllText(RecordedMarketData.Path($"{Folder}{name}.json"))));

    private static decimal Number(string text) => decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
