using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Platform.Domain.Markets;
using Platform.Domain.Values;
using Platform.Tests.Support;
using Platform.Workers.Markets.Venues;
using Platform.Workers.Markets.Venues.Binance;

namespace Platform.Workers.Tests.Markets;

using User = StreamEvent<BinanceUserReport>;

/// <summary>Streams break in every way there is; the reader hears of each break and of each return.</summary>
public sealed class VenueStreamTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact, Reads(
        "binance-net/Subscriptions/Spot/Account/Order.txt",
        "nautilus/venue-payloads/binance/spot/user_data_json/execution_report_trade.json",
        "nautilus/venue-payloads/binance/spot/user_data_json/execution_report_canceled.json",
        "nautilus/venue-payloads/binance/spot/user_data_json/execution_report_expired.json",
        "nautilus/venue-payloads/binance/spot/user_data_json/balance_update_wrapped.json",
        "nautilus/venue-payloads/binance/spot/user_data_json/list_status_wrapped.json",
        "nautilus/venue-payloads/binance/spot/user_data_json/account_position_wrapped.json")]
    public async Task Recorded_user_reports_are_read()
    {
        string[] recorded =
        [
            RecordedVenueData.Subscription("Account/Order"),
            Wrapped(RecordedVenueData.Payload("user_data_json/execution_report_trade")),
            Wrapped(RecordedVenueData.Payload("user_data_json/execution_report_canceled")),
            Wrapped(RecordedVenueData.Payload("user_data_json/execution_report_expired")),
            RecordedVenueData.Payload("user_data_json/balance_update_wrapped"),
            RecordedVenueData.Payload("user_data_json/list_status_wrapped"),
            RecordedVenueData.Payload("user_data_json/account_position_wrapped"),
        ];
        await using var venue = await LoopbackVenue.StartAsync(context => AcceptUserAsync(context, recorded));

        var reports = await ReadAsync(UserStream(venue), 6);

        Assert.IsType<User.Connected>(reports[0]);
        var born = Report(reports[1]);
        Assert.Equal(
            ("mUvoqJxFIILMdfAW5iGSOW", BinanceExecutionType.New, Price.From(0.1026441m), -1L, null),
            (born.OrderClientOrderId, born.ExecutionType, born.Price, born.TradeId, born.CommissionAsset));
        var fill = Report(reports[2]);
        Assert.Equal(
            (98765432L, Quantity.From(1), Price.From(2500), Notional.From(2500), 0.001m, "ETH", true),
            (fill.TradeId, fill.LastQuantity, fill.LastPrice, fill.LastQuoteQuantity, fill.Commission, fill.CommissionAsset,
                fill.IsMaker));
        Assert.Equal(BinanceOrderStatus.Canceled, Report(reports[3]).Status);
        Assert.Equal("INSUFFICIENT_LIQUIDITY", Report(reports[4]).ExpiryReason);
        var position = Assert.IsType<BinanceAccountPosition>(Assert.IsType<User.Received>(reports[5]).Value);
        Assert.Equal([new BinancePositionBalance("ETH", Quantity.From(10000), Quantity.Zero)], position.Balances);
    }

    [Theory]
    [Reads("{0}")]
    [InlineData("nautilus/venue-payloads/binance/spot/user_data_json/execution_report_new.json")]
    [InlineData("nautilus/venue-payloads/binance/spot/user_data_json/execution_report_stop_loss.json")]
    [InlineData("nautilus/venue-payloads/binance/spot/user_data_json/execution_report_wrapped.json")]
    public async Task Recorded_report_of_an_order_is_read_member_by_member(string file)
    {
        var text = await File.ReadAllTextAsync(RecordedMarketData.Path(file), Cancel);
        var recorded = RecordedVenueData.Json(text);
        recorded = recorded.TryGetProperty("event", out var inner) ? inner : recorded;
        await using var venue = await LoopbackVenue.StartAsync(context => AcceptUserAsync(context, [Wrapped(recorded.GetRawText())]));

        var report = Report((await ReadAsync(UserStream(venue), 2))[1]);

        Assert.Equal(
            (Text("s"), Text("c"), Text("S"), Text("o"), Text("f"), Text("x"), Text("X"), Text("r")),
            (report.VenueSymbol, report.OrderClientOrderId, BinanceJson.Text(report.Side), BinanceJson.Text(report.Type),
                BinanceJson.Text(report.TimeInForce), BinanceJson.Text(report.ExecutionType), BinanceJson.Text(report.Status),
                report.RejectReason));
        Assert.Equal(
            (Exact("q"), Exact("p"), Exact("z"), recorded.GetProperty("i").GetInt64(), recorded.GetProperty("T").GetInt64()),
            (report.Quantity.Value, report.Price!.Value.Value, report.Filled.Value, report.OrderId,
                report.TransactTime.ToUnixTimeMilliseconds()));

        string Text(string name) => recorded.GetProperty(name).GetString()!;

        decimal Exact(string name) => decimal.Parse(Text(name), System.Globalization.CultureInfo.InvariantCulture);
    }

    [Fact, Reads(
        "nautilus/venue-payloads/binance/spot/user_data_json/account_position.json",
        "nautilus/venue-payloads/binance/spot/user_data_json/balance_update.json",
        "binance-net/Subscriptions/Spot/Account/AccountPosition.txt",
        "binance-net/Subscriptions/Spot/Account/Balance.txt",
        "binance-net/Subscriptions/Spot/Account/OcoOrder.txt")]
    public async Task Recorded_balances_are_read_as_they_are_and_single_movements_passed_over()
    {
        string[] recorded =
        [
            Wrapped(RecordedVenueData.Payload("user_data_json/balance_update")),
            RecordedVenueData.Subscription("Account/Balance"),
            RecordedVenueData.Subscription("Account/OcoOrder"),
            Wrapped(RecordedVenueData.Payload("user_data_json/account_position")),
            RecordedVenueData.Subscription("Account/AccountPosition"),
        ];
        await using var venue = await LoopbackVenue.StartAsync(context => AcceptUserAsync(context, recorded));

        var reports = await ReadAsync(UserStream(venue), 3);

        Assert.Equal(
            [
                new BinancePositionBalance("USDT", Quantity.From(10000), Quantity.From(2500)),
                new BinancePositionBalance("ETH", Quantity.From(5), Quantity.Zero),
            ],
            Position(reports[1]).Balances);
        Assert.Equal([new BinancePositionBalance("ETH", Quantity.From(10000), Quantity.Zero)], Position(reports[2]).Balances);

        static BinanceAccountPosition Position(User happened) =>
            Assert.IsType<BinanceAccountPosition>(Assert.IsType<User.Received>(happened).Value);
    }

    [Fact]
    public async Task Subscription_is_signed_over_its_sorted_parameters()
    {
        var request = new TaskCompletionSource<string>();
        await using var venue = await LoopbackVenue.StartAsync(
            context => AcceptUserAsync(context, [], request.SetResult));

        await ReadAsync(UserStream(venue), 1);

        using var sent = JsonDocument.Parse(await request.Task);
        var parameters = sent.RootElement.GetProperty("params");
        Assert.Equal("userDataStream.subscribe.signature", sent.RootElement.GetProperty("method").GetString());
        Assert.Equal(1499827319559, parameters.GetProperty("timestamp").GetInt64());
        Assert.Equal(
            MarketsHost.Credentials()!
                .Sign($"apiKey={MarketsHost.ApiKey}&timestamp=1499827319559"),
            parameters.GetProperty("signature").GetString());
    }

    [Fact]
    public async Task Refused_subscription_is_told_in_the_venues_words_and_tried_again()
    {
        await using var venue = await LoopbackVenue.StartAsync(async context =>
        {
            using var socket = await context.WebSockets.AcceptWebSocketAsync();
            await ReceiveAsync(socket);
            await SendAsync(socket, """{"id":"user-stream","status":400,"error":{"code":-2015,"msg":"Invalid API-key."}}""");
            await ReceiveAsync(socket);
        });

        var events = await ReadAsync(UserStream(venue), 2);

        Assert.All(events, happened => Assert.Equal(
            "Subscription refused: Invalid API-key.", Assert.IsType<User.Disconnected>(happened).Reason));
    }

    [Theory]
    [InlineData("{\"subscriptionId\":0,\"event\":{\"e\":\"executionReport\",\"s\":\"BTCUSDT\"}}")]
    [InlineData("{\"subscriptionId\":0,\"event\":{\"e\":\"eventStreamTerminated\",\"E\":1}}")]
    [InlineData("no json")]
    public async Task Report_that_cannot_be_read_ends_the_connection_so_that_the_reader_reconciles(string message)
    {
        await using var venue = await LoopbackVenue.StartAsync(context => AcceptUserAsync(context, [message]));

        var events = await ReadAsync(UserStream(venue), 3);

        Assert.IsType<User.Connected>(events[0]);
        Assert.IsType<User.Disconnected>(events[1]);
        Assert.IsType<User.Connected>(events[2]);
    }

    [Fact, Reads(
        "binance-net/Subscriptions/Spot/ExchangeData/Trades.txt",
        "binance-net/Subscriptions/Spot/ExchangeData/BookTicker.txt",
        "binance-net/Subscriptions/Spot/ExchangeData/Klines.txt",
        "binance-net/Subscriptions/Spot/ExchangeData/MiniTicker.txt")]
    public async Task Recorded_market_messages_are_read()
    {
        string[] recorded =
        [
            RecordedVenueData.Subscription("ExchangeData/Trades"),
            RecordedVenueData.Subscription("ExchangeData/BookTicker").Replace("BNBUSDT", "BNBBTC", StringComparison.Ordinal),
            RecordedVenueData.Subscription("ExchangeData/Klines").Replace("kline_8h", "kline_1m", StringComparison.Ordinal),
            RecordedVenueData.Subscription("ExchangeData/MiniTicker"),
            """
            {"stream":"bnbbtc@depth@100ms","data":{"e":"depthUpdate","E":1672515782136,"s":"BNBBTC","U":157,"u":160,
             "b":[["0.0024","10"]],"a":[["0.0026","0"]]}}
            """,
        ];
        await using var venue = await LoopbackVenue.StartAsync(context => AcceptMarketAsync(context, recorded));

        var heard = await HearAsync(venue, sink => sink.Depths.Count == 1);

        var at = DateTimeOffset.FromUnixTimeMilliseconds(1672515782136);
        Assert.Equal(
            new PublicTrade(12345, Price.From(0.001m), Quantity.From(100), TakerSide.Sell, at),
            Assert.Single(heard.Trades).Trade);
        Assert.Equal(
            new VenueQuote(
                Price.From(25.3519m), Quantity.From(31.21m), Price.From(25.3652m), Quantity.From(40.66m), VenueTime: null),
            Assert.Single(heard.Quotes).Quote);
        Assert.Equal(Price.From(0.002m), Assert.Single(heard.Bars).Candle.Close);
        var difference = Assert.Single(heard.Depths);
        Assert.Equal((157L, 160L, false), (difference.FirstUpdateId, difference.LastUpdateId, difference.IsSnapshot));
        Assert.Equal([new BookLevel(Price.From(0.0024m), Quantity.From(10))], difference.Bids);
        Assert.Equal([new BookLevel(Price.From(0.0026m), Quantity.Zero)], difference.Asks);
        Assert.Equal(
            "/stream?streams=bnbbtc@depth@100ms/bnbbtc@trade/bnbbtc@bookTicker/bnbbtc@kline_1m/bnbbtc@ticker",
            venue.Calls.First().Target);
    }

    [Fact, Reads(
        "binance-net/Subscriptions/Spot/ExchangeData/Ticker.txt",
        "binance-net/Subscriptions/Spot/ExchangeData/RollingWindowTicker.txt",
        "binance-net/Subscriptions/Spot/ExchangeData/AggregatedTrades.txt")]
    public async Task Recorded_day_is_read_and_what_nobody_subscribed_to_is_passed_over()
    {
        string[] recorded =
        [
            RecordedVenueData.Subscription("ExchangeData/RollingWindowTicker"),
            RecordedVenueData.Subscription("ExchangeData/AggregatedTrades"),
            RecordedVenueData.Subscription("ExchangeData/Ticker"),
        ];
        await using var venue = await LoopbackVenue.StartAsync(context => AcceptMarketAsync(context, recorded));

        var heard = await HearAsync(venue, sink => !sink.Days.IsEmpty);

        Assert.Equal(
            new DaySummary(
                Price.From(0.0025m), Price.From(0.0024m), Quantity.From(10), Price.From(0.0026m), Quantity.From(100),
                Price.From(0.001m), Price.From(0.0025m), Price.From(0.001m), Quantity.From(10000), Notional.From(18),
                DateTimeOffset.FromUnixTimeMilliseconds(1672515782136)),
            Assert.Single(heard.Days).Day);
        Assert.Empty(heard.Trades);
    }

    [Fact]
    public async Task Connection_that_the_venue_closes_or_drops_is_made_again()
    {
        var connections = 0;
        await using var venue = await LoopbackVenue.StartAsync(async context =>
        {
            using var socket = await context.WebSockets.AcceptWebSocketAsync();
            if (Interlocked.Increment(ref connections) % 2 == 0)
                context.Abort();
            else
                await socket.CloseAsync(WebSocketCloseStatus.EndpointUnavailable, "", Cancel);
        });

        // One that is dropped at once may never have been whole: then only its loss is told.
        await HearAsync(venue, sink => sink.Connects >= 2 && sink.Losses.Count >= 2);
    }

    [Fact]
    public async Task Connection_on_which_nothing_comes_is_given_up_and_made_again()
    {
        await using var venue = await LoopbackVenue.StartAsync(context => AcceptMarketAsync(context, []));

        var heard = await HearAsync(
            venue, sink => sink.Connects >= 2, ("Platform:Venue:Silence", "00:00:00.3"));

        Assert.StartsWith("Nothing came for", heard.Losses.First(), StringComparison.Ordinal);
    }

    private static async Task<HearingSink> HearAsync(
        LoopbackVenue venue, Func<HearingSink, bool> isEnough, params (string Name, string Value)[] settings)
    {
        using var host = MarketsHost.For(venue.Address, settings: settings);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var sink = new HearingSink();
        var streaming = MarketsHost.MarketData(host).StreamAsync(
            [MarketsHost.Listed("BNB-BTC", "BNBBTC")], sink, ending.Token);
        await Eventually.IsTrueAsync(
            "enough was heard", TimeSpan.FromSeconds(60), _ => Task.FromResult(isEnough(sink)), Cancel);
        await ending.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => streaming);
        return sink;
    }

    private static IAsyncEnumerable<User> UserStream(LoopbackVenue venue) =>
        MarketsHost.UserStream(HostFor(venue).Services).ReadAsync(Cancel);

    private static IHost HostFor(LoopbackVenue venue) => MarketsHost.For(venue.Address);

    private static async Task<List<StreamEvent<T>>> ReadAsync<T>(IAsyncEnumerable<StreamEvent<T>> stream, int count)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        deadline.CancelAfter(TimeSpan.FromSeconds(60));
        var events = new List<StreamEvent<T>>();
        await foreach (var happened in stream.WithCancellation(deadline.Token))
        {
            events.Add(happened);
            if (events.Count == count)
                break;
        }

        return events;
    }

    private static BinanceExecutionReport Report(User happened) =>
        Assert.IsType<BinanceExecutionReport>(Assert.IsType<User.Received>(happened).Value);

    private static string Wrapped(string report) => $$"""{"subscriptionId":0,"event":{{report}}}""";

    private static async Task AcceptUserAsync(
        HttpContext context, IEnumerable<string> messages, Action<string>? onRequest = null)
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        onRequest?.Invoke(await ReceiveAsync(socket));
        if (onRequest is null)
            await ReceiveAsync(socket);
        await SendAsync(socket, """{"id":"user-stream","status":200,"result":{"subscriptionId":0}}""");
        foreach (var message in messages)
            await SendAsync(socket, message);
        await ReceiveAsync(socket);
    }

    private static async Task AcceptMarketAsync(HttpContext context, IEnumerable<string> messages)
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        foreach (var message in messages)
            await SendAsync(socket, message);
        await ReceiveAsync(socket);
    }

    private static Task SendAsync(WebSocket socket, string message) => socket.SendAsync(
        Encoding.UTF8.GetBytes(message), WebSocketMessageType.Text, endOfMessage: true, Cancel);

    /// <summary>The next message; empty once the other side is gone.</summary>
    private static async Task<string> ReceiveAsync(WebSocket socket)
    {
        var buffer = new byte[4096];
        try
        {
            var read = await socket.ReceiveAsync(buffer, Cancel);
            return Encoding.UTF8.GetString(buffer, 0, read.Count);
        }
        catch (WebSocketException)
        {
            return string.Empty;
        }
    }
}
