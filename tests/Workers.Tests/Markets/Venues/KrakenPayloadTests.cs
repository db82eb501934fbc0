using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Platform.Domain.Markets;
using Platform.Domain.Values;
using Platform.Tests.Support;
using Platform.Workers.Markets.Venues;
using Platform.Workers.Markets.Venues.Kraken;

namespace Platform.Workers.Tests.Markets.Venues;

/// <summary>What Kraken says of its spot markets, recorded, against values read from the recordings by hand or otherwise than by the connector.</summary>
public sealed class KrakenPayloadTests
{
    private static readonly VenueId Venue = VenueId.From("kraken");
    private static readonly Instrument Bitcoin = MarketsHost.Listed("BTC-USD", "XBTUSD", "kraken");
    private static readonly Instrument Tether = MarketsHost.Listed("BTC-USDT", "XBTUSDT", "kraken");

    [Fact, Reads("nautilus/venue-payloads/kraken/http_asset_pairs.json")]
    public void Pair_is_read_with_its_rules_and_fees()
    {
        var (key, instrument) = Assert.Single(KrakenMarketAnswers.Instruments(Venue, Result("http_asset_pairs")));

        Assert.Equal("XBTUSDT", key);
        Assert.Equal(
            new Instrument(
                Venue, "XBTUSDT", Symbol.From("BTC-USDT"), InstrumentKind.Spot,
                new(
                    Symbol.From("BTC-USDT"), new(0.1m, 0, 0),
                    new(Quantity.From(0.00000001m), Quantity.From(0.00005m), Quantity.Zero),
                    new(Quantity.Zero, Quantity.Zero, Quantity.Zero),
                    new(Notional.From(0.5m), Notional.Zero, Notional.From(0.5m), Notional.Zero), 8, 5),
                IsTrading: true, Fees: new(0.0025m, 0.004m)),
            instrument);
    }

    [Fact, Reads("nautilus/venue-payloads/kraken/http_asset_pairs_tokenized.json")]
    public void Tokenized_share_cannot_be_named_and_is_left_out() =>
        Assert.Empty(KrakenMarketAnswers.Instruments(Venue, Result("http_asset_pairs_tokenized")));

    [Fact, Reads("nautilus/venue-payloads/kraken/http_ticker.json")]
    public void Day_is_read()
    {
        var now = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

        var (instrument, day) = Assert.Single(KrakenMarketAnswers.Days(
            Result("http_ticker"), new Dictionary<string, Instrument>(StringComparer.Ordinal) { ["XBTUSDT"] = Tether }, now));

        Assert.Same(Tether, instrument);
        Assert.Equal(
            new DaySummary(
                Price.From(105899.4m), Price.From(105944.2m), Quantity.From(1), Price.From(105944.3m), Quantity.From(1),
                Open: null, Price.From(106613.1m), Price.From(104711m), Quantity.From(163.28908096m), QuoteVolume: null, now),
            day);
    }

    [Fact, Reads("nautilus/venue-payloads/kraken/http_order_book.json")]
    public void Book_is_read()
    {
        var depth = KrakenMarketAnswers.Depth(Result("http_order_book"));

        Assert.Equal(
            [(105944.3m, 0.136m), (105946.9m, 0.095m), (105955.8m, 0.003m), (105955.9m, 0.103m), (105963.6m, 0.024m)],
            depth.Asks.Select(level => (level.Price.Value, level.Quantity.Value)));
        Assert.Equal((5, 105944.2m, 105916.7m), (depth.Bids.Count, depth.Bids[0].Price.Value, depth.Bids[^1].Price.Value));
        Assert.Equal((0.002m, 0.005m), (depth.Bids[0].Quantity.Value, depth.Bids[^1].Quantity.Value));
    }

    [Fact, Reads("nautilus/venue-payloads/kraken/http_trades.json")]
    public void Thousand_trades_are_read_one_by_one()
    {
        var rows = Result("http_trades").GetProperty("XBTUSDT").EnumerateArray().ToList();

        var trades = KrakenMarketAnswers.Trades(Result("http_trades"));

        Assert.Equal(1000, trades.Count);
        Assert.Equal(
            new PublicTrade(
                10218208, Price.From(105433.6m), Quantity.From(0.00027625m), TakerSide.Buy,
                DateTimeOffset.FromUnixTimeMilliseconds(1762795433971).AddTicks(7445)),
            trades[0]);
        Assert.Equal(rows.Select(row => row[6].GetInt64()), trades.Select(trade => trade.Id));
        Assert.Equal(
            rows.Sum(row => Number(row[0]) * Number(row[1])), trades.Sum(trade => trade.Price.Value * trade.Quantity.Value));
        Assert.Equal(
            rows.Count(row => string.Equals(row[3].GetString(), "s", StringComparison.Ordinal)),
            trades.Count(trade => trade.TakerSide is TakerSide.Sell));
        Assert.Equal(
            rows.Select(row => row[2].GetRawText().Split('.')[0]),
            trades.Select(trade => trade.At.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)));
    }

    [Fact, Reads("nautilus/venue-payloads/kraken/http_ohlc.json")]
    public void Minutes_are_read_and_those_without_a_trade_left_out()
    {
        var rows = Result("http_ohlc").GetProperty("XBTUSDT").EnumerateArray().ToList();

        var candles = KrakenMarketAnswers.Candles(Result("http_ohlc"));

        Assert.Equal(721, rows.Count);
        Assert.Equal(rows.Count(row => row[7].GetInt32() > 0), candles.Count);
        Assert.Equal(
            new Candle(
                DateTimeOffset.FromUnixTimeSeconds(1762777140), Price.From(106038.3m), Price.From(106038.3m),
                Price.From(106038.3m), Price.From(106038.3m), Quantity.From(0.00032101m)),
            candles[0]);
        Assert.Equal(rows.Sum(row => Number(row[6])), candles.Sum(candle => candle.Volume.Value));
        Assert.Equal(
            rows.Where(row => row[7].GetInt32() > 0).Select(row => (Number(row[2]), Number(row[3]))),
            candles.Select(candle => (candle.High.Value, candle.Low.Value)));
    }

    [Fact, Reads("nautilus/venue-payloads/kraken/http_system_status.json")]
    public void Status_is_read() => Assert.Equal(
        new VenueStatus(VenueState.Online, Message: null, new DateTimeOffset(2025, 11, 11, 0, 17, 10, TimeSpan.Zero)),
        KrakenMarketAnswers.Status(Result("http_system_status")));

    [Fact, Reads("nautilus/venue-payloads/kraken/http_server_time.json")]
    public void Time_is_read() => Assert.Equal(
        new DateTimeOffset(2025, 11, 11, 0, 17, 4, TimeSpan.Zero),
        KrakenMarketAnswers.Seconds(Result("http_server_time").GetProperty("unixtime")));

    [Fact, Reads("nautilus/venue-payloads/kraken/ws_book_snapshot.json", "nautilus/venue-payloads/kraken/ws_book_update.json")]
    public void Book_of_the_stream_keeps_the_digits_that_its_checksum_is_made_of()
    {
        var sink = Heard("ws_book_snapshot", "ws_book_update");

        var (snapshot, update) = (sink.Depths.First(), sink.Depths.Last());
        Assert.Equal(
            (true, 2439117997u, new DateTimeOffset(2023, 10, 6, 17, 35, 55, TimeSpan.Zero).AddTicks(4402950)),
            (snapshot.IsSnapshot, snapshot.Checksum!.Value, snapshot.VenueTime!.Value));
        Assert.Equal(
            ["105944.20 0.136", "105935.40 0.024", "105920.10 0.052"], snapshot.Bids.Select(Text));
        Assert.Equal(
            ["105944.30 0.136", "105946.90 0.095", "105955.80 0.003"], snapshot.Asks.Select(Text));
        Assert.Equal((false, 2114181697u), (update.IsSnapshot, update.Checksum!.Value));
        Assert.Equal(["105944.20 0.250"], update.Bids.Select(Text));
        Assert.Empty(update.Asks);
    }

    [Fact, Reads("nautilus/venue-payloads/kraken/ws_trade_update.json")]
    public void Trades_of_the_stream_are_read()
    {
        var second = new DateTimeOffset(2023, 10, 6, 17, 35, 55, TimeSpan.Zero);

        Assert.Equal(
            [
                (Bitcoin, new PublicTrade(
                    10218208, Price.From(105944.2m), Quantity.From(0.00027625m), TakerSide.Buy, second.AddTicks(4402950))),
                (Bitcoin, new PublicTrade(
                    10218209, Price.From(105910.5m), Quantity.From(0.0001246m), TakerSide.Sell, second.AddTicks(11234560))),
            ],
            Heard("ws_trade_update").Trades);
    }

    [Fact, Reads("nautilus/venue-payloads/kraken/ws_ticker_snapshot.json")]
    public void Quote_and_day_of_the_stream_are_read()
    {
        var sink = Heard("ws_ticker_snapshot");

        var at = new DateTimeOffset(2022, 12, 25, 9, 30, 59, TimeSpan.Zero).AddTicks(1234560);
        Assert.Equal(
            new VenueQuote(Price.From(105944.2m), Quantity.From(2.5m), Price.From(105944.3m), Quantity.From(3.2m), at),
            Assert.Single(sink.Quotes).Quote);
        Assert.Equal(
            new DaySummary(
                Price.From(105899.4m), Price.From(105944.2m), Quantity.From(2.5m), Price.From(105944.3m), Quantity.From(3.2m),
                Price.From(105649.4m), Price.From(106613.1m), Price.From(104711m), Quantity.From(163.28908096m),
                QuoteVolume: null, at),
            Assert.Single(sink.Days).Day);
    }

    [Fact, Reads("nautilus/venue-payloads/kraken/ws_ohlc_update.json")]
    public void Minute_of_the_stream_is_read() => Assert.Equal(
        (Bitcoin, CandleInterval.OneMinute, new Candle(
            new(2023, 10, 4, 16, 25, 0, TimeSpan.Zero), Price.From(106038.2m), Price.From(106044.3m), Price.From(106038.1m),
            Price.From(106040.1m), Quantity.From(30927.68066226m))),
        Assert.Single(Heard("ws_ohlc_update").Bars));

    [Fact, Reads("nautilus/venue-payloads/kraken/ws_subscribe_response.json", "nautilus/venue-payloads/kraken/ws_pong.json")]
    public void What_only_says_that_it_was_heard_tells_nothing()
    {
        var sink = Heard("ws_subscribe_response", "ws_pong");

        Assert.Empty(sink.Trades);
        Assert.Empty(sink.Quotes);
        Assert.Empty(sink.Depths);
        Assert.Empty(sink.Days);
        Assert.Empty(sink.Bars);
        Assert.Empty(sink.Statuses);
    }

    [Fact]
    public void Refused_subscription_ends_the_connection_unless_it_is_about_one_market()
    {
        Assert.Throws<System.Net.WebSockets.WebSocketException>(() => Told(
            """{"method":"subscribe","success":false,"error":"EGeneral:Too many requests"}"""));
        Assert.Empty(Told(
            """{"method":"subscribe","success":false,"symbol":"X/Y","error":"Currency pair not supported X/Y"}""").Depths);
    }

    [Theory]
    [InlineData("EOrder:Insufficient funds", typeof(VenueAnswer<JsonElement>.Refused))]
    [InlineData("EGeneral:Invalid arguments:volume", typeof(VenueAnswer<JsonElement>.Refused))]
    [InlineData("EAPI:Invalid nonce", typeof(VenueAnswer<JsonElement>.Refused))]
    [InlineData("EOrder:Unknown order", typeof(VenueAnswer<JsonElement>.NotFound))]
    [InlineData("EAPI:Rate limit exceeded", typeof(VenueAnswer<JsonElement>.Unknown))]
    [InlineData("EService:Timeout", typeof(VenueAnswer<JsonElement>.Unknown))]
    [InlineData("EGeneral:Internal error", typeof(VenueAnswer<JsonElement>.Unknown))]
    public void Error_is_a_refusal_only_where_nothing_can_have_happened(string error, Type expected)
    {
        using var document = JsonDocument.Parse($$"""{"error":["{{error}}"]}""");

        Assert.IsType(expected, new KrakenProtocol().Verdict(HttpStatusCode.OK, document.RootElement));
    }

    /// <summary>docs.kraken.com, "Spot REST authentication", the worked example.</summary>
    [Fact]
    public void Signature_is_that_of_the_venues_own_example()
    {
        using var credentials = VenueCredentials.Parse(
            """
            {"apiKey":"key","secretKey":"kQH5HW/8p1uGOVjbgWA7FunAmGO8lsSUXNsu3eow76sz84Q18fWxnyRzBHCd3pd5nE9qa99HAZtuZuj6F1huXg=="}
            """u8)!;

        Assert.Equal(
            "4/dpxb3iT4tp/ZCVEwSnEsLxx0bqyhLpdfOpc6fn7OR8+UClSV5n9E6aSS8MPtnRfp32bAb0nmbRn6H8ndwLUQ==",
            KrakenProtocol.SignatureOf(
                "/0/private/AddOrder", "1616492376594",
                "nonce=1616492376594&ordertype=limit&pair=XBTUSD&price=37500&type=buy&volume=1.25", credentials));
    }

    /// <summary>The payload of a REST answer, as the transport hands it on.</summary>
    internal static JsonElement Result(string name) => new KrakenProtocol().Verdict(
            HttpStatusCode.OK, JsonDocument.Parse(File.ReadAllText(PathOf(name))).RootElement) is VenueAnswer<JsonElement>.Answered answered
        ? answered.Value
        : throw new InvalidOperationException($"{name} is an error.");

    internal static string PathOf(string name) =>
        RecordedMarketData.Path("nautilus", "venue-payloads", "kraken", name + ".json");

    private static HearingSink Heard(params string[] names) => Told([.. names.Select(name => File.ReadAllText(PathOf(name)))]);

    private static HearingSink Told(params string[] messages)
    {
        var stream = new KrakenStream(new("wss://ws.kraken.com"), [Bitcoin, Tether]);
        var sink = new HearingSink();
        foreach (var message in messages)
            stream.Read(Encoding.UTF8.GetBytes(message), sink);
        return sink;
    }

    private static string Text(BookLevel level) => $"{level.Price} {level.Quantity}";

    private static decimal Number(JsonElement text) => decimal.Parse(text.GetString()!, CultureInfo.InvariantCulture);
}
