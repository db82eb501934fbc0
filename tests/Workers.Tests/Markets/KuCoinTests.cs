using System.Text.Json;
using Platform.Domain.Markets;
using Platform.Domain.Values;
using Platform.Workers.Markets.Venues;

namespace Platform.Workers.Tests.Markets;

/// <summary>KuCoin's answers and messages, by the examples of its documentation.</summary>
public sealed class KuCoinTests
{
    private static readonly Instrument Market = PublicVenue.Listed("kucoin", "BTC-USDT", "BTC-USDT");
    private static readonly PublicVenue Venue = new("kucoin", Market)
    {
        Ticket = address =>
            $$$"""
            {"code":"200000","data":{"token":"2neAiuYvAU61ZDXANAGAsiL4==","instanceServers":[{"endpoint":"{{{address}}}","encrypt":true,
             "protocol":"websocket","pingInterval":18000,"pingTimeout":10000}]}}
            """,
    };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Symbols_are_read_with_their_rules()
    {
        var listed = await Venue.AnsweredAsync(
            """
            {"code":"200000","data":[{"symbol":"AVA-USDT","name":"AVA-USDT","baseCurrency":"AVA","quoteCurrency":"USDT","feeCurrency":"USDT",
             "market":"USDS","baseMinSize":"0.1","quoteMinSize":"0.1","baseMaxSize":"10000000000","quoteMaxSize":"99999999",
             "baseIncrement":"0.01","quoteIncrement":"0.0001","priceIncrement":"0.0001","priceLimitRate":"0.1","minFunds":"0.1",
             "isMarginEnabled":false,"enableTrading":true,"feeCategory":1,"makerFeeCoefficient":"1.00","takerFeeCoefficient":"1.00"}]}
            """,
            data => data.InstrumentsAsync(Cancel));

        var one = Assert.Single(listed);
        Assert.Equal(("AVA-USDT", true), (one.VenueSymbol, one.IsTrading));
        Assert.Equal(
            new MarketRules(
                Symbol.From("AVA-USDT"), new(0.0001m, 0, 0),
                new(Quantity.From(0.01m), Quantity.From(0.1m), Quantity.From(10000000000)),
                new(Quantity.Zero, Quantity.Zero, Quantity.Zero),
                new(Notional.From(0.1m), Notional.Zero, Notional.From(0.1m), Notional.Zero), 2, 6),
            one.Rules);
    }

    [Fact]
    public async Task Day_of_the_wanted_symbol_is_read_with_the_open_reckoned_back()
    {
        var days = await Venue.AnsweredAsync(
            """
            {"code":"200000","data":{"time":1602832092060,"ticker":[{"symbol":"BTC-USDT","symbolName":"BTC-USDT","buy":"11328.9","bestBidSize":"0.1",
             "sell":"11329","bestAskSize":"1","changeRate":"-0.0055","changePrice":"-63.6","high":"11610","low":"11200","vol":"2282.70993217",
             "volValue":"25984946.157790431","last":"11328.9","averagePrice":"11360.66065903","takerFeeRate":"0.001","makerFeeRate":"0.001"},
             {"symbol":"NEW-USDT","buy":null,"sell":null}]}}
            """,
            data => data.DaysAsync([Market], Cancel));

        Assert.Equal(
            new DaySummary(
                Price.From(11328.9m), Price.From(11328.9m), Quantity.From(0.1m), Price.From(11329m), Quantity.From(1),
                Price.From(11392.5m), Price.From(11610m), Price.From(11200m), Quantity.From(2282.70993217m),
                Notional.From(25984946.157790431m), DateTimeOffset.FromUnixTimeMilliseconds(1602832092060)),
            Assert.Single(days).Day);
    }

    [Theory]
    [InlineData(20, "/api/v1/market/orderbook/level2_20?symbol=BTC-USDT")]
    [InlineData(1000, "/api/v1/market/orderbook/level2_100?symbol=BTC-USDT")]
    public async Task Book_is_read_with_its_number(int levels, string route)
    {
        var (depth, asked) = await Venue.AnsweredAsync(
            _ => """
                 {"code":"200000","data":{"sequence":"3262786978","time":1550653727731,"bids":[["6500.12","0.45054140"],["6500.11","0.45054140"]],
                  "asks":[["6500.16","0.57753524"],["6500.15","0.57753524"]]}}
                 """,
            data => data.DepthAsync(Market, levels, Cancel));

        Assert.Equal(route, Assert.Single(asked));
        Assert.Equal(3262786978, depth.LastUpdateId);
        Assert.Equal([Level(6500.12m, 0.4505414m), Level(6500.11m, 0.4505414m)], depth.Bids);
        Assert.Equal(Level(6500.16m, 0.57753524m), depth.Asks[0]);
    }

    [Fact]
    public async Task Trades_and_candles_are_read_oldest_first()
    {
        var trades = await Venue.AnsweredAsync(
            """
            {"code":"200000","data":[{"sequence":"1545896668578","price":"0.08","size":"0.005","side":"sell","time":1545904567072140823},
             {"sequence":"1545896668571","price":"0.07","size":"0.004","side":"buy","time":1545904567062140823}]}
            """,
            data => data.TradesAsync(Market, since: null, 10, Cancel));
        var (candles, asked) = await Venue.AnsweredAsync(
            _ => """
                 {"code":"200000","data":[["1545904980","0.058","0.049","0.059","0.048","0.018","0.000945"],
                  ["1545904920","0.058","0.072","0.072","0.058","0.103","0.006986"]]}
                 """,
            data => data.CandlesAsync(
                Market, CandleInterval.FourHours, DateTimeOffset.FromUnixTimeSeconds(1545904920), 10, Cancel));

        Assert.Equal([1545896668571, 1545896668578], trades.Select(trade => trade.Id));
        Assert.Equal(
            new PublicTrade(
                1545896668571, Price.From(0.07m), Quantity.From(0.004m), TakerSide.Buy,
                DateTimeOffset.UnixEpoch.AddTicks(15459045670621408)),
            trades[0]);
        Assert.Equal(
            "/api/v1/market/candles?symbol=BTC-USDT&type=4hour&startAt=1545904920&endAt=1546048920", Assert.Single(asked));
        Assert.Equal(
            new Candle(
                DateTimeOffset.FromUnixTimeSeconds(1545904980), Price.From(0.058m), Price.From(0.059m), Price.From(0.048m),
                Price.From(0.049m), Quantity.From(0.018m)),
            candles[1]);
    }

    [Theory]
    [InlineData("open", VenueState.Online)]
    [InlineData("cancelonly", VenueState.CancelOnly)]
    [InlineData("close", VenueState.Maintenance)]
    public async Task Status_is_told_with_the_venues_clock(string word, VenueState state)
    {
        var (status, _) = await Venue.AnsweredAsync(
            path => path.EndsWith("timestamp", StringComparison.Ordinal)
                ? """{"code":"200000","data":1546837113087}"""
                : $$$"""{"code":"200000","data":{"status":"{{{word}}}","msg":"upgrade match engine"}}""",
            data => data.StatusAsync(Cancel));

        Assert.Equal(
            new VenueStatus(state, "upgrade match engine", DateTimeOffset.FromUnixTimeMilliseconds(1546837113087)), status);
    }

    [Fact]
    public async Task Refusal_comes_with_http_200_and_is_told_in_the_venues_words()
    {
        await using var venue = await LoopbackVenue.SayingAsync(200, """{"code":"400100","msg":"The symbol does not exist."}""");

        var refused = Assert.IsType<VenueAnswer<DepthSnapshot>.Refused>(
            await Venue.AskAsync(venue, data => data.DepthAsync(Market, 5, Cancel)));

        Assert.Equal(("400100", "The symbol does not exist."), (refused.Code, refused.Message));
    }

    [Fact]
    public async Task Stream_begins_with_a_ticket_and_brings_trades_quotes_books_bars_and_days()
    {
        var (heard, asked) = await Venue.HearAsync(
            [
                """{"id":"hQvf8jkno","type":"welcome"}""",
                """{"id":"/market/match","type":"ack"}""",
                """
                {"type":"message","topic":"/market/match:BTC-USDT","subject":"trade.l3match","data":{"sequence":"1545896669145","type":"match",
                 "symbol":"BTC-USDT","side":"buy","price":"0.08200000000000000000","size":"0.01022222000000000000",
                 "tradeId":"5c24c5da03aa673885cd67aa","takerOrderId":"5c24c5d903aa6772d55b371e","makerOrderId":"5c2187d003aa677bd09d5c93",
                 "time":"1545913818099033203"}}
                """,
                """
                {"type":"message","topic":"/market/ticker:BTC-USDT","subject":"trade.ticker","data":{"sequence":"1545896668986","price":"0.08",
                 "size":"0.011","bestAsk":"0.08","bestAskSize":"0.18","bestBid":"0.049","bestBidSize":"0.036","Time":1704873323416}}
                """,
                """
                {"topic":"/market/level2:BTC-USDT","type":"message","subject":"trade.l2update","data":{"changes":{
                 "asks":[["18906","0.00331","14103845"],["18907.3","0.58751503","14103844"],["0","0","14103846"]],"bids":[["18891.9","0.15688","14103847"]]},
                 "sequenceEnd":14103847,"sequenceStart":14103844,"symbol":"BTC-USDT","time":1663747970273}}
                """,
                """
                {"type":"message","topic":"/market/candles:BTC-USDT_1min","subject":"trade.candles.update","data":{"symbol":"BTC-USDT",
                 "candles":["1589968800","9786.9","9740.8","9806.1","9732","27.45649579","268280.09830877"],"time":1589970010253893337}}
                """,
                """
                {"type":"message","topic":"/market/snapshot:BTC-USDT","subject":"trade.snapshot","data":{"sequence":"5701753771","data":{
                 "askSize":"0.2","bidSize":"0.3","buy":"21736.7","changePrice":"-254.5","close":21732.4,"datetime":1676310802092,"high":"22136.4",
                 "lastTradedPrice":"21732.4","low":"21548.1","open":21986.9,"sell":21736.8,"symbol":"BTC-USDT","vol":9548.75,"volValue":208541873.6}}}
                """,
            ],
            sink => !sink.Days.IsEmpty, subscriptions: 5);

        Assert.Equal(
            [
                "/market/match:BTC-USDT", "/market/level2:BTC-USDT", "/market/ticker:BTC-USDT", "/market/candles:BTC-USDT_1min",
                "/market/snapshot:BTC-USDT",
            ],
            asked.Select(text => JsonDocument.Parse(text).RootElement.GetProperty("topic").GetString()));
        Assert.Equal(
            new PublicTrade(
                1545896669145, Price.From(0.082m), Quantity.From(0.01022222m), TakerSide.Buy,
                DateTimeOffset.UnixEpoch.AddTicks(15459138180990332)),
            Assert.Single(heard.Trades).Trade);
        Assert.Equal(
            new VenueQuote(
                Price.From(0.049m), Quantity.From(0.036m), Price.From(0.08m), Quantity.From(0.18m),
                DateTimeOffset.FromUnixTimeMilliseconds(1704873323416)),
            Assert.Single(heard.Quotes).Quote);
        var depth = Assert.Single(heard.Depths);
        Assert.Equal((14103844L, 14103847L), (depth.FirstUpdateId, depth.LastUpdateId));
        Assert.Equal([Level(18906m, 0.00331m), Level(18907.3m, 0.58751503m)], depth.Asks);
        Assert.Equal([Level(18891.9m, 0.15688m)], depth.Bids);
        Assert.Equal(
            new Candle(
                DateTimeOffset.FromUnixTimeSeconds(1589968800), Price.From(9786.9m), Price.From(9806.1m), Price.From(9732m),
                Price.From(9740.8m), Quantity.From(27.45649579m)),
            Assert.Single(heard.Bars).Candle);
        Assert.Equal(
            (Price.From(21732.4m), Price.From(21986.9m), Quantity.From(9548.75m)),
            heard.Days.Select(day => (day.Day.Last!.Value, day.Day.Open!.Value, day.Day.Volume)).Single());
    }

    [Fact]
    public async Task Connection_is_not_made_without_a_ticket()
    {
        var venue = new PublicVenue("kucoin", Market) { Ticket = _ => """{"code":"429000","msg":"Too many requests"}""" };

        var (heard, _) = await venue.HearAsync([], sink => sink.Losses.Count >= 2);

        Assert.Equal(0, heard.Connects);
        Assert.StartsWith("No ticket: Throttled", heard.Losses.First(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new[] { 99, 101, 102, 103 }, BookState.Synced)]
    [InlineData(new[] { 101, 101, 102 }, BookState.Synced)]
    [InlineData(new[] { 101, 104 }, BookState.Desynced)]
    public async Task Book_is_kept_by_its_numbers_and_no_gap_is_overlooked(int[] numbers, BookState state)
    {
        var (heard, _) = await Venue.HearAsync(
            [.. numbers.Select(number =>
                $$$"""{"topic":"/market/level2:BTC-USDT","type":"message","subject":"trade.l2update","data":{"changes":{"asks":[],"bids":[["1","2","{{{number}}}"]]},"sequenceStart":{{{number}}},"sequenceEnd":{{{number}}}}}""")],
            sink => sink.Depths.Count == numbers.Length, subscriptions: 5);

        var book = PublicVenue.BookOf(new(BookSequence.Ranges), new DepthSnapshot(100, [Level(0.5m, 1)], [Level(9, 1)]), heard.Depths);

        Assert.Equal(state, book.State);
    }

    private static BookLevel Level(decimal price, decimal quantity) => new(Price.From(price), Quantity.From(quantity));
}
