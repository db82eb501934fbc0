using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Platform.Domain.Markets;
using Platform.Domain.Values;
using Platform.Tests.Support;
using Platform.Workers.Markets.Venues;
using Platform.Workers.Markets.Venues.Coinbase;

namespace Platform.Workers.Tests.Markets.Venues.Coinbase;

using static RecordedPayload;

/// <summary>What Coinbase sends on its streams is told in our words; the payloads are recorded ones.</summary>
public sealed class CoinbaseStreamPayloadTests
{
    private static readonly Instrument Btc = MarketsHost.Listed("BTC-USD", "BTC-USD", "coinbase");

    [Fact, Reads(
        "nautilus/venue-payloads/coinbase/ws_l2_data_snapshot.json", "nautilus/venue-payloads/coinbase/ws_l2_data_update.json")]
    public void Recorded_book_and_its_change_are_told()
    {
        var heard = Heard(Bytes("coinbase", "ws_l2_data_snapshot"), Bytes("coinbase", "ws_l2_data_update"));

        HeardDepth[] depths = [.. heard.Depths];
        Assert.Equal([(true, 0L), (false, 1L)], depths.Select(depth => (depth.IsSnapshot, depth.LastUpdateId)));
        Assert.Equal([Level(68900, 1.5m), Level(68899.5m, 0.75m), Level(68899, 2.3m)], depths[0].Bids);
        Assert.Equal([Level(68901, 0.5m), Level(68901.5m, 1.2m), Level(68902, 0.8m)], depths[0].Asks);
        Assert.Equal([Level(68900, 2)], depths[1].Bids);
        Assert.Equal([Level(68901, 0)], depths[1].Asks);
        Assert.Equal(new DateTimeOffset(2026, 4, 7, 14, 30, 1, TimeSpan.Zero).AddTicks(4567890), depths[1].VenueTime);

        var book = HeardBook.Of(new(BookSequence.None), depths).Top(1);
        Assert.Equal((Level(68900, 2), Level(68901.5m, 1.2m)), (book.Bids[0], book.Asks[0]));
    }

    [Fact, Reads("nautilus/venue-payloads/coinbase/ws_market_trades.json")]
    public void Recorded_trades_are_told_by_who_took()
    {
        var heard = Heard(Bytes("coinbase", "ws_market_trades"));

        Assert.Equal(
            [
                (Btc, new PublicTrade(
                    995098700, Price.From(68900.5m), Quantity.From(0.0015m), TakerSide.Sell,
                    new DateTimeOffset(2026, 4, 7, 14, 30, 2, TimeSpan.Zero).AddTicks(7890120))),
                (Btc, new PublicTrade(
                    995098701, Price.From(68900), Quantity.From(0.05m), TakerSide.Buy,
                    new DateTimeOffset(2026, 4, 7, 14, 30, 2, TimeSpan.Zero).AddTicks(8000000))),
            ],
            heard.Trades);
    }

    [Fact]
    public void Trades_of_a_message_are_told_oldest_first_and_those_before_the_subscription_not_at_all()
    {
        var heard = Heard(
            Trades(1, "snapshot", 41, 40), Trades(2, "update", 44, 43, 42), Trades(3, "update", 45), Trades(4, "snapshot", 45, 44));

        Assert.Equal([42L, 43, 44, 45], heard.Trades.Select(told => told.Trade.Id));

        static byte[] Trades(int number, string type, params IEnumerable<int> ids) => JsonSerializer.SerializeToUtf8Bytes(new
        {
            channel = "market_trades",
            sequence_num = number,
            events = new[]
            {
                new
                {
                    type,
                    trades = ids.Select(id => new
                    {
                        trade_id = $"{id}", product_id = "BTC-USD", price = "68900.50", size = "0.0015", side = "BUY",
                        time = "2026-04-07T14:30:02.789012Z",
                    }),
                },
            },
        });
    }

    [Fact, Reads("nautilus/venue-payloads/coinbase/ws_ticker.json")]
    public void Recorded_quote_is_told()
    {
        var (instrument, quote) = Assert.Single(Heard(Bytes("coinbase", "ws_ticker")).Quotes);

        Assert.Same(Btc, instrument);
        Assert.Equal(new(Price.From(68900), Quantity.From(1.5m), Price.From(68901), Quantity.From(0.5m), null), quote);
    }

    [Fact, Reads("nautilus/venue-payloads/coinbase/ws_candles.json")]
    public void Recorded_bar_of_five_minutes_is_told() => Assert.Equal(
        (Btc, CandleInterval.FiveMinutes, new Candle(
            At(1775521800000), Price.From(68900), Price.From(68950), Price.From(68850), Price.From(68920.5m),
            Quantity.From(42.15m))),
        Assert.Single(Heard(Bytes("coinbase", "ws_candles")).Bars));

    [Fact, Reads(
        "nautilus/venue-payloads/coinbase/ws_heartbeats.json", "nautilus/venue-payloads/coinbase/ws_subscriptions.json")]
    public void Recorded_words_about_the_connection_are_passed_over_and_counted()
    {
        var sink = new HearingSink();
        var stream = new CoinbaseStream(new("ws://localhost"), [Btc]);

        stream.Read(Bytes("coinbase", "ws_heartbeats"), sink);
        stream.Read(Bytes("coinbase", "ws_subscriptions"), sink);
        // Both are number 0: the next may be number 1 alone.
        Assert.Throws<WebSocketException>(() => stream.Read("""{"channel":"heartbeats","sequence_num":2,"events":[]}"""u8, sink));
        stream.Restart();
        stream.Read("""{"channel":"heartbeats","sequence_num":2,"events":[]}"""u8, sink);

        Assert.Empty(sink.Depths);
    }

    [Fact, Reads("nautilus/venue-payloads/coinbase/ws_market_trades.json")]
    public void Message_that_comes_twice_is_told_once() => Assert.Equal(
        2, Heard(Bytes("coinbase", "ws_market_trades"), Bytes("coinbase", "ws_market_trades")).Trades.Count);

    [Fact, Reads("nautilus/venue-payloads/coinbase/ws_user.json")]
    public void Recorded_order_is_told()
    {
        var report = Assert.IsType<VenueUserReport.OfOrder>(Assert.Single(
            new CoinbaseUserStream(WireLinks.Of("coinbase")).Read(Bytes("coinbase", "ws_user"))));

        Assert.Empty(report.Order.Fills);
        Assert.Equal(
            new(
                "BTC-USD", "a1b2c3d4-e5f6-7890-abcd-ef1234567890", "11111-000000-000001", VenueOrderStatus.New, VenueSide.Buy,
                VenueOrderType.Limit, null, Quantity.From(0.001m), Quantity.Zero, null, report.Order.Fills,
                new DateTimeOffset(2026, 4, 7, 14, 30, 6, TimeSpan.Zero)),
            report.Order);
    }

    [Fact]
    public void Missing_message_ends_the_connection_of_the_account_too()
    {
        var stream = new CoinbaseUserStream(WireLinks.Of("coinbase"));
        stream.Read("""{"channel":"heartbeats","sequence_num":4,"events":[]}"""u8.ToArray());

        Assert.Throws<WebSocketException>(() =>
            stream.Read("""{"channel":"heartbeats","sequence_num":6,"events":[]}"""u8.ToArray()));
    }

    [Fact]
    public void Refused_subscription_ends_the_connection() => Assert.Equal(
        "Refused: authentication failure",
        Assert.Throws<WebSocketException>(() => Heard("""{"type":"error","message":"authentication failure"}"""u8.ToArray())).Message);

    [Theory]
    [InlineData("[]")]
    [InlineData("""{"channel":"l2_data","sequence_num":1,"events":{}}""")]
    [InlineData("""{"channel":"l2_data","sequence_num":1,"events":[{"product_id":"BTC-USD","updates":[{"side":"bid","price_level":"x"}]}]}""")]
    [InlineData("""{"channel":"market_trades","sequence_num":1,"events":[{"trades":[{"price":"0"}]}]}""")]
    [InlineData("""{"channel":"market_trades","sequence_num":1,"events":[{"trades":[{"time":"soon"}]}]}""")]
    public void Message_that_is_not_as_documented_is_refused(string message) =>
        Assert.ThrowsAny<JsonException>(() => Heard(Encoding.UTF8.GetBytes(message)));

    [Fact]
    public void Markets_that_share_the_book_of_another_are_not_asked_for()
    {
        Instrument[] instruments =
        [
            Btc, MarketsHost.Listed("BTC-USDC", "BTC-USDC", "coinbase"), MarketsHost.Listed("USDT-USDC", "USDT-USDC", "coinbase"),
        ];

        var connection = Assert.Single(CoinbaseStream.For(WireLinks.Of("coinbase"), instruments));

        Assert.Equal(5, connection.Subscriptions.Count);
        Assert.All(connection.Subscriptions.Skip(1), request => Assert.Equal(
            ["BTC-USD", "USDT-USDC"],
            JsonDocument.Parse(request).RootElement.GetProperty("product_ids").EnumerateArray().Select(name => name.GetString())));
    }

    private static HearingSink Heard(params IReadOnlyList<byte[]> messages)
    {
        var sink = new HearingSink();
        var stream = new CoinbaseStream(new("ws://localhost"), [Btc]);
        foreach (var message in messages)
            stream.Read(message, sink);
        return sink;
    }
}
