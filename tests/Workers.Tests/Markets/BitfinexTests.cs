using System.IO.Hashing;
using Platform.Domain.Markets;
using Platform.Domain.Values;
using Platform.Workers.Markets.Venues;

namespace Platform.Workers.Tests.Markets;

/// <summary>Bitfinex' answers and messages, by the examples of its documentation (API v2).</summary>
public sealed class BitfinexTests
{
    private const int Subscriptions = 5;
    private const string Book = """{"event":"subscribed","channel":"book","chanId":10092,"symbol":"tBTCUSD","prec":"P0","freq":"F0","len":"250","pair":"BTCUSD"}""";

    // Bids 6000.5 and 5999, asks 6001 and 6002.1; the sums are CRC-32 of "6000.5:1.25:6001:-2:5999:0.5:6002.1:-5e-7", by zlib.
    private const string Snapshot = "[10092,[[6000.5,2,1.25],[5999,1,0.5],[6001,1,-2],[6002.1,1,-5e-7]],1]";
    private const string SumOfSnapshot = "[10092,\"cs\",677268348,2]";

    private static readonly BookRules Rules = new(BookSequence.None, BookChecksum.Bitfinex, Crc32.HashToUInt32);
    private static readonly Instrument Market = PublicVenue.Listed("bitfinex", "BTC-USD", "tBTCUSD");
    private static readonly PublicVenue Venue = new("bitfinex", Market);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Pairs_are_read_in_the_names_that_others_use()
    {
        var (listed, asked) = await Venue.AnsweredAsync(
            _ => """
                 [[["BTCUSD",[null,null,null,"0.00006","2000.0",null,null,null,0.2,0.1,null,null]],
                   ["AVAX:UST",[null,null,null,"0.2","100000.0",null,null,null,null,null,null,null]],
                   ["TESTBTC:TESTUSD",[null,null,null,"0.00006","1","x"]]],
                  [["UST","USDt"],["DSH","DASH"]]]
                 """,
            data => data.InstrumentsAsync(Cancel));

        Assert.Equal("/v2/conf/pub:info:pair,pub:map:currency:sym", Assert.Single(asked));
        Assert.Equal(
            [("tBTCUSD", "BTC-USD"), ("tAVAX:UST", "AVAX-USDT")], listed.Select(one => (one.VenueSymbol, one.Market.Value)));
        Assert.Equal(
            (5, Quantity.From(0.00006m), Quantity.From(2000), Quantity.From(0.00000001m)),
            (listed[0].Rules.Price.SignificantDigits, listed[0].Rules.Lot.Min, listed[0].Rules.Lot.Max, listed[0].Rules.Lot.Step));
    }

    [Fact]
    public async Task Day_is_read_with_the_open_reckoned_back()
    {
        var days = await Venue.AnsweredAsync(
            """[["tBTCUSD",10645,73.93854271,10647,75.22266119,731.60645389,0.0738,10644.00645389,14480.89849423,10766,9889.1449809]]""",
            data => data.DaysAsync([Market], Cancel));

        var day = Assert.Single(days).Day;
        Assert.Equal(
            (Price.From(10645), Quantity.From(73.93854271m), Price.From(10647), Quantity.From(75.22266119m)),
            (day.Bid!.Value, day.BidQuantity, day.Ask!.Value, day.AskQuantity));
        Assert.Equal(
            (Price.From(10644.00645389m), Price.From(9912.4m), Price.From(10766), Price.From(9889.1449809m), Quantity.From(14480.89849423m)),
            (day.Last!.Value, day.Open!.Value, day.High!.Value, day.Low!.Value, day.Volume));
    }

    [Fact]
    public async Task Book_is_read_by_the_sign_of_its_amounts()
    {
        var (depth, asked) = await Venue.AnsweredAsync(
            _ => "[[8744.9,2,0.45603413],[8744.8,1,8e-7],[8745,1,-0.25]]", data => data.DepthAsync(Market, 1000, Cancel));

        Assert.Equal("/v2/book/tBTCUSD/P0?len=100", Assert.Single(asked));
        Assert.Equal([Level(8744.9m, 0.45603413m), Level(8744.8m, 0.0000008m)], depth.Bids);
        Assert.Equal([Level(8745m, 0.25m)], depth.Asks);
    }

    [Fact]
    public async Task Trades_after_a_mark_are_asked_for_from_its_instant_on()
    {
        var (trades, asked) = await Venue.AnsweredAsync(
            _ => "[[388063447,1567526214876,1.918524,10682],[388063448,1567526214877,-0.5,10681]]",
            data => data.TradesAsync(
                Market, new TradeMark(388063447, DateTimeOffset.FromUnixTimeMilliseconds(1567526214876)), 100, Cancel));

        Assert.Equal("/v2/trades/tBTCUSD/hist?limit=100&start=1567526214876&sort=1", Assert.Single(asked));
        Assert.Equal(
            [
                new PublicTrade(
                    388063448, Price.From(10681), Quantity.From(0.5m), TakerSide.Sell,
                    DateTimeOffset.FromUnixTimeMilliseconds(1567526214877)),
            ],
            trades);
    }

    [Fact]
    public async Task Candles_are_read_from_their_own_order()
    {
        var candles = await Venue.AnsweredAsync(
            "[[1678465320000,20097,20094,20098,20092,0.07870586]]",
            data => data.CandlesAsync(Market, CandleInterval.OneMinute, from: null, 10, Cancel));

        Assert.Equal(
            new Candle(
                DateTimeOffset.FromUnixTimeMilliseconds(1678465320000), Price.From(20097), Price.From(20098), Price.From(20092),
                Price.From(20094), Quantity.From(0.07870586m)),
            Assert.Single(candles));
    }

    [Theory]
    [InlineData("[1]", VenueState.Online)]
    [InlineData("[0]", VenueState.Maintenance)]
    public async Task Status_is_a_number(string answer, VenueState state) =>
        Assert.Equal(state, (await Venue.AnsweredAsync(answer, data => data.StatusAsync(Cancel))).State);

    [Fact]
    public async Task Stream_brings_trades_quotes_books_bars_and_days_by_the_numbers_of_their_channels()
    {
        var (heard, asked) = await Venue.HearAsync(
            [
                """{"event":"info","version":2,"serverId":"b0a1","platform":{"status":1}}""",
                """{"event":"conf","status":"OK","flags":196608}""",
                """{"event":"subscribed","channel":"trades","chanId":19111,"symbol":"tBTCUSD","pair":"BTCUSD"}""",
                """{"event":"subscribed","channel":"ticker","chanId":224555,"symbol":"tBTCUSD","pair":"BTCUSD"}""",
                """{"event":"subscribed","channel":"candles","chanId":343351,"key":"trade:1m:tBTCUSD"}""",
                Book, Snapshot, SumOfSnapshot,
                "[19111,[[401597393,1574694475039,0.005,7244.9]],3]",
                """[19111,"te",[401597395,1574694478808,-0.005,7245.3],4]""",
                """[19111,"tu",[401597395,1574694478808,-0.005,7245.3],5]""",
                "[224555,[7616.5,31.89055171,7617.5,43.358118629999986,-550.8,-0.0674,7617.1,8314.71200815,8257.8,7500],6]",
                """[224555,"hb",7]""",
                "[343351,[[1574698260000,7379.785,7383.8,7388.3,7379.7,1.68],[1574698200000,7399.9,7379.7,7399.9,7371.8,41.6]],8]",
                "[10092,[5999,0,1],9]",
            ],
            sink => sink.Depths.Count == 3, Subscriptions);

        Assert.Equal("""{"event":"conf","flags":196608}""", asked[0]);
        Assert.Equal(
            new PublicTrade(
                401597395, Price.From(7245.3m), Quantity.From(0.005m), TakerSide.Sell,
                DateTimeOffset.FromUnixTimeMilliseconds(1574694478808)),
            Assert.Single(heard.Trades).Trade);
        Assert.Equal(
            new VenueQuote(
                Price.From(7616.5m), Quantity.From(31.89055171m), Price.From(7617.5m), Quantity.From(43.358118629999986m), VenueTime: null),
            Assert.Single(heard.Quotes).Quote);
        Assert.Equal(Price.From(7617.1m), Assert.Single(heard.Days).Day.Last);
        Assert.Equal([1574698200000, 1574698260000], heard.Bars.Select(bar => bar.Candle.OpenTime.ToUnixTimeMilliseconds()));
        var book = PublicVenue.BookOf(Rules, snapshot: null, heard.Depths);
        Assert.Equal(BookState.Synced, book.State);
        Assert.Equal([Level(6000.5m, 1.25m)], book.Top(5).Bids);
        Assert.Equal([Level(6001m, 2), Level(6002.1m, 0.0000005m)], book.Top(5).Asks);
    }

    // CRC-32 of "6000.5:1.25:6001:-2:5998:2:6002.1:-5e-7", by zlib.
    [Theory]
    [InlineData("[10092,[5998,1,2],3]", BookState.Synced)]
    [InlineData("[10092,[5998,1,9],3]", BookState.Desynced)]
    public async Task Book_is_proved_by_its_sum(string change, BookState state)
    {
        var (heard, _) = await Venue.HearAsync(
            [Book, Snapshot, SumOfSnapshot, change, "[10092,[5999,0,1],4]", "[10092,\"cs\",-334478055,5]"],
            sink => sink.Depths.Count == 5, Subscriptions);

        Assert.Equal(state, PublicVenue.BookOf(Rules, snapshot: null, heard.Depths).State);
    }

    [Fact]
    public async Task Message_that_came_before_is_passed_over_and_one_that_is_missing_ends_the_connection()
    {
        var (heard, _) = await Venue.HearAsync(
            [Book, Snapshot, Snapshot, SumOfSnapshot, "[10092,[5998,1,9],4]"], sink => sink.Connects >= 2, Subscriptions);

        Assert.Equal("gap: 2 is followed by 4", heard.Losses.First());
        Assert.Single(heard.Depths.Take(2), depth => depth.IsSnapshot);
    }

    [Fact]
    public async Task Maintenance_is_told_and_its_end_begins_a_new_connection()
    {
        var (heard, _) = await Venue.HearAsync(
            ["""{"event":"info","code":20060,"msg":"Entering maintenance"}""", """{"event":"info","code":20061,"msg":"Back"}"""],
            sink => sink.Connects >= 2, Subscriptions);

        Assert.Equal(
            new VenueStatus(VenueState.Maintenance, "Entering maintenance", VenueTime: null), heard.Statuses.First());
        Assert.Equal("The venue is back from maintenance.", heard.Losses.First());
    }

    [Theory]
    [InlineData("""{"event":"info","code":20051,"msg":"Stop/Restart Websocket Server"}""", "The venue restarts its streams.")]
    [InlineData("""{"event":"error","msg":"symbol: invalid","code":10300}""", "Refused: symbol: invalid")]
    public async Task Connection_ends_when_the_venue_says_so(string message, string reason)
    {
        var (heard, _) = await Venue.HearAsync([message], sink => sink.Connects >= 2, Subscriptions);

        Assert.Equal(reason, heard.Losses.First());
    }

    private static BookLevel Level(decimal price, decimal quantity) => new(Price.From(price), Quantity.From(quantity));
}
