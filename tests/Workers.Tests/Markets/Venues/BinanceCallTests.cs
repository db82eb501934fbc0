using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Platform.Domain.Values;
using Platform.Tests.Support;
using Platform.Workers.Markets;
using Platform.Workers.Markets.Venues;
using Platform.Workers.Markets.Venues.Binance;
using Platform.Workers.Markets.Venues.Streams;

namespace Platform.Workers.Tests.Markets.Venues;

using Found = VenueAnswer<BinanceOrder>;
using Placed = VenueAnswer<PlacedBinanceOrder>;

/// <summary>Orders by WebSocket: each is sent once, and what is not answered on its own connection is in doubt.</summary>
public sealed class BinanceCallTests
{
    private static readonly Symbol Market = Symbol.From("BTC-USDT");
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Order_is_signed_over_its_sorted_parameters_and_sent_once()
    {
        await using var venue = await CallVenue.StartAsync((line, call) => line.SayAsync(CallVenue.Good(call, "{}")));
        using var host = venue.Host();
        using var api = MarketsHost.Rest(host.Services);

        await PlaceAsync(api);

        var call = Assert.Single(venue.Asked);
        var sent = call.GetProperty("params");
        Assert.Equal("order.place", call.GetProperty("method").GetString());
        Assert.Equal(
            $"apiKey={MarketsHost.ApiKey}&newClientOrderId=a:b&newOrderRespType=FULL&price=0.1&quantity=1&recvWindow=5000&side=BUY"
            + $"&symbol=BTCUSDT&timeInForce=GTC&timestamp={sent.GetProperty("timestamp").GetInt64()}&type=LIMIT",
            string.Join('&', sent.EnumerateObject().Where(one => one.Name is not "signature").Select(one => $"{one.Name}={one.Value}")));
        Assert.StartsWith("14998273", sent.GetProperty("timestamp").GetRawText(), StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.Number, sent.GetProperty("recvWindow").ValueKind);
        Assert.Equal(0, venue.ByRest);
    }

    [Fact]
    public void Signature_is_that_of_the_venues_own_example()
    {
        using var credentials = MarketsHost.Credentials()!;

        var message = RecordedVenueData.Json(BinanceCallProtocol.Write(
            "order.place", "1",
            [
                ("symbol", "BTCUSDT"), ("side", "SELL"), ("type", "LIMIT"), ("timeInForce", "GTC"), ("quantity", "0.01000000"),
                ("price", "52000.00"), ("newOrderRespType", "ACK"), ("recvWindow", "100"),
            ],
            credentials, DateTimeOffset.FromUnixTimeMilliseconds(1645423376532)));

        Assert.Equal(
            "cc15477742bd704c29492d96c7ead9414dfd8e0ec4a00f947bb5bb454ddbd08a",
            message.GetProperty("params").GetProperty("signature").GetString());
    }

    [Fact, Reads(
        "binance-net/Socket/Spot/Trading/PlaceOrder.txt",
        "binance-net/Socket/Spot/Trading/GetOrder.txt",
        "binance-net/Socket/Spot/Trading/GetOpenOrders.txt",
        "binance-net/Socket/Spot/Trading/GetUserTrades.txt")]
    public async Task Recorded_answers_are_read_as_those_of_rest()
    {
        await using var venue = await RecordedAsync("PlaceOrder", "GetOrder", "GetOpenOrders", "GetUserTrades");
        using var host = venue.Host();
        using var api = MarketsHost.Rest(host.Services);

        var placed = Answered(await api.PlaceOrderAsync(AnOrder(), Cancel));
        var found = Answered(await api.QueryOrderAsync(Market, "a", Cancel));
        var open = Answered(await api.OpenOrdersAsync(Market, Cancel));
        var trades = Answered(await api.TradesOfOrderAsync(Market, placed.OrderId, fromId: null, Cancel));

        Assert.Equal((12569099453, BinanceOrderStatus.Filled, 2), (placed.OrderId, placed.Status, placed.Fills.Count));
        Assert.Equal((12569099453, Quantity.From(0.00847m)), (found.OrderId, found.Filled));
        Assert.Equal(BinanceOrderStatus.PartiallyFilled, Assert.Single(open).Status);
        Assert.Equal(placed.Fills.Select(fill => (fill.TradeId, fill.Price)), trades.Select(trade => (trade.Id, trade.Price)));
        Assert.Equal(
            ["order.place", "order.status", "openOrders.status", "myTrades"],
            venue.Asked.Select(call => call.GetProperty("method").GetString()));
    }

    [Fact, Reads("binance-net/Socket/Spot/Trading/CancelOrder.txt")]
    public async Task Cancel_that_is_answered_by_an_order_and_not_by_a_cancel_is_doubt()
    {
        await using var venue = await RecordedAsync("CancelOrder");
        using var host = venue.Host();
        using var api = MarketsHost.Rest(host.Services);

        var answer = await api.CancelOrderAsync(Market, "a", Cancel);

        Assert.Equal(UnknownCause.Unreadable, Assert.IsType<VenueAnswer<CanceledBinanceOrder>.Unknown>(answer).Cause);
        Assert.Equal("order.cancel", Assert.Single(venue.Asked).GetProperty("method").GetString());
    }

    [Theory]
    [InlineData(400, """{"code":-2010,"msg":"Account has insufficient balance for requested action."}""", null)]
    [InlineData(400, """{"code":-2010,"msg":"Duplicate order sent."}""", UnknownCause.Duplicate)]
    [InlineData(400, """{"code":-1007,"msg":"Timeout waiting for response from backend server."}""", UnknownCause.ServerError)]
    [InlineData(500, """{"code":-2010,"msg":"Account has insufficient balance for requested action."}""", UnknownCause.ServerError)]
    [InlineData(429, """{"code":-1015,"msg":"Too many new orders."}""", UnknownCause.Throttled)]
    [InlineData(418, """{"code":-1003,"msg":"IP banned."}""", UnknownCause.Throttled)]
    [InlineData(200, """{"code":-2010,"msg":"Account has insufficient balance for requested action."}""", UnknownCause.Unreadable)]
    [InlineData(403, "\"Forbidden\"", UnknownCause.Unreadable)]
    public async Task Status_in_the_answer_counts_as_by_rest(int status, string error, UnknownCause? doubt)
    {
        await using var venue = await CallVenue.StartAsync((line, call) => line.SayAsync(CallVenue.Bad(call, status, error)));
        using var host = venue.Host();
        using var api = MarketsHost.Rest(host.Services);

        var answer = await PlaceAsync(api);

        Assert.Equal(doubt, (answer as Placed.Unknown)?.Cause);
        Assert.Equal(doubt is null, answer is Placed.Refused { Code: "-2010" });
        Assert.Equal((1, 0), (venue.Asked.Count, venue.ByRest));
    }

    [Fact]
    public async Task Order_that_the_venue_does_not_know_is_not_found()
    {
        await using var venue = await CallVenue.StartAsync((line, call) => line.SayAsync(
            CallVenue.Bad(call, 400, """{"code":-2013,"msg":"Order does not exist."}""")));
        using var host = venue.Host();
        using var api = MarketsHost.Rest(host.Services);

        Assert.IsType<Found.NotFound>(await QueryAsync(api, "a"));
        Assert.Equal(0, venue.ByRest);
    }

    [Fact]
    public async Task Answers_in_any_order_said_twice_or_of_strangers_reach_their_own_calls()
    {
        var calls = new List<JsonElement>();
        await using var venue = await CallVenue.StartAsync(async (line, call) =>
        {
            calls.Add(call);
            if (calls.Count < 3)
                return;
            await line.SayAsync(
                """{"id":"stranger","status":200,"result":{}}""", """{"id":1,"status":200,"result":{}}""",
                """{"event":{"e":"serverShutdown","E":1}}""", """{"id":null,"status":400,"error":{"code":-1,"msg":"?"}}""");
            foreach (var one in Enumerable.Reverse(calls))
                await line.SayAsync(CallVenue.Good(one, OrderOf(one)), CallVenue.Good(one, "{}"));
        });
        using var host = venue.Host();
        using var api = MarketsHost.Rest(host.Services);
        string[] names = ["first", "second", "third"];

        var answers = await Task.WhenAll(names.Select(name => QueryAsync(api, name)));

        Assert.Equal(names, answers.Select(answer => Answered(answer).ClientOrderId));
        Assert.Equal(1, venue.Connections);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("no json")]
    [InlineData("[]")]
    public async Task Connection_that_breaks_leaves_all_in_doubt_sends_nothing_again_and_rest_is_asked(string? garbage)
    {
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(56));
        await using var venue = await CallVenue.StartAsync(async (line, call) =>
        {
            if (IsNamed(call, "later"))
                await line.SayAsync(CallVenue.Good(call, OrderOf(call)));
            else if (IsNamed(call, "last"))
                await (garbage is null ? line.DropAsync() : line.SayAsync(garbage));
        });
        using var host = venue.Host(time);
        using var api = MarketsHost.Rest(host.Services);
        var first = PlaceAsync(api, "first");
        var second = PlaceAsync(api, "second");
        await AskedAsync(venue, 2);

        Placed[] answers = [await PlaceAsync(api, "last"), await first, await second];

        Assert.All(answers, answer => Assert.Equal(UnknownCause.Disconnected, Assert.IsType<Placed.Unknown>(answer).Cause));
        Assert.Equal((3, 0), (venue.Asked.Count, venue.ByRest));
        Assert.IsType<Found.NotFound>(await QueryAsync(api, "first"));
        Assert.Equal((1, 1), (venue.Connections, venue.ByRest));

        time.Advance(CallSocket.Pause);
        Answered(await QueryAsync(api, "later"));
        Assert.Equal((2, 1), (venue.Connections, venue.ByRest));
    }

    [Fact]
    public async Task Answer_that_is_lost_is_doubt_and_the_others_stand()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(56));
        await using var venue = await CallVenue.StartAsync((line, call) =>
            IsNamed(call, "lost") ? Task.CompletedTask : line.SayAsync(CallVenue.Good(call, OrderOf(call))));
        using var host = venue.Host(time);
        using var api = MarketsHost.Rest(host.Services);
        var lost = PlaceAsync(api, "lost");
        await AskedAsync(venue, 1);
        Answered(await QueryAsync(api, "other"));

        time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(UnknownCause.Timeout, Assert.IsType<Placed.Unknown>(await lost).Cause);
        Answered(await QueryAsync(api, "another"));
        Assert.Equal((1, 3, 0), (venue.Connections, venue.Asked.Count, venue.ByRest));
    }

    [Fact]
    public async Task Half_open_connection_is_given_up_and_the_call_not_made_again()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(56));
        await using var venue = await CallVenue.StartAsync((_, _) => Task.CompletedTask);
        using var host = venue.Host(time);
        using var api = MarketsHost.Rest(host.Services);
        var placed = PlaceAsync(api);
        await AskedAsync(venue, 1);

        time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(UnknownCause.Timeout, Assert.IsType<Placed.Unknown>(await placed).Cause);
        Assert.IsType<Found.NotFound>(await QueryAsync(api, "a"));
        Assert.Equal((1, 1, 1), (venue.Connections, venue.Asked.Count, venue.ByRest));
    }

    [Fact]
    public async Task Call_that_is_broken_off_takes_the_silent_connection_with_it()
    {
        await using var venue = await CallVenue.StartAsync((_, _) => Task.CompletedTask);
        using var host = venue.Host();
        using var halt = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var trading = MarketsHost.Parts(host).Trading!;
        var placed = trading.PlaceAsync(
            new(MarketsHost.Listed("BTC-USDT", "BTCUSDT"), "a", VenueSide.Buy, VenueOrderType.Market, Quantity.From(1), null, null, null),
            halt.Token);
        await AskedAsync(venue, 1);

        await halt.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => placed);
        Assert.IsType<VenueAnswer<VenueOrder>.NotFound>(await trading.QueryAsync(
            new(MarketsHost.Listed("BTC-USDT", "BTCUSDT"), "a"), Cancel));
        Assert.Equal((1, 1), (venue.Asked.Count, venue.ByRest));
    }

    [Fact]
    public async Task Venue_that_had_enough_is_left_alone_by_either_way_as_long_as_it_says()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(56));
        await using var venue = await CallVenue.StartAsync((line, call) => line.SayAsync(CallVenue.Bad(
            call, 429, """{"code":-1003,"msg":"Too much.","data":{"serverTime":1659142900000,"retryAfter":1659142930000}}""")));
        using var host = venue.Host(time);
        using var api = MarketsHost.Rest(host.Services);

        await PlaceAsync(api);
        time.Advance(TimeSpan.FromSeconds(29));
        Assert.Equal(UnknownCause.Throttled, Assert.IsType<Placed.Unknown>(await PlaceAsync(api)).Cause);
        Assert.Equal(UnknownCause.Throttled, Assert.IsType<VenueAnswer<BinanceAccount>.Unknown>(
            await api.AccountAsync(Cancel)).Cause);
        Assert.Single(venue.Asked);

        time.Advance(TimeSpan.FromSeconds(1));
        await PlaceAsync(api);
        Assert.Equal(2, venue.Asked.Count);
    }

    [Fact]
    public async Task What_the_venue_counted_is_believed()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(56));
        await using var venue = await CallVenue.StartAsync((line, call) => line.SayAsync(
            $$"""
            {"id":{{call.GetProperty("id").GetRawText()}},"status":200,"result":{{OrderOf(call)}},"rateLimits":[
              {"rateLimitType":"ORDERS","interval":"SECOND","intervalNum":10,"limit":50,"count":7},
              {"rateLimitType":"REQUEST_WEIGHT","interval":"MINUTE","intervalNum":1,"limit":1200,"count":1198}]}
            """));
        using var host = venue.Host(time);
        using var api = MarketsHost.Rest(host.Services);

        Answered(await QueryAsync(api, "a"));

        Assert.Equal(UnknownCause.Throttled, Assert.IsType<Found.Unknown>(await QueryAsync(api, "b")).Cause);
        Assert.Single(venue.Asked);
    }

    [Fact]
    public async Task No_more_than_a_hundred_calls_wait_on_one_connection()
    {
        await using var venue = await CallVenue.StartAsync((_, _) => Task.CompletedTask);
        using var host = venue.Host();
        using var api = MarketsHost.Rest(host.Services);
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var waiting = Enumerable.Range(0, 100).Select(_ => api.PlaceOrderAsync(AnOrder(), leaving.Token)).ToList();
        await AskedAsync(venue, 100);

        Assert.IsType<Found.NotFound>(await api.QueryOrderAsync(Market, "a", Cancel));

        Assert.Equal((100, 1), (venue.Asked.Count, venue.ByRest));
        await leaving.CancelAsync();
        await Task.WhenAll(waiting).ContinueWith(_ => { }, Cancel, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    [Fact]
    public async Task Without_a_connection_an_order_goes_by_rest_once()
    {
        await using var venue = await CallVenue.StartAsync((_, _) => Task.CompletedTask);
        using var host = venue.Host(settings: ("Platform:Venue:ApiStreamUrl", $"ws://127.0.0.1:{FreePort.Next()}"));
        using var api = MarketsHost.Rest(host.Services);

        await PlaceAsync(api);

        Assert.Equal((0, 1), (venue.Connections, venue.ByRest));
    }

    [Fact]
    public async Task Nothing_is_connected_without_a_key()
    {
        await using var venue = await CallVenue.StartAsync((_, _) => Task.CompletedTask);
        using var host = venue.SealedHost();
        using var api = MarketsHost.Rest(host.Services);

        Assert.IsType<Placed.Unknown>(await PlaceAsync(api));

        Assert.Equal((0, 0), (venue.Connections, venue.ByRest));
    }

    [Fact]
    public void Venue_whose_connector_knows_rest_alone_is_not_configured_for_more()
    {
        using var host = MarketsHost.Sealed(
            new("http://127.0.0.1:1"), time: null, "00:00:05", log: null,
            ("Platform:Venue:Connector", "okx"), ("Platform:Venue:OrdersBy", "WebSocket"));

        Assert.Throws<ArgumentException>(host.Services.GetRequiredService<ConnectedVenues>);
    }

    // Each call is answered by the next recording, under its own id.
    private static Task<CallVenue> RecordedAsync(params IEnumerable<string> files)
    {
        var recorded = new Queue<string>(files.Select(file => RecordedVenueData.Message($"Socket/Spot/Trading/{file}")));
        return CallVenue.StartAsync((line, call) => line.SayAsync(
            recorded.Dequeue().Replace("|1|", call.GetProperty("id").GetString(), StringComparison.Ordinal)));
    }

    private static bool IsNamed(JsonElement call, string name) => call.GetProperty("params").EnumerateObject()
        .Any(one => one.Name is "origClientOrderId" or "newClientOrderId" && one.Value.ValueEquals(name));

    private static string OrderOf(JsonElement call) =>
        $$"""
        {"symbol":"BTCUSDT","orderId":1,"clientOrderId":"{{call.GetProperty("params").GetProperty("origClientOrderId").GetString()}}",
         "price":"1","origQty":"1","executedQty":"0","cummulativeQuoteQty":"0","status":"NEW","timeInForce":"GTC","type":"LIMIT",
         "side":"BUY","time":1,"updateTime":1}
        """;

    private static NewBinanceOrder AnOrder(string name = "a:b") => new(
        Market, BinanceSide.Buy, BinanceOrderType.Limit, name, Quantity.From(1), QuoteQuantity: null, Price.From(0.1m),
        BinanceTimeInForce.Gtc);

    private static Task<Placed> PlaceAsync(BinanceRest api, string name = "a:b") =>
        api.PlaceOrderAsync(AnOrder(name), Cancel);

    private static Task<Found> QueryAsync(BinanceRest api, string name) =>
        api.QueryOrderAsync(Market, name, Cancel);

    private static Task AskedAsync(CallVenue venue, int calls) => Eventually.IsTrueAsync(
        $"{calls} calls arrived", Deadline, _ => Task.FromResult(venue.Asked.Count >= calls), Cancel);

    private static T Answered<T>(VenueAnswer<T> answer) => Assert.IsType<VenueAnswer<T>.Answered>(answer).Value;
}
