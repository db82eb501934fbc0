using System.IO.Hashing;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Platform.Domain.Markets;
using Platform.Domain.Values;
using Platform.Tests.Support;
using Platform.Workers.Markets.Venues.Okx;

namespace Platform.Workers.Tests.Markets.Venues.Okx;

using static RecordedPayload;

/// <summary>What OKX sends on its public streams is told in our words; the payloads are recorded ones.</summary>
public sealed class OkxStreamPayloadTests
{
    private static readonly Instrument Btc = MarketsHost.Listed("BTC-USDT", "BTC-USDT", "okx");
    private static readonly Instrument BtcUsd = MarketsHost.Listed("BTC-USD", "BTC-USD", "okx");

    [Fact, Reads("nautilus/venue-payloads/okx/ws_trades.json")]
    public void Recorded_trade_is_told() => Assert.Equal(
        (BtcUsd, new PublicTrade(130639474, Price.From(42219.9m), Quantity.From(0.12060306m), TakerSide.Buy, At(1630048897897))),
        Assert.Single(Heard("ws_trades").Trades));

    [Fact, Reads("nautilus/venue-payloads/okx/ws_bbo_tbt.json")]
    public void Recorded_quote_is_told()
    {
        var (instrument, quote) = Assert.Single(Heard("ws_bbo_tbt").Quotes);

        Assert.Same(Btc, instrument);
        Assert.Equal(
            new(Price.From(8476.97m), Quantity.From(256), Price.From(8476.98m), Quantity.From(415), At(1597026383085)), quote);
    }

    [Fact, Reads("nautilus/venue-payloads/okx/ws_books_snapshot.json", "nautilus/venue-payloads/okx/ws_books_update.json")]
    public void Recorded_book_and_its_change_are_told()
    {
        var snapshot = Assert.Single(Heard("ws_books_snapshot").Depths);
        var update = Assert.Single(Heard("ws_books_update").Depths);

        Assert.Equal((true, 123456L, null), (snapshot.IsSnapshot, snapshot.LastUpdateId, snapshot.PreviousUpdateId));
        Assert.Equal((false, 123457L, 123456L), (update.IsSnapshot, update.LastUpdateId, update.PreviousUpdateId));
        Assert.Equal(unchecked((uint)-855196043), snapshot.Checksum);
        Assert.Equal(At(1597026383085), snapshot.VenueTime);
        Assert.Equal((8, 8), (snapshot.Bids.Count, snapshot.Asks.Count));
        Assert.Equal([Level(8476.97m, 256), Level(8475.55m, 101)], snapshot.Bids.Take(2));
        Assert.Equal(Level(8506.96m, 100), snapshot.Asks[^1]);
    }

    [Fact, Reads("nautilus/venue-payloads/okx/ws_tickers.json")]
    public void Recorded_day_is_told() => Assert.Equal(
        new(
            Price.From(9999.99m), Price.From(8888.88m), Quantity.From(5), Price.From(9999.99m), Quantity.From(11),
            Price.From(9000), Price.From(10_000), Price.From(8888.88m), Quantity.From(2222), Notional.From(2222),
            At(1597026383085)),
        Assert.Single(Heard("ws_tickers").Days).Day);

    [Fact, Reads("nautilus/venue-payloads/okx/ws_candle.json")]
    public void Recorded_bar_is_told_when_it_is_of_a_minute()
    {
        // The venue's own days begin at 16:00 UTC: nobody asked for this one.
        var recorded = Encoding.UTF8.GetString(Bytes("okx", "ws_candle"));
        Assert.Empty(Heard(Encoding.UTF8.GetBytes(recorded)).Bars);

        var heard = Heard(Encoding.UTF8.GetBytes(recorded.Replace("candle1D", "candle1m", StringComparison.Ordinal)));

        Assert.Equal(
            (Btc, CandleInterval.OneMinute, new Candle(
                At(1597026383085), Price.From(8533.02m), Price.From(8553.74m), Price.From(8527.17m), Price.From(8548.26m),
                Quantity.From(45247))),
            Assert.Single(heard.Bars));
    }

    [Fact]
    public void Message_for_an_instrument_that_nobody_asked_for_is_passed_over() =>
        Assert.Empty(Heard("""{"arg":{"channel":"trades","instId":"X-Y"},"data":[{"instId":"X-Y","tradeId":"1"}]}"""u8).Trades);

    [Fact]
    public void Members_may_come_in_any_order()
    {
        var heard = Heard(
            """{"data":[{"ts":"5","side":"sell","sz":"2","px":"3","tradeId":"7"}],"arg":{"instId":"BTC-USDT","channel":"trades"}}"""u8);

        Assert.Equal(
            (Btc, new PublicTrade(7, Price.From(3), Quantity.From(2), TakerSide.Sell, At(5))), Assert.Single(heard.Trades));
    }

    [Fact]
    public void Book_of_one_side_without_a_checksum_is_told_as_it_is()
    {
        var depth = Assert.Single(Heard(
            """{"arg":{"channel":"books","instId":"BTC-USDT"},"action":"update","data":[{"asks":[],"bids":[["1.10","0","0","0"]],"ts":"5","checksum":0,"prevSeqId":9,"seqId":9}]}"""u8)
            .Depths);

        Assert.Null(depth.Checksum);
        Assert.Equal((9L, 9L), (depth.LastUpdateId, depth.PreviousUpdateId));
        Assert.Equal([Level(1.10m, 0)], depth.Bids);
        Assert.Empty(depth.Asks);
        // Its digits are those of the venue, for the checksum is made of them.
        Assert.Equal("1.10", depth.Bids[0].Price.ToString());
    }

    [Fact]
    public void Checksum_of_the_venue_is_that_of_the_book_with_the_digits_that_it_sent()
    {
        var text = "3366.10:7:3366.8:9:3366:6:3368:8";
        var checksum = (int)Crc32.HashToUInt32(Encoding.ASCII.GetBytes(text));
        var heard = Heard(Encoding.UTF8.GetBytes(
            $$"""
            {"arg":{"channel":"books","instId":"BTC-USDT"},"action":"snapshot","data":[{"asks":[["3366.8","9","10","3"],["3368","8","3","4"]],
             "bids":[["3366.10","7","0","3"],["3366","6","3","4"]],"ts":"5","checksum":{{checksum}},"prevSeqId":-1,"seqId":10}]}
            """));

        var book = new LocalOrderBook(new(BookSequence.Previous, BookChecksum.Okx, Crc32.HashToUInt32));
        var depth = Assert.Single(heard.Depths);
        book.Apply(new DepthSnapshot(depth.LastUpdateId, depth.Bids, depth.Asks, depth.Checksum));

        Assert.Equal(BookState.Synced, book.State);
    }

    [Theory]
    [InlineData("""{"event":"error","code":"60012","msg":"Invalid request"}""", "60012 Invalid request")]
    [InlineData("""{"event":"notice","code":"64008","msg":"The connection will soon be closed"}""", "64008 The connection will soon be closed")]
    public void Word_that_the_connection_ends_ends_it(string message, string reason) => Assert.Equal(
        reason, Assert.Throws<WebSocketException>(() => Heard(Encoding.UTF8.GetBytes(message))).Message);

    [Theory]
    [InlineData("pong")]
    [InlineData("""{"event":"subscribe","arg":{"channel":"trades","instId":"BTC-USDT"},"connId":"a4d3ae55"}""")]
    [InlineData("""{"event":"channel-conn-count","channel":"orders","connCount":"2","connId":"abcd1234"}""")]
    public void What_the_venue_says_beside_is_passed_over(string message)
    {
        var heard = Heard(Encoding.UTF8.GetBytes(message));

        Assert.Empty(heard.Trades);
        Assert.Empty(heard.Depths);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("""{"arg":{"channel":"trades","instId":"BTC-USDT"},"data":[{"px":"3","sz":"1","side":"buy","ts":"5"}]}""")]
    [InlineData("""{"arg":{"channel":"trades","instId":"BTC-USDT"},"data":[{"px":"-1"}]}""")]
    [InlineData("""{"arg":{"channel":"books","instId":"BTC-USDT"},"data":[{"asks":[["1"]]}]}""")]
    [InlineData("""{"arg":{"channel":"books","instId":"BTC-USDT"},"data":{}}""")]
    [InlineData("""{"arg":{"channel":"books","instId":"BTC-USDT"},"data":[{"asks":[],"bids":[]}]}""")]
    [InlineData("""{"arg":{"channel":"trades","instId":"BTC-USDT"},"data":[""")]
    public void Message_that_is_not_as_documented_is_refused(string message) =>
        Assert.ThrowsAny<JsonException>(() => Heard(Encoding.UTF8.GetBytes(message)));

    [Fact]
    public void All_is_subscribed_within_what_a_connection_takes()
    {
        Instrument[] instruments = [.. Enumerable.Range(0, 150).Select(i => MarketsHost.Listed("BTC-USDT", $"A{i}-USDT", "okx"))];

        var connections = OkxStream.For(WireLinks.Of("okx"), instruments);

        Assert.Equal(4, connections.Count);
        string[] topics =
        [
            .. from connection in connections
               from request in connection.Subscriptions
               from topic in JsonDocument.Parse(request).RootElement.GetProperty("args").EnumerateArray()
               where topic.TryGetProperty("instId", out _)
               select $"{topic.GetProperty("channel")} {topic.GetProperty("instId")}",
        ];
        Assert.Equal(150 * 5, topics.Distinct(StringComparer.Ordinal).Count());
        Assert.All(connections.SelectMany(connection => connection.Subscriptions), request => Assert.True(request.Length < 64 * 1024));
    }

    private static HearingSink Heard(string name) => Heard(Bytes("okx", name));

    private static HearingSink Heard(ReadOnlySpan<byte> message)
    {
        var sink = new HearingSink();
        new OkxStream(new("ws://localhost"), TimeSpan.FromSeconds(30), ["trades"], [Btc, BtcUsd]).Read(message, sink);
        return sink;
    }
}
