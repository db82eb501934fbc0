using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Platform.Domain.Markets;
using Platform.Domain.Values;
using Platform.Tests.Support;
using Platform.Workers.Markets.Venues;
using Platform.Workers.Markets.Venues.Bybit;

namespace Platform.Workers.Tests.Markets.Venues.Bybit;

using static RecordedPayload;

/// <summary>What Bybit sends on its streams is told in our words; the book is recorded, the rest are examples of the documentation.</summary>
public sealed class BybitStreamPayloadTests
{
    private static readonly Instrument Xrp = MarketsHost.Listed("XRP-USDT", "XRPUSDT", "bybit");
    private static readonly Instrument Btc = MarketsHost.Listed("BTC-USDT", "BTCUSDT", "bybit");
    private static readonly Instrument BtcUsd = MarketsHost.Listed("BTC-USD", "BTCUSD", "bybit") with
    {
        Kind = InstrumentKind.Perpetual,
        Derivative = new(1, IsInverse: true, Asset.From("BTC")),
    };

    [Fact, Reads("nautilus/bybit-xrpusdt-orderbook500-20241201-first30.jsonl")]
    public async Task Recorded_book_is_told_as_the_recording_says_and_stays_one_book()
    {
        var lines = await File.ReadAllLinesAsync(
            RecordedMarketData.Path("nautilus", "bybit-xrpusdt-orderbook500-20241201-first30.jsonl"),
            TestContext.Current.CancellationToken);
        var depths = Heard(lines).Depths;

        Assert.Equal(30, depths.Count);
        foreach (var (line, depth) in lines.Zip(depths))
        {
            var recorded = BybitPayloadTests.Parse(line);
            var data = recorded.GetProperty("data");
            Assert.Equal(recorded.GetProperty("type").GetString() is "snapshot", depth.IsSnapshot);
            Assert.Equal(data.GetProperty("u").GetInt64(), depth.LastUpdateId);
            Assert.Equal(recorded.GetProperty("ts").GetInt64(), depth.VenueTime?.ToUnixTimeMilliseconds());
            Assert.Equal(LevelsOf(data.GetProperty("b")), depth.Bids);
            Assert.Equal(LevelsOf(data.GetProperty("a")), depth.Asks);
        }

        var book = HeardBook.Of(new(BookSequence.ByOne), depths);
        Assert.Equal((BookState.Synced, NaiveBest(lines)), (book.State, (book.Top(1).Bids[0], book.Top(1).Asks[0])));
    }

    [Fact]
    public void Trades_are_told() => Assert.Equal(
        [
            (Btc, new PublicTrade(2290000000061666327, Price.From(16578.5m), Quantity.From(0.001m), TakerSide.Buy, At(1672304486865))),
            (Btc, new PublicTrade(
                unchecked((long)(System.IO.Hashing.XxHash3.HashToUInt64("20f43950-d8dd-5b31-9112-a178eb6023af"u8) & long.MaxValue)),
                Price.From(16578), Quantity.From(2), TakerSide.Sell, At(1672304486866))),
        ],
        Heard(
            """
            {"topic":"publicTrade.BTCUSDT","type":"snapshot","ts":1672304486868,"data":[
             {"T":1672304486865,"s":"BTCUSDT","S":"Buy","v":"0.001","p":"16578.50","L":"PlusTick","i":"2290000000061666327","BT":false},
             {"T":1672304486866,"s":"BTCUSDT","S":"Sell","v":"2","p":"16578","i":"20f43950-d8dd-5b31-9112-a178eb6023af","BT":false}]}
            """).Trades);

    [Fact]
    public void Best_levels_are_told_with_the_side_that_did_not_change()
    {
        var quotes = Heard(
            """{"topic":"orderbook.1.BTCUSDT","type":"snapshot","ts":1,"data":{"s":"BTCUSDT","b":[["100","1"]],"a":[["101","2"]],"u":1}}""",
            """{"topic":"orderbook.1.BTCUSDT","type":"delta","ts":2,"data":{"s":"BTCUSDT","b":[],"a":[["101","0"],["100.5","3"]],"u":2}}""",
            """{"topic":"orderbook.1.BTCUSDT","type":"delta","ts":3,"data":{"s":"BTCUSDT","b":[["100","0"]],"a":[],"u":3}}""")
            .Quotes.Select(heard => heard.Quote);

        Assert.Equal(
            [
                new(Price.From(100), Quantity.From(1), Price.From(101), Quantity.From(2), At(1)),
                new(Price.From(100), Quantity.From(1), Price.From(100.5m), Quantity.From(3), At(2)),
                new(null, default, Price.From(100.5m), Quantity.From(3), At(3)),
            ],
            quotes);
    }

    [Fact]
    public void Day_of_a_contract_is_put_together_from_what_changed()
    {
        var days = Heard(
            """
            {"topic":"tickers.BTCUSD","type":"snapshot","ts":1,"data":{"symbol":"BTCUSD","lastPrice":"17216.00","prevPrice24h":"16464.50",
             "highPrice24h":"30912.50","lowPrice24h":"15700.00","turnover24h":"2352.9","volume24h":"49337318","bid1Price":"17215.50",
             "bid1Size":"84489","ask1Price":"17216.00","ask1Size":"83020"}}
            """,
            """{"topic":"tickers.BTCUSD","type":"delta","ts":2,"data":{"symbol":"BTCUSD","lastPrice":"17217"}}""")
            .Days.Select(heard => heard.Day).ToArray();

        Assert.Equal([Price.From(17216), Price.From(17217)], days.Select(day => day.Last!.Value));
        Assert.Equal(days[0] with { Last = Price.From(17217), At = At(2) }, days[1]);
        Assert.Equal((Quantity.From(2352.9m), Notional.From(49337318)), (days[1].Volume, days[1].QuoteVolume!.Value));
        Assert.Empty(Heard("""{"topic":"tickers.BTCUSD","type":"delta","ts":2,"data":{"symbol":"BTCUSD","lastPrice":"1"}}""").Days);
    }

    [Fact]
    public void Bars_are_told() => Assert.Equal(
        (Btc, CandleInterval.OneMinute, new Candle(
            At(1672324800000), Price.From(16649.5m), Price.From(16677), Price.From(16608), Price.From(16677), Quantity.From(2.081m))),
        Assert.Single(Heard(
            """
            {"topic":"kline.1.BTCUSDT","data":[{"start":1672324800000,"end":1672324859999,"interval":"1","open":"16649.5","close":"16677",
             "high":"16677","low":"16608","volume":"2.081","turnover":"34666.4005","confirm":false,"timestamp":1672324988882}],
             "ts":1672324988882,"type":"snapshot"}
            """).Bars));

    [Theory]
    [InlineData("""{"success":true,"ret_msg":"pong","conn_id":"c","op":"ping"}""")]
    [InlineData("""{"success":true,"ret_msg":"","conn_id":"c","req_id":"","op":"subscribe"}""")]
    [InlineData("""{"topic":"publicTrade.ETHUSDT","type":"snapshot","ts":1,"data":[{"p":"x"}]}""")]
    public void What_concerns_nobody_is_passed_over(string message) => Assert.Empty(Heard(message).Trades);

    [Fact]
    public void Refused_subscription_ends_the_connection() => Assert.Equal(
        "Refused: error:handler not found",
        Assert.Throws<WebSocketException>(() => Heard(
            """{"success":false,"ret_msg":"error:handler not found","conn_id":"c","op":"subscribe"}""")).Message);

    [Theory]
    [InlineData("[]")]
    [InlineData("""{"topic":"publicTrade.BTCUSDT","data":[{"p":"0"}]}""")]
    [InlineData("""{"topic":"orderbook.200.BTCUSDT","data":{"b":[["1"]]}}""")]
    [InlineData("""{"topic":"orderbook.200.BTCUSDT","data":[]}""")]
    public void Message_that_is_not_as_documented_is_refused(string message) =>
        Assert.ThrowsAny<JsonException>(() => Heard(message));

    [Fact]
    public void Each_category_has_a_connection_of_its_own_and_ten_topics_go_into_a_request()
    {
        var connections = BybitStream.For(WireLinks.Of("bybit"), [Btc, Xrp, BtcUsd]);

        Assert.Equal(2, connections.Count);
        Assert.Equal([1, 1], connections.Select(connection => connection.Subscriptions.Count));
        Assert.Equal(
            """{"op":"subscribe","args":["publicTrade.BTCUSD","orderbook.200.BTCUSD","orderbook.1.BTCUSD","tickers.BTCUSD","kline.1.BTCUSD"]}""",
            connections[1].Subscriptions[0]);
    }

    [Fact]
    public void Orders_and_balances_of_the_account_are_told()
    {
        var stream = new BybitUserStream(WireLinks.Of("bybit"));

        var order = Assert.IsType<VenueUserReport.OfOrder>(Assert.Single(stream.Read(
            """
            {"id":"1","topic":"order","creationTime":1672364262474,"data":[{"symbol":"ETHUSDT","orderId":"5cf98598","side":"Sell",
             "orderType":"Market","cancelType":"UNKNOWN","price":"72.5","qty":"1","timeInForce":"IOC","orderStatus":"Filled",
             "orderLinkId":"mine","cumExecQty":"1","cumExecValue":"75","updatedTime":"1672364262457","rejectReason":"EC_NoError"}]}
            """u8.ToArray()))).Order;
        Assert.Equal(
            ("mine", VenueOrderStatus.Filled, Quantity.From(1), Notional.From(75), null),
            (order.ClientOrderId, order.Status, order.Filled, order.QuoteFilled!.Value, order.Reason));

        var balances = Assert.IsType<VenueUserReport.OfBalances>(Assert.Single(stream.Read(
            """
            {"id":"2","topic":"wallet","creationTime":1672364262482,"data":[{"accountType":"UNIFIED","coin":[
             {"coin":"USDC","walletBalance":"201.34882644","locked":"0"},{"coin":"BTC","walletBalance":"0.06488393","locked":"0.01"}]}]}
            """u8.ToArray()))).Balances;
        Assert.Equal(
            [new("USDC", Quantity.From(201.34882644m), Quantity.Zero), new("BTC", Quantity.From(0.05488393m), Quantity.From(0.01m))],
            balances);

        Assert.True(stream.IsAccepted("""{"success":true,"ret_msg":"","op":"auth","conn_id":"c"}"""u8));
        Assert.Throws<WebSocketException>(() => stream.IsAccepted("""{"success":false,"ret_msg":"expired","op":"auth"}"""u8));
    }

    private static BookLevel[] LevelsOf(JsonElement levels) =>
    [
        .. levels.EnumerateArray().Select(level => Level(
            decimal.Parse(level[0].GetString()!, System.Globalization.CultureInfo.InvariantCulture),
            decimal.Parse(level[1].GetString()!, System.Globalization.CultureInfo.InvariantCulture))),
    ];

    private static (BookLevel Bid, BookLevel Ask) NaiveBest(IEnumerable<string> lines)
    {
        var sides = new Dictionary<string, SortedDictionary<decimal, BookLevel>>(StringComparer.Ordinal) { ["b"] = [], ["a"] = [] };
        foreach (var data in lines.Select(line => BybitPayloadTests.Parse(line).GetProperty("data")))
            foreach (var (name, side) in sides)
                foreach (var level in LevelsOf(data.GetProperty(name)))
                    if (level.Quantity == Quantity.Zero)
                        side.Remove(level.Price.Value);
                    else
                        side[level.Price.Value] = level;
        return (sides["b"].Last().Value, sides["a"].First().Value);
    }

    private static HearingSink Heard(params IReadOnlyList<string> messages)
    {
        var sink = new HearingSink();
        var stream = new BybitStream(new("ws://localhost"), TimeSpan.FromSeconds(30), [Btc, Xrp, BtcUsd]);
        foreach (var message in messages)
            stream.Read(Encoding.UTF8.GetBytes(message), sink);
        return sink;
    }
}
