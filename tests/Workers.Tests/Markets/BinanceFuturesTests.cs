using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Platform.Domain.Markets;
using Platform.Domain.Values;
using Platform.Tests.Support;
using Platform.Workers.Markets.Venues;

namespace Platform.Workers.Tests.Markets;

/// <summary>Binance futures: recorded messages of their streams, and answers by the examples of the documentation (fapi).</summary>
public sealed class BinanceFuturesTests
{
    private const string Folder = "nautilus/venue-payloads/binance/futures/market_data_json/";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Contracts_are_read_with_what_they_settle_in_and_when()
    {
        var listed = await Venue("BTC-USDT", "BTCUSDT").AnsweredAsync(
            """
            {"timezone":"UTC","serverTime":1565613908500,"rateLimits":[],"symbols":[
             {"symbol":"BTCUSDT","pair":"BTCUSDT","contractType":"PERPETUAL","deliveryDate":4133404800000,"status":"TRADING","baseAsset":"BTC",
              "quoteAsset":"USDT","marginAsset":"USDT","pricePrecision":2,"quantityPrecision":3,"baseAssetPrecision":8,"quotePrecision":8,
              "filters":[{"filterType":"PRICE_FILTER","minPrice":"556.80","maxPrice":"4529764","tickSize":"0.10"},
               {"filterType":"LOT_SIZE","minQty":"0.001","maxQty":"1000","stepSize":"0.001"},
               {"filterType":"MARKET_LOT_SIZE","minQty":"0.001","maxQty":"120","stepSize":"0.001"},
               {"filterType":"MIN_NOTIONAL","notional":"100"},
               {"filterType":"PERCENT_PRICE","multiplierUp":"1.0500","multiplierDown":"0.9500","multiplierDecimal":"4"}]},
             {"symbol":"BTCUSDT_240329","contractType":"CURRENT_QUARTER","deliveryDate":1711699200000,"status":"SETTLING","baseAsset":"BTC",
              "quoteAsset":"USDT","marginAsset":"USDT","baseAssetPrecision":8,"quotePrecision":8,"filters":[]},
             {"symbol":"NEWUSDT","contractType":"","status":"PENDING_TRADING","baseAsset":"NEW","quoteAsset":"USDT","marginAsset":"USDT"}]}
            """,
            data => data.InstrumentsAsync(Cancel));

        Assert.Equal(
            [("BTCUSDT", InstrumentKind.Perpetual, true), ("BTCUSDT_240329", InstrumentKind.Future, false)],
            listed.Select(one => (one.VenueSymbol, one.Kind, one.IsTrading)));
        Assert.Equal(
            [
                new DerivativeTerms(1, IsInverse: false, Asset.From("USDT")),
                new DerivativeTerms(1, IsInverse: false, Asset.From("USDT"), DateTimeOffset.FromUnixTimeMilliseconds(1711699200000)),
            ],
            listed.Select(one => one.Derivative));
        Assert.Equal(
            (0.1m, 0.001m, 120m, 100m),
            (listed[0].Rules.Price.TickSize, listed[0].Rules.Lot.Step.Value, listed[0].Rules.MarketLot.Max.Value,
                listed[0].Rules.Notional.Min.Value));
        // The corridor is around the mark there, which these rules do not know.
        Assert.Null(listed[0].Rules.PercentPrice);
    }

    [Fact]
    public async Task Days_trades_and_books_are_read()
    {
        var venue = Venue("BTC-USDT", "BTCUSDT");
        var market = MarketsHost.Listed("BTC-USDT", "BTCUSDT");
        var days = await venue.AnsweredAsync(
            """
            [{"symbol":"BTCUSDT","priceChange":"-94.99999800","lastPrice":"4.00000200","lastQty":"200.00000000","openPrice":"99.00000000",
              "highPrice":"100.00000000","lowPrice":"0.10000000","volume":"8913.30000000","quoteVolume":"15.30000000","openTime":1499783499040,
              "closeTime":1499869899040,"firstId":28385,"lastId":28460,"count":76}]
            """,
            data => data.DaysAsync([market], Cancel));
        var (trades, asked) = await venue.AnsweredAsync(
            _ => """[{"a":26129,"p":"0.01633102","q":"4.70443515","f":27781,"l":27781,"T":1498793709153,"m":true}]""",
            data => data.TradesAsync(market, new TradeMark(26128, DateTimeOffset.UnixEpoch), 5000, Cancel));
        var (depth, depthAsked) = await venue.AnsweredAsync(
            _ => """{"lastUpdateId":1027024,"E":1589436922972,"T":1589436922959,"bids":[["4.00000000","431.00000000"]],"asks":[["4.00000200","12.00000000"]]}""",
            data => data.DepthAsync(market, 60, Cancel));

        Assert.Equal(
            new DaySummary(
                Price.From(4.000002m), Bid: null, Quantity.Zero, Ask: null, Quantity.Zero, Price.From(99), Price.From(100), Price.From(0.1m),
                Quantity.From(8913.3m), Notional.From(15.3m), DateTimeOffset.FromUnixTimeMilliseconds(1499869899040)),
            Assert.Single(days).Day);
        Assert.Equal("/fapi/v1/aggTrades?symbol=BTCUSDT&limit=1000&fromId=26129", Assert.Single(asked));
        Assert.Equal(
            new PublicTrade(
                26129, Price.From(0.01633102m), Quantity.From(4.70443515m), TakerSide.Sell,
                DateTimeOffset.FromUnixTimeMilliseconds(1498793709153)),
            Assert.Single(trades));
        Assert.Equal("/fapi/v1/depth?symbol=BTCUSDT&limit=100", Assert.Single(depthAsked));
        Assert.Equal((1027024L, 431m), (depth.LastUpdateId, depth.Bids[0].Quantity.Value));
    }

    [Fact]
    public async Task Mark_index_interest_and_fundings_are_read()
    {
        var market = MarketsHost.Listed("BTC-USDT", "BTCUSDT");
        await using var venue = await LoopbackVenue.StartAsync(context => context.Response.WriteAsync(
            context.Request.Path.Value switch
            {
                "/fapi/v1/openInterest" => """{"openInterest":"10659.509","symbol":"BTCUSDT","time":1589437530011}""",
                "/fapi/v1/premiumIndex" =>
                    """
                    {"symbol":"BTCUSDT","markPrice":"11793.63104562","indexPrice":"11781.80495970","estimatedSettlePrice":"11781.16138815",
                     "lastFundingRate":"0.00038246","interestRate":"0.00010000","nextFundingTime":1597392000000,"time":1597370495002}
                    """,
                _ => """[{"symbol":"BTCUSDT","fundingRate":"-0.03750000","fundingTime":1570608000000,"markPrice":"34287.54619963"}]""",
            },
            Cancel));
        using var host = MarketsHost.For(venue.Address, settings: ("Platform:Venue:Connector", "binance-futures"));
        var derivatives = MarketsHost.Parts(host).Derivatives!;

        var state = await derivatives.DerivativeAsync(market, Cancel);
        var fundings = await derivatives.FundingsAsync(market, from: null, Cancel);

        Assert.Equal(
            new DerivativeState(
                DateTimeOffset.FromUnixTimeMilliseconds(1597370495002), Price.From(11793.63104562m), Price.From(11781.8049597m), 10659.509m,
                new FundingPayment(0.00038246m, DateTimeOffset.FromUnixTimeMilliseconds(1597392000000))),
            Assert.IsType<VenueAnswer<DerivativeState>.Answered>(state).Value);
        Assert.Equal(
            [new FundingPayment(-0.0375m, DateTimeOffset.FromUnixTimeMilliseconds(1570608000000), Price.From(34287.54619963m))],
            Assert.IsType<VenueAnswer<IReadOnlyList<FundingPayment>>.Answered>(fundings).Value);
    }

    [Fact, Reads(
        "nautilus/venue-payloads/binance/futures/market_data_json/agg_trade_stream.json",
        "nautilus/venue-payloads/binance/futures/market_data_json/depth_update_stream.json",
        "nautilus/venue-payloads/binance/futures/market_data_json/kline_stream_closed.json",
        "nautilus/venue-payloads/binance/futures/market_data_json/kline_stream_open.json",
        "nautilus/venue-payloads/binance/futures/market_data_json/ticker_stream.json",
        "nautilus/venue-payloads/binance/futures/market_data_json/trade_stream.json",
        "nautilus/venue-payloads/binance/futures/market_data_json/mark_price_stream.json",
        "nautilus/venue-payloads/binance/futures/market_data_json/liquidation_stream.json")]
    public async Task Recorded_messages_are_read_and_what_nobody_subscribed_to_is_passed_over()
    {
        var (heard, _) = await Venue("BTC-USDT", "BTCUSDT").HearAsync(
            [
                Sent("btcusdt@markPrice", "mark_price_stream"), Sent("btcusdt@forceOrder", "liquidation_stream"),
                Sent("btcusdt@trade", "trade_stream"), Sent("btcusdt@aggTrade", "agg_trade_stream"),
                Sent("btcusdt@depth@100ms", "depth_update_stream"), Sent("btcusdt@kline_1m", "kline_stream_open"),
                Sent("btcusdt@kline_1m", "kline_stream_closed"), Sent("btcusdt@ticker", "ticker_stream"),
            ],
            sink => !sink.Days.IsEmpty, subscriptions: 0);

        Assert.Equal(
            new PublicTrade(
                5933014, Price.From(0.001m), Quantity.From(100), TakerSide.Sell, DateTimeOffset.FromUnixTimeMilliseconds(123456785)),
            Assert.Single(heard.Trades).Trade);
        var depth = Assert.Single(heard.Depths);
        Assert.Equal(
            (157L, 160L, (long?)149, DateTimeOffset.FromUnixTimeMilliseconds(123456789)),
            (depth.FirstUpdateId, depth.LastUpdateId, depth.PreviousUpdateId, depth.VenueTime));
        Assert.Equal([new BookLevel(Price.From(0.0024m), Quantity.From(10))], depth.Bids);
        Assert.Equal([new BookLevel(Price.From(0.0026m), Quantity.From(100))], depth.Asks);
        Assert.Equal([0.0015m, 0.001m], heard.Bars.Select(bar => bar.Candle.Low.Value));
        Assert.All(heard.Bars, bar => Assert.Equal(
            (1638747660000L, 0.001m, 0.0025m, 0.002m, 1000m),
            (bar.Candle.OpenTime.ToUnixTimeMilliseconds(), bar.Candle.Open.Value, bar.Candle.High.Value, bar.Candle.Close.Value,
                bar.Candle.Volume.Value)));
        var recorded = JsonDocument.Parse(Payload("ticker_stream")).RootElement;
        var day = Assert.Single(heard.Days).Day;
        Assert.Equal(
            (Exact("c"), Exact("o"), Exact("h"), Exact("l"), Exact("v"), Exact("q"), null, recorded.GetProperty("E").GetInt64()),
            (day.Last!.Value.Value, day.Open!.Value.Value, day.High!.Value.Value, day.Low!.Value.Value, day.Volume.Value,
                day.QuoteVolume!.Value.Value, day.Bid, day.At.ToUnixTimeMilliseconds()));

        decimal Exact(string name) => decimal.Parse(recorded.GetProperty(name).GetString()!, CultureInfo.InvariantCulture);
    }

    [Fact, Reads("nautilus/venue-payloads/binance/futures/market_data_json/book_ticker_stream.json")]
    public async Task Recorded_quote_is_read_with_the_venues_time()
    {
        var (heard, _) = await Venue("BNB-USDT", "BNBUSDT").HearAsync(
            [Sent("bnbusdt@bookTicker", "book_ticker_stream")], sink => !sink.Quotes.IsEmpty, subscriptions: 0);

        Assert.Equal(
            new VenueQuote(
                Price.From(25.3519m), Quantity.From(31.21m), Price.From(25.3652m), Quantity.From(40.66m),
                DateTimeOffset.FromUnixTimeMilliseconds(1568014460893)),
            Assert.Single(heard.Quotes).Quote);
    }

    [Theory]
    [InlineData(new[] { 100, 101, 102 }, BookState.Synced)]
    [InlineData(new[] { 100, 101, 101 }, BookState.Synced)]
    [InlineData(new[] { 100, 102 }, BookState.Desynced)]
    public async Task Book_is_kept_by_the_number_before_and_no_gap_is_overlooked(int[] numbers, BookState state)
    {
        var (heard, _) = await Venue("BTC-USDT", "BTCUSDT").HearAsync(
            [.. numbers.Select(number =>
                $$$"""{"stream":"btcusdt@depth@100ms","data":{"e":"depthUpdate","E":1,"T":1,"s":"BTCUSDT","U":{{{number}}},"u":{{{number}}},"pu":{{{number - 1}}},"b":[["1","{{{number}}}"]],"a":[]}}""")],
            sink => sink.Depths.Count == numbers.Length, subscriptions: 0);

        var book = PublicVenue.BookOf(
            new(BookSequence.RangesWithPrevious),
            new DepthSnapshot(
                100, [new(Price.From(0.5m), Quantity.From(1))], [new(Price.From(9), Quantity.From(1))]), heard.Depths);

        Assert.Equal(state, book.State);
    }

    private static PublicVenue Venue(string market, string symbol) =>
        new("binance-futures", PublicVenue.Listed("binance-futures", market, symbol));

    private static string Sent(string stream, string file) => $$"""{"stream":"{{stream}}","data":{{Payload(file)}} }""";

    private static string Payload(string file) => File.ReadAllText(RecordedMarketData.Path($"{Folder}{file}.json"));
}
