using Platform.Domain.Markets;
using Platform.Domain.Values;
using Platform.Workers.Markets.Venues;

namespace Platform.Workers.Tests.Markets;

/// <summary>Gemini's answers and messages, by the examples of its documentation.</summary>
public sealed class GeminiTests
{
    private static readonly Instrument Market = PublicVenue.Listed("gemini", "BTC-USD", "BTCUSD");
    private static readonly PublicVenue Venue = new("gemini", Market);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Symbols_are_read_with_the_step_that_is_called_a_tick()
    {
        var listed = await Venue.AnsweredAsync(
            """
            [{"symbol":"BTCUSD","base_currency":"BTC","quote_currency":"USD","tick_size":1E-8,"quote_increment":0.01,"min_order_size":"0.00001",
              "status":"open","wrap_enabled":false,"product_type":"spot","contract_type":"vanilla","contract_price_currency":"USD"},
             {"symbol":"ETHGUSD","base_currency":"ETH","quote_currency":"GUSD","tick_size":1E-6,"quote_increment":0.01,"min_order_size":"0.001",
              "status":"limit_only","product_type":"spot"},
             {"symbol":"BTCGUSDPERP","base_currency":"BTC","quote_currency":"GUSD","tick_size":0.0001,"quote_increment":0.5,"min_order_size":"0.0001",
              "status":"open","product_type":"swap"}]
            """,
            data => data.InstrumentsAsync(Cancel));

        Assert.Equal([("BTCUSD", true), ("ETHGUSD", false)], listed.Select(one => (one.VenueSymbol, one.IsTrading)));
        Assert.Equal(
            (0.01m, 0.00000001m, 0.00001m),
            (listed[0].Rules.Price.TickSize, listed[0].Rules.Lot.Step.Value, listed[0].Rules.Lot.Min.Value));
    }

    [Fact]
    public async Task Day_is_put_together_from_both_answers()
    {
        var (days, asked) = await Venue.AnsweredAsync(
            path => path.StartsWith("/v2", StringComparison.Ordinal)
                ? """
                  {"symbol":"BTCUSD","open":"9121.76","high":"9440.66","low":"9106.51","close":"9347.66","changes":["9365.1","9386.16"],
                   "bid":"9345.70","ask":"9347.67"}
                  """
                : """
                  {"ask":"977.59","bid":"977.35","last":"977.65","volume":{"BTC":"2210.505328803","USD":"2135477.463379586263",
                   "timestamp":1483018200000}}
                  """,
            data => data.DaysAsync([Market], Cancel));

        Assert.Equal(["/v2/ticker/btcusd", "/v1/pubticker/btcusd"], asked);
        Assert.Equal(
            new DaySummary(
                Price.From(977.65m), Price.From(977.35m), Quantity.Zero, Price.From(977.59m), Quantity.Zero, Price.From(9121.76m),
                Price.From(9440.66m), Price.From(9106.51m), Quantity.From(2210.505328803m), Notional.From(2135477.463379586263m),
                DateTimeOffset.FromUnixTimeMilliseconds(1483018200000)),
            Assert.Single(days).Day);
    }

    [Fact]
    public async Task Book_trades_and_candles_are_read()
    {
        var depth = await Venue.AnsweredAsync(
            """
            {"bids":[{"price":"3607.85","amount":"6.643373","timestamp":"1547147541"}],
             "asks":[{"price":"3607.86","amount":"14.68205084","timestamp":"1547147541"}]}
            """,
            data => data.DepthAsync(Market, 50, Cancel));
        var trades = await Venue.AnsweredAsync(
            """
            [{"timestamp":1547146811,"timestampms":1547146811357,"tid":5335307668,"price":"3610.85","amount":"0.27413495","exchange":"gemini","type":"buy"},
             {"timestamp":1547146810,"timestampms":1547146810100,"tid":5335307600,"price":"3610.00","amount":"0.1","exchange":"gemini","type":"sell"}]
            """,
            data => data.TradesAsync(Market, since: null, 10, Cancel));
        var (candles, asked) = await Venue.AnsweredAsync(
            _ => "[[1559755860000,7781.6,7820.23,7776.56,7819.39,34.7624802159],[1559755800000,7781.6,7829.46,7776.56,7817.28,43.4228281059]]",
            data => data.CandlesAsync(Market, CandleInterval.OneMinute, from: null, 10, Cancel));

        Assert.Equal([Level(3607.85m, 6.643373m)], depth.Bids);
        Assert.Equal([Level(3607.86m, 14.68205084m)], depth.Asks);
        Assert.Equal([5335307600, 5335307668], trades.Select(trade => trade.Id));
        Assert.Equal(
            new PublicTrade(
                5335307668, Price.From(3610.85m), Quantity.From(0.27413495m), TakerSide.Buy,
                DateTimeOffset.FromUnixTimeMilliseconds(1547146811357)),
            trades[1]);
        Assert.Equal("/v2/candles/btcusd/1m", Assert.Single(asked));
        Assert.Equal(
            new Candle(
                DateTimeOffset.FromUnixTimeMilliseconds(1559755860000), Price.From(7781.6m), Price.From(7820.23m),
                Price.From(7776.56m), Price.From(7819.39m), Quantity.From(34.7624802159m)),
            candles[1]);
    }

    [Fact]
    public async Task Bars_of_four_hours_are_made_of_single_ones()
    {
        // 2019-06-05 16:00 to 21:00 UTC, newest first.
        const long Four = 1559750400000, Hour = 3600000;
        var bars = Enumerable.Range(0, 6).Reverse().Select(hour =>
            $"[{Four + (hour * Hour)},{10 + hour},{20 + hour},{5 - (hour % 4)},{11 + hour},1.5]");

        var (candles, asked) = await Venue.AnsweredAsync(
            _ => $"[{string.Join(',', bars)}]", data => data.CandlesAsync(Market, CandleInterval.FourHours, from: null, 10, Cancel));

        Assert.Equal("/v2/candles/btcusd/1hr", Assert.Single(asked));
        Assert.Equal(
            [
                new Candle(
                    DateTimeOffset.FromUnixTimeMilliseconds(Four), Price.From(10), Price.From(23), Price.From(2), Price.From(14),
                    Quantity.From(6m)),
                new Candle(
                    DateTimeOffset.FromUnixTimeMilliseconds(Four + (4 * Hour)), Price.From(14), Price.From(25), Price.From(4),
                    Price.From(16), Quantity.From(3m)),
            ],
            candles);
    }

    [Theory]
    [InlineData("open", VenueState.Online)]
    [InlineData("post_only", VenueState.PostOnly)]
    [InlineData("limit_only", VenueState.LimitOnly)]
    [InlineData("cancel_only", VenueState.CancelOnly)]
    [InlineData("closed", VenueState.Maintenance)]
    public async Task Status_is_what_the_largest_market_takes(string word, VenueState state) => Assert.Equal(
        state,
        (await Venue.AnsweredAsync($$"""{"symbol":"BTCUSD","status":"{{word}}"}""", data => data.StatusAsync(Cancel))).State);

    [Fact]
    public async Task Refusal_is_told_in_the_venues_words()
    {
        await using var venue = await LoopbackVenue.SayingAsync(
            400, """{"result":"error","reason":"InvalidSymbol","message":"Received 'nope' as symbol"}""");

        var refused = Assert.IsType<VenueAnswer<DepthSnapshot>.Refused>(
            await Venue.AskAsync(venue, data => data.DepthAsync(Market, 5, Cancel)));

        Assert.Equal(("InvalidSymbol", "Received 'nope' as symbol"), (refused.Code, refused.Message));
    }

    [Fact]
    public async Task Stream_begins_with_the_whole_book_and_leaves_out_trades_of_the_past()
    {
        var (heard, asked) = await Venue.HearAsync(
            [
                """
                {"type":"l2_updates","symbol":"BTCUSD","changes":[["buy","9122.04","0.00121425"],["sell","9122.07","0.98942292"]],
                 "trades":[{"type":"trade","symbol":"BTCUSD","event_id":169841458,"timestamp":1560976400428,"price":"9122.04","quantity":"0.0073173",
                 "side":"sell"}],"auction_events":[]}
                """,
                """{"type":"l2_updates","symbol":"BTCUSD","changes":[["sell","9122.07","0"],["buy","9122.05","1"]]}""",
                """
                {"type":"trade","symbol":"BTCUSD","event_id":3575573053,"timestamp":1563312344123,"price":"9004.21000000","quantity":"0.09110000",
                 "side":"buy"}
                """,
                """{"type":"heartbeat","timestamp":1563312344124}""",
                """
                {"type":"candles_1m_updates","symbol":"BTCUSD","changes":[[1561054500000,9350.18,9358.35,9350.17,9355.51,2.07],
                 [1561054440000,9357.33,9357.33,9350.18,9350.18,1.5900161],[1561054380000,9358,9358,9350.18,9350.18,1]]}
                """,
            ],
            sink => sink.Bars.Count == 2);

        Assert.Equal(
            """{"type":"subscribe","subscriptions":[{"name":"l2","symbols":["BTCUSD"]},{"name":"candles_1m","symbols":["BTCUSD"]}]}""",
            Assert.Single(asked));
        Assert.Equal([true, false], heard.Depths.Select(depth => depth.IsSnapshot));
        Assert.Equal(
            [Level(9122.05m, 1), Level(9122.04m, 0.00121425m)],
            PublicVenue.BookOf(new(BookSequence.None), snapshot: null, heard.Depths).Top(5).Bids);
        Assert.Equal(
            new PublicTrade(
                3575573053, Price.From(9004.21m), Quantity.From(0.0911m), TakerSide.Buy,
                DateTimeOffset.FromUnixTimeMilliseconds(1563312344123)),
            Assert.Single(heard.Trades).Trade);
        Assert.Equal([1561054440000, 1561054500000], heard.Bars.Select(bar => bar.Candle.OpenTime.ToUnixTimeMilliseconds()));
        Assert.Equal(Price.From(9355.51m), heard.Bars.Last().Candle.Close);
    }

    [Fact]
    public async Task Each_connection_begins_its_books_anew()
    {
        var (heard, _) = await Venue.HearAsync(
            ["""{"type":"l2_updates","symbol":"BTCUSD","changes":[["buy","1","1"]]}""", "no json"], sink => sink.Depths.Count >= 2);

        Assert.All(heard.Depths.Take(2), depth => Assert.True(depth.IsSnapshot));
    }

    private static BookLevel Level(decimal price, decimal quantity) => new(Price.From(price), Quantity.From(quantity));
}
