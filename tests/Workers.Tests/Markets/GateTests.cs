using Platform.Domain.Markets;
using Platform.Domain.Values;
using Platform.Workers.Markets.Venues;

namespace Platform.Workers.Tests.Markets;

/// <summary>Gate.io's answers and messages, by the examples of its documentation (API v4).</summary>
public sealed class GateTests
{
    private static readonly Instrument Market = PublicVenue.Listed("gate", "BTC-USDT", "BTC_USDT");
    private static readonly PublicVenue Venue = new("gate", Market);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Pairs_are_read_with_their_rules_and_fees()
    {
        var listed = await Venue.AnsweredAsync(
            """
            [{"id":"ETH_USDT","base":"ETH","base_name":"Ethereum","quote":"USDT","quote_name":"Tether","fee":"0.2","min_base_amount":"0.001",
              "min_quote_amount":"1.0","max_base_amount":"10000","max_quote_amount":"10000000","amount_precision":3,"precision":6,
              "trade_status":"tradable","sell_start":1516378650,"buy_start":1516378650,"type":"normal"},
             {"id":"OLD_USDT","base":"OLD","quote":"USDT","fee":"0.2","amount_precision":0,"precision":2,"trade_status":"untradable"},
             {"id":"币_USDT","base":"币","quote":"USDT","fee":"0.2","amount_precision":0,"precision":2,"trade_status":"tradable"}]
            """,
            data => data.InstrumentsAsync(Cancel));

        Assert.Equal([("ETH_USDT", true), ("OLD_USDT", false)], listed.Select(one => (one.VenueSymbol, one.IsTrading)));
        Assert.Equal(new FeeRates(0.002m, 0.002m), listed[0].Fees);
        Assert.Equal(
            new MarketRules(
                Symbol.From("ETH-USDT"), new(0.000001m, 0, 0),
                new(Quantity.From(0.001m), Quantity.From(0.001m), Quantity.From(10000)),
                new(Quantity.Zero, Quantity.Zero, Quantity.Zero),
                new(Notional.From(1), Notional.From(10000000), Notional.From(1), Notional.From(10000000)), 3, 9),
            listed[0].Rules);
    }

    [Fact]
    public async Task Day_of_the_wanted_pair_is_read()
    {
        var days = await Venue.AnsweredAsync(
            """
            [{"currency_pair":"BTC_USDT","last":"2.46140352","lowest_ask":"2.477","lowest_size":"3","highest_bid":"2.4606821","highest_size":"4.5",
              "change_percentage":"-8.91","base_volume":"656614.0845820589","quote_volume":"1602221.66468375534639404191","high_24h":"2.7431",
              "low_24h":"1.9863"},{"currency_pair":"ETH_USDT"}]
            """,
            data => data.DaysAsync([Market], Cancel));

        var (_, day) = Assert.Single(days);
        Assert.Equal(
            (Price.From(2.46140352m), Price.From(2.4606821m), Quantity.From(4.5m), Price.From(2.477m), Quantity.From(3), null),
            (day.Last, day.Bid, day.BidQuantity, day.Ask, day.AskQuantity, day.Open));
        Assert.Equal(
            (Price.From(2.7431m), Price.From(1.9863m), Quantity.From(656614.0845820589m), Notional.From(1602221.664683755346394042m)),
            (day.High, day.Low, day.Volume, day.QuoteVolume!.Value));
    }

    [Fact]
    public async Task Book_is_read_with_its_number()
    {
        var (depth, asked) = await Venue.AnsweredAsync(
            _ => """
                 {"id":123456,"current":1623898993123,"update":1623898993121,"asks":[["1.52","1.151"],["1.53","1.218"]],
                  "bids":[["1.17","201.863"],["1.16","725.464"]]}
                 """,
            data => data.DepthAsync(Market, 5000, Cancel));

        Assert.Equal("/api/v4/spot/order_book?currency_pair=BTC_USDT&limit=1000&with_id=true", Assert.Single(asked));
        Assert.Equal(123456, depth.LastUpdateId);
        Assert.Equal([Level(1.17m, 201.863m), Level(1.16m, 725.464m)], depth.Bids);
        Assert.Equal([Level(1.52m, 1.151m), Level(1.53m, 1.218m)], depth.Asks);
    }

    [Fact]
    public async Task Trades_come_oldest_first_to_the_microsecond()
    {
        var (trades, asked) = await Venue.AnsweredAsync(
            _ => """
                 [{"id":"1232893233","create_time":"1548000001","create_time_ms":"1548000001000.5","side":"sell","amount":"0.15","price":"0.04"},
                  {"id":"1232893232","create_time":"1548000000","create_time_ms":"1548000000123.456","currency_pair":"ETH_BTC","role":"maker",
                   "side":"buy","amount":"0.15","price":"0.03","fee":"0.0005","fee_currency":"ETH"}]
                 """,
            data => data.TradesAsync(Market, new TradeMark(1232893231, DateTimeOffset.UnixEpoch), 10, Cancel));

        Assert.Equal("/api/v4/spot/trades?currency_pair=BTC_USDT&limit=1000&last_id=1232893231", Assert.Single(asked));
        Assert.Equal(
            [
                new PublicTrade(
                    1232893232, Price.From(0.03m), Quantity.From(0.15m), TakerSide.Buy,
                    DateTimeOffset.UnixEpoch.AddTicks(15480000001234560)),
                new PublicTrade(
                    1232893233, Price.From(0.04m), Quantity.From(0.15m), TakerSide.Sell,
                    DateTimeOffset.UnixEpoch.AddTicks(15480000010005000)),
            ],
            trades);
    }

    [Fact]
    public async Task Candles_are_read_and_asked_for_by_their_end()
    {
        var (candles, asked) = await Venue.AnsweredAsync(
            _ => """[["1539852480","971519.677","0.0021724","0.0021922","0.0021723","0.0021737","456.5","true"]]""",
            data => data.CandlesAsync(
                Market, CandleInterval.OneMinute, DateTimeOffset.FromUnixTimeSeconds(1539852480), 2, Cancel));

        Assert.Equal(
            "/api/v4/spot/candlesticks?currency_pair=BTC_USDT&interval=1m&from=1539852480&to=1539852540", Assert.Single(asked));
        Assert.Equal(
            new Candle(
                DateTimeOffset.FromUnixTimeSeconds(1539852480), Price.From(0.0021737m), Price.From(0.0021922m),
                Price.From(0.0021723m), Price.From(0.0021724m), Quantity.From(456.5m)),
            Assert.Single(candles));
    }

    [Fact]
    public async Task Status_holds_the_venues_clock() => Assert.Equal(
        new VenueStatus(VenueState.Online, Message: null, DateTimeOffset.FromUnixTimeMilliseconds(1597026383085)),
        await Venue.AnsweredAsync("""{"server_time":1597026383085}""", data => data.StatusAsync(Cancel)));

    [Fact]
    public async Task Refusal_is_told_in_the_venues_words()
    {
        await using var venue = await LoopbackVenue.SayingAsync(
            400, """{"label":"INVALID_CURRENCY_PAIR","message":"Invalid currency pair"}""");

        var refused = Assert.IsType<VenueAnswer<DepthSnapshot>.Refused>(
            await Venue.AskAsync(venue, data => data.DepthAsync(Market, 5, Cancel)));

        Assert.Equal(("INVALID_CURRENCY_PAIR", "Invalid currency pair"), (refused.Code, refused.Message));
    }

    [Fact]
    public async Task Stream_brings_trades_quotes_books_bars_and_days()
    {
        var (heard, asked) = await Venue.HearAsync(
            [
                """{"time":1606292218,"channel":"spot.trades","event":"subscribe","error":null,"result":{"status":"success"}}""",
                """
                {"time":1606292218,"time_ms":1606292218231,"channel":"spot.trades","event":"update","result":{"id":309143071,"create_time":1606292218,
                 "create_time_ms":"1606292218213.4578","side":"sell","currency_pair":"BTC_USDT","amount":"16.4700000000","price":"0.4705000000"}}
                """,
                """
                {"time":1606293275,"channel":"spot.book_ticker","event":"update","result":{"t":1606293275123,"u":48733182,"s":"BTC_USDT",
                 "b":"19177.79","B":"0.0003341504","a":"19179.38","A":"0.09"}}
                """,
                """
                {"time":1606294781,"channel":"spot.order_book_update","event":"update","result":{"t":1606294781123,"e":"depthUpdate","E":1606294781,
                 "s":"BTC_USDT","U":48776301,"u":48776306,"b":[["19137.74","0.0001"],["19088.37","0"]],"a":[["19137.75","0.6135"]]}}
                """,
                """
                {"time":1606292600,"channel":"spot.candlesticks","event":"update","result":{"t":"1606292580","v":"2362.32035","c":"19128.1",
                 "h":"19128.2","l":"19127.9","o":"19128.0","n":"1m_BTC_USDT","a":"3.8283","w":true}}
                """,
                """
                {"time":1669107766,"channel":"spot.tickers","event":"update","result":{"currency_pair":"BTC_USDT","last":"15743.4",
                 "lowest_ask":"15744.4","highest_bid":"15743.5","change_percentage":"-1.8254","base_volume":"9110.473081735",
                 "quote_volume":"145082083.2535","high_24h":"16280.9","low_24h":"15468.5"}}
                """,
                """{"time":1606292220,"channel":"spot.pong","event":"","error":null,"result":null}""",
            ],
            sink => !sink.Days.IsEmpty, subscriptions: 5);

        Assert.Equal(
            ["spot.trades", "spot.book_ticker", "spot.tickers", "spot.order_book_update", "spot.candlesticks"],
            asked.Select(text => System.Text.Json.JsonDocument.Parse(text).RootElement.GetProperty("channel").GetString()));
        Assert.Equal(
            new PublicTrade(
                309143071, Price.From(0.4705m), Quantity.From(16.47m), TakerSide.Sell,
                DateTimeOffset.UnixEpoch.AddTicks(16062922182134578)),
            Assert.Single(heard.Trades).Trade);
        Assert.Equal(
            new VenueQuote(
                Price.From(19177.79m), Quantity.From(0.0003341504m), Price.From(19179.38m), Quantity.From(0.09m),
                DateTimeOffset.FromUnixTimeMilliseconds(1606293275123)),
            Assert.Single(heard.Quotes).Quote);
        var depth = Assert.Single(heard.Depths);
        Assert.Equal((48776301L, 48776306L), (depth.FirstUpdateId, depth.LastUpdateId));
        Assert.Equal([Level(19137.74m, 0.0001m), Level(19088.37m, 0)], depth.Bids);
        Assert.Equal([Level(19137.75m, 0.6135m)], depth.Asks);
        Assert.Equal(
            new Candle(
                DateTimeOffset.FromUnixTimeSeconds(1606292580), Price.From(19128.0m), Price.From(19128.2m), Price.From(19127.9m),
                Price.From(19128.1m), Quantity.From(3.8283m)),
            Assert.Single(heard.Bars).Candle);
        Assert.Equal(Price.From(15743.4m), Assert.Single(heard.Days).Day.Last);
    }

    [Fact]
    public async Task Refused_subscription_ends_the_connection()
    {
        var (heard, _) = await Venue.HearAsync(
            ["""{"time":1,"channel":"spot.trades","event":"subscribe","error":{"code":2,"message":"unknown currency pair"},"result":null}"""],
            sink => sink.Connects >= 2, subscriptions: 5);

        Assert.Equal("""Refused: {"code":2,"message":"unknown currency pair"}""", heard.Losses.First());
    }

    [Theory]
    [InlineData(new[] { 99, 101, 102, 103 }, BookState.Synced)]
    [InlineData(new[] { 101, 101, 102, 101 }, BookState.Synced)]
    [InlineData(new[] { 101, 103 }, BookState.Desynced)]
    [InlineData(new[] { 102, 101 }, BookState.Desynced)]
    public async Task Book_is_kept_by_its_numbers_and_no_gap_is_overlooked(int[] numbers, BookState state)
    {
        var (heard, _) = await Venue.HearAsync(
            [.. numbers.Select(number =>
                $$$"""{"channel":"spot.order_book_update","event":"update","result":{"t":1,"s":"BTC_USDT","U":{{{number}}},"u":{{{number}}},"b":[["1","{{{number}}}"]],"a":[]}}""")],
            sink => sink.Depths.Count == numbers.Length, subscriptions: 5);

        var book = PublicVenue.BookOf(new(BookSequence.Ranges), new DepthSnapshot(100, [Level(0.5m, 1)], [Level(9, 1)]), heard.Depths);

        Assert.Equal(state, book.State);
    }

    private static BookLevel Level(decimal price, decimal quantity) => new(Price.From(price), Quantity.From(quantity));
}
