using System.Globalization;
using System.Text.Json;

namespace Platform.PaperVenue.Tests.Protocol;

public sealed class WatchStreams(SharedVenue shared) : IClassFixture<SharedVenue>
{
    private readonly RunningVenue venue = shared.Venue;

    [Fact]
    public async Task User_hears_of_each_step_of_an_order_and_of_the_balances_after_it()
    {
        using var api = await Conversation.OpenAsync(venue.Address, "/ws-api/v3");
        await api.SayAsync(Signed("1", "userDataStream.subscribe.signature"));
        await api.HearAsync(message => message.TryGetProperty("result", out _));

        await venue.Client.PlaceAsync(VenueClient.Limit("BUY", "0.001", "30000", "mine"));
        var placed = Conversation.Inner(await api.HearEventAsync("executionReport"));
        var balances = Conversation.Inner(await api.HearEventAsync("outboundAccountPosition"));
        await venue.Client.SignedAsync(
            HttpMethod.Delete, "order", new() { ["symbol"] = "BTCUSDT", ["origClientOrderId"] = "mine" });
        var canceled = Conversation.Inner(await api.HearEventAsync("executionReport"));

        Assert.Equal(("NEW", "mine"), (Text(placed, "x"), Text(placed, "c")));
        Assert.Equal("30.00000000", Text(balances.GetProperty("B")[0], "l"));
        Assert.Equal(("CANCELED", "mine"), (Text(canceled, "x"), Text(canceled, "C")));
    }

    [Fact]
    public async Task Orders_may_be_placed_over_the_websocket_api_too()
    {
        using var api = await Conversation.OpenAsync(venue.Address, "/ws-api/v3");
        await api.SayAsync(Signed(
            "7", "order.place", ("symbol", "BTCUSDT"), ("side", "BUY"), ("type", "MARKET"), ("quantity", "0.001")));

        var answer = await api.HearAsync(message => message.TryGetProperty("id", out _));

        Assert.Equal("7", Text(answer, "id"));
        Assert.Equal("FILLED", Text(answer.GetProperty("result"), "status"));
    }

    [Fact]
    public async Task Bad_message_to_the_websocket_api_is_refused_and_the_connection_lives()
    {
        using var api = await Conversation.OpenAsync(venue.Address, "/ws-api/v3");
        await api.SayAsync("{");
        var malformed = await api.HearAsync(_ => true);
        await api.SayAsync("""{"id":"2","method":"order.place","params":{"symbol":"BTCUSDT"}}""");
        var keyless = await api.HearAsync(_ => true);
        await api.SayAsync("""{"id":3,"method":"time"}""");
        var time = await api.HearAsync(_ => true);

        Assert.Equal(400, malformed.GetProperty("status").GetInt32());
        Assert.Equal(-2014, keyless.GetProperty("error").GetProperty("code").GetInt32());
        Assert.Equal(3, time.GetProperty("id").GetInt32());
        Assert.True(time.GetProperty("result").GetProperty("serverTime").GetInt64() > 0);
    }

    [Theory]
    [InlineData("btcusdt@trade", "trade")]
    [InlineData("btcusdt@aggTrade", "aggTrade")]
    [InlineData("btcusdt@depth", "depthUpdate")]
    [InlineData("btcusdt@depth@100ms", "depthUpdate")]
    [InlineData("btcusdt@kline_1m", "kline")]
    [InlineData("btcusdt@miniTicker", "24hrMiniTicker")]
    [InlineData("btcusdt@ticker", "24hrTicker")]
    [InlineData("btcusdt@ticker_1h", "1hTicker")]
    [InlineData("btcusdt@avgPrice", "avgPrice")]
    public async Task Stream_speaks_by_its_path(string stream, string type)
    {
        using var watching = await Conversation.OpenAsync(venue.Address, $"/ws/{stream}");

        Assert.Equal("BTCUSDT", Text(await watching.HearEventAsync(type), "s"));
    }

    [Fact]
    public async Task Combined_stream_wraps_and_takes_live_subscriptions()
    {
        using var watching = await Conversation.OpenAsync(venue.Address, "/stream?streams=btcusdt@bookTicker");
        await watching.SayAsync(
            """{"method":"SUBSCRIBE","params":["!miniTicker@arr","ethusdt@depth5@100ms"],"id":9}""");

        var acknowledged = await watching.HearAsync(message => message.TryGetProperty("id", out _));
        var all = await watching.HearAsync(message => IsOf(message, "!miniTicker@arr"));
        var partial = await watching.HearAsync(message => IsOf(message, "ethusdt@depth5@100ms"));
        await watching.HearAsync(message => IsOf(message, "btcusdt@bookTicker"));
        await watching.SayAsync("""{"method":"UNSUBSCRIBE","params":["!miniTicker@arr"],"id":10}""");
        await watching.HearAsync(message => message.TryGetProperty("id", out _));
        await watching.SayAsync("""{"method":"LIST_SUBSCRIPTIONS","id":11}""");
        var left = await watching.HearAsync(message => message.TryGetProperty("id", out _));

        Assert.Equal(JsonValueKind.Null, acknowledged.GetProperty("result").ValueKind);
        Assert.Equal(PaperVenue.Matching.Instrument.Listed.Count, all.GetProperty("data").GetArrayLength());
        Assert.Equal(5, partial.GetProperty("data").GetProperty("bids").GetArrayLength());
        Assert.Equal(2, left.GetProperty("result").GetArrayLength());
    }

    [Fact]
    public async Task Snapshot_and_the_changes_after_it_make_the_book()
    {
        using var watching = await Conversation.OpenAsync(venue.Address, "/ws/btcusdt@depth@100ms");
        var first = await watching.HearEventAsync("depthUpdate");
        var book = Levels((await venue.Client.GetAsync("depth?symbol=BTCUSDT&limit=5000")).Body, "bids", out var at);
        Apply(book, first, ref at);
        for (var i = 0; i < 15; i++)
            Apply(book, await watching.HearEventAsync("depthUpdate"), ref at);

        // The newest snapshot may be ahead of what was heard: listen until it is reached.
        var later = Levels((await venue.Client.GetAsync("depth?symbol=BTCUSDT&limit=5000")).Body, "bids", out var goal);
        while (at < goal)
        {
            var update = await watching.HearEventAsync("depthUpdate");
            if (update.GetProperty("u").GetInt64() > goal)
            {
                later = Levels((await venue.Client.GetAsync("depth?symbol=BTCUSDT&limit=5000")).Body, "bids", out goal);
            }
            Apply(book, update, ref at);
        }
        Assert.Equal(later, book);
    }

    private static void Apply(SortedDictionary<decimal, decimal> book, JsonElement update, ref long at)
    {
        if (update.GetProperty("u").GetInt64() <= at)
            return;
        Assert.True(update.GetProperty("U").GetInt64() <= at + 1, "a change is missing");
        foreach (var level in update.GetProperty("b").EnumerateArray())
        {
            var (price, quantity) = Level(level);
            if (quantity == 0)
                book.Remove(price);
            else
                book[price] = quantity;
        }
        at = update.GetProperty("u").GetInt64();
    }

    private static SortedDictionary<decimal, decimal> Levels(JsonElement depth, string side, out long at)
    {
        at = depth.GetProperty("lastUpdateId").GetInt64();
        return new(depth.GetProperty(side).EnumerateArray().Select(Level).ToDictionary(l => l.Price, l => l.Quantity));
    }

    private static (decimal Price, decimal Quantity) Level(JsonElement level) => (
        decimal.Parse(level[0].GetString()!, CultureInfo.InvariantCulture),
        decimal.Parse(level[1].GetString()!, CultureInfo.InvariantCulture));

    private static bool IsOf(JsonElement message, string stream) =>
        message.TryGetProperty("stream", out var name) && name.ValueEquals(stream);

    private static string Text(JsonElement message, string name) => message.GetProperty(name).GetString()!;

    private string Signed(string id, string method, params (string Name, string Value)[] parameters)
    {
        var named = parameters.ToDictionary(p => p.Name, p => p.Value);
        var all = new SortedDictionary<string, string>(named, StringComparer.Ordinal)
        {
            ["apiKey"] = venue.Client.ApiKey,
            ["timestamp"] = VenueClient.Now.ToString(CultureInfo.InvariantCulture),
        };
        all["signature"] = venue.Client.Sign(string.Join('&', all.Select(pair => $"{pair.Key}={pair.Value}")));
        return JsonSerializer.Serialize(new { id, method, @params = all });
    }
}
