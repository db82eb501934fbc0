using Platform.Domain.Markets;
using Platform.Domain.Values;
using Platform.Workers.Markets.Venues;

namespace Platform.Workers.Tests.Markets;

/// <summary>Bitstamp's answers and messages, by the examples of its documentation (API v2).</summary>
public sealed class BitstampTests
{
    private static readonly Instrument Market = PublicVenue.Listed("bitstamp", "BTC-USD", "btcusd");
    private static readonly PublicVenue Venue = new("bitstamp", Market);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Pairs_are_read_with_their_rules()
    {
        var listed = await Venue.AnsweredAsync(
            """
            [{"trading":"Enabled","base_decimals":8,"url_symbol":"btcusd","name":"BTC/USD","instant_and_market_orders":"Enabled",
              "minimum_order":"10.0 USD","counter_decimals":0,"description":"Bitcoin / U.S. dollar"},
             {"trading":"Disabled","base_decimals":8,"url_symbol":"ethbtc","name":"ETH/BTC","instant_and_market_orders":"Disabled",
              "minimum_order":"0.00020000 BTC","counter_decimals":8,"description":"Ether / Bitcoin"},
             {"trading":"Enabled","base_decimals":8,"url_symbol":"btcusd-perp","name":"BTC/USD-PERP",
              "instant_and_market_orders":"Enabled","minimum_order":"10.0 USD","counter_decimals":0,"description":"-"}]
            """,
            data => data.InstrumentsAsync(Cancel));

        Assert.Equal(
            [("btcusd", "BTC-USD", true), ("ethbtc", "ETH-BTC", false)],
            listed.Select(one => (one.VenueSymbol, one.Market.Value, one.IsTrading)));
        Assert.Equal((1m, 0.00000001m, 10m), Rules(listed[0]));
        Assert.Equal((0.00000001m, 0.00000001m, 0.0002m), Rules(listed[1]));

        static (decimal Tick, decimal Step, decimal MinNotional) Rules(Instrument one) =>
            (one.Rules.Price.TickSize, one.Rules.Lot.Step.Value, one.Rules.Notional.Min.Value);
    }

    [Fact]
    public async Task Day_of_the_wanted_pair_is_read()
    {
        var days = await Venue.AnsweredAsync(
            """
            [{"timestamp":"1643640186","open":"37011","high":"38500.00","low":"36800.01","last":"38281.99","volume":"1820.30520109",
              "vwap":"37800","bid":"38280.00","ask":"38281.99","side":"0","open_24":"37900.10","percent_change_24":"1.01","pair":"BTC/USD"},
             {"pair":"ETH/USD"}]
            """,
            data => data.DaysAsync([Market], Cancel));

        var (instrument, day) = Assert.Single(days);
        Assert.Same(Market, instrument);
        Assert.Equal(
            new DaySummary(
                Price.From(38281.99m), Price.From(38280m), Quantity.Zero, Price.From(38281.99m), Quantity.Zero,
                Price.From(37900.1m), Price.From(38500m), Price.From(36800.01m), Quantity.From(1820.30520109m), QuoteVolume: null,
                DateTimeOffset.FromUnixTimeSeconds(1643640186)),
            day);
    }

    [Fact]
    public async Task Book_is_read_with_the_microsecond_that_it_is_of()
    {
        var depth = await Venue.AnsweredAsync(
            """
            {"timestamp":"1643643584","microtimestamp":"1643643584684047","bids":[["38281.00","1.25000000"],["38280.50","0.1"]],
             "asks":[["38290.00","0.50000000"]]}
            """,
            data => data.DepthAsync(Market, 100, Cancel));

        Assert.Equal(1643643584684047, depth.LastUpdateId);
        Assert.Equal([Level(38281m, 1.25m), Level(38280.5m, 0.1m)], depth.Bids);
        Assert.Equal([Level(38290m, 0.5m)], depth.Asks);
    }

    [Fact]
    public async Task Trades_come_oldest_first_and_without_those_that_are_known()
    {
        const string Answer =
            """
            [{"date":"1643643600","tid":"215300003","amount":"0.3","type":"1","price":"38290.00"},
             {"date":"1643643590","tid":"215300002","amount":"0.2","type":"0","price":"38285.00"},
             {"date":"1643643584","tid":"215300001","amount":"0.1","type":"0","price":"38281.00"}]
            """;
        var all = await Venue.AnsweredAsync(Answer, data => data.TradesAsync(Market, since: null, 10, Cancel));
        var later = await Venue.AnsweredAsync(Answer, data => data.TradesAsync(
            Market, new TradeMark(215300001, DateTimeOffset.FromUnixTimeSeconds(1643643584)), 10, Cancel));

        Assert.Equal([215300001, 215300002, 215300003], all.Select(trade => trade.Id));
        Assert.Equal(
            new PublicTrade(
                215300003, Price.From(38290m), Quantity.From(0.3m), TakerSide.Sell, DateTimeOffset.FromUnixTimeSeconds(1643643600)),
            all[2]);
        Assert.Equal([215300002, 215300003], later.Select(trade => trade.Id));
    }

    [Fact]
    public async Task Candles_are_read()
    {
        var (candles, asked) = await Venue.AnsweredAsync(
            _ => """
                 {"data":{"pair":"BTC/USD","ohlc":[{"high":"38300","timestamp":"1643643540","volume":"0.51","low":"38200","close":"38290","open":"38250"},
                  {"high":"38310","timestamp":"1643643600","volume":"0.02","low":"38290","close":"38300","open":"38290"}]}}
                 """,
            data => data.CandlesAsync(
                Market, CandleInterval.OneMinute, DateTimeOffset.FromUnixTimeSeconds(1643643540), 5000, Cancel));

        Assert.Equal("/api/v2/ohlc/btcusd/?step=60&limit=1000&start=1643643540", Assert.Single(asked));
        Assert.Equal(
            new Candle(
                DateTimeOffset.FromUnixTimeSeconds(1643643540), Price.From(38250), Price.From(38300), Price.From(38200),
                Price.From(38290), Quantity.From(0.51m)),
            candles[0]);
    }

    [Fact]
    public async Task Stream_brings_trades_and_what_changed_in_the_book()
    {
        var (heard, asked) = await Venue.HearAsync(
            [
                """{"event":"bts:subscription_succeeded","channel":"live_trades_btcusd","data":{}}""",
                """
                {"data":{"id":85658352,"timestamp":"1555135143","amount":0.0015847299999999999,"amount_str":"0.00158473",
                 "price":5112.8500000000004,"price_str":"5112.85","type":1,"microtimestamp":"1555135143665724",
                 "buy_order_id":3126671009,"sell_order_id":3126671156},"channel":"live_trades_btcusd","event":"trade"}
                """,
                """
                {"data":{"timestamp":"1560182488","microtimestamp":"1560182488522670","bids":[["7937.24","0.00000000"],["7935.33","3.14680000"]],
                 "asks":[["7945.54","0.10000000"]]},"event":"data","channel":"diff_order_book_btcusd"}
                """,
                """{"data":{"id":1},"channel":"live_trades_ethusd","event":"bts:heartbeat"}""",
            ],
            sink => !sink.Depths.IsEmpty, subscriptions: 2);

        Assert.Equal(
            [
                """{"event":"bts:subscribe","data":{"channel":"live_trades_btcusd"}}""",
                """{"event":"bts:subscribe","data":{"channel":"diff_order_book_btcusd"}}""",
            ],
            asked);
        Assert.Equal(
            new PublicTrade(
                85658352, Price.From(5112.85m), Quantity.From(0.00158473m), TakerSide.Sell,
                DateTimeOffset.UnixEpoch.AddTicks(15551351436657240)),
            Assert.Single(heard.Trades).Trade);
        var depth = Assert.Single(heard.Depths);
        Assert.Equal((1560182488522670L, 1560182488522670L, false), (depth.FirstUpdateId, depth.LastUpdateId, depth.IsSnapshot));
        Assert.Equal([Level(7937.24m, 0), Level(7935.33m, 3.1468m)], depth.Bids);
        Assert.Equal([Level(7945.54m, 0.1m)], depth.Asks);
    }

    [Theory]
    [InlineData("""{"event":"bts:request_reconnect","channel":"","data":""}""", "The venue asks for a new connection.")]
    [InlineData("""{"event":"bts:error","channel":"","data":{"code":null,"message":"Incorrect JSON format."}}""",
        """Refused: {"code":null,"message":"Incorrect JSON format."}""")]
    public async Task Connection_ends_when_the_venue_says_so_and_another_follows(string message, string reason)
    {
        var (heard, _) = await Venue.HearAsync([message], sink => sink.Connects >= 2, subscriptions: 2);

        Assert.Equal(reason, heard.Losses.First());
    }

    [Fact]
    public async Task Book_takes_what_is_newer_and_passes_over_what_is_not()
    {
        const string Difference =
            """{"data":{"timestamp":"1","microtimestamp":"AT","bids":[["PRICE","1"]],"asks":[]},"event":"data","channel":"diff_order_book_btcusd"}""";
        var (heard, _) = await Venue.HearAsync(
            [.. new[] { ("90", "1"), ("110", "2"), ("110", "2"), ("105", "3"), ("120", "4") }.Select(one =>
                Difference.Replace("AT", one.Item1, StringComparison.Ordinal).Replace("PRICE", one.Item2, StringComparison.Ordinal))],
            sink => sink.Depths.Count == 5, subscriptions: 2);

        var book = new LocalOrderBook(new(BookSequence.Rising));
        foreach (var (at, depth) in heard.Depths.Index())
        {
            book.Apply(new DepthDifference(depth.FirstUpdateId, depth.LastUpdateId, depth.Bids, depth.Asks));
            if (at == 0)
                book.Apply(new DepthSnapshot(100, [Level(0.5m, 1)], [Level(9, 1)]));
        }

        Assert.Equal((BookState.Synced, 120L), (book.State, book.LastUpdateId));
        Assert.Equal([4m, 2m, 0.5m], book.Top(5).Bids.Select(level => level.Price.Value));
    }

    private static BookLevel Level(decimal price, decimal quantity) => new(Price.From(price), Quantity.From(quantity));
}
