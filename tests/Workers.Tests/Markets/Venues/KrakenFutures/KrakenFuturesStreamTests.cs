using System.Net.WebSockets;
using System.Text;
using Platform.Domain.Markets;
using Platform.Domain.Values;
using Platform.Tests.Support;
using Platform.Workers.Markets.Venues;
using Platform.Workers.Markets.Venues.KrakenFutures;
using Platform.Workers.Markets.Venues.Wire;

namespace Platform.Workers.Tests.Markets.Venues.KrakenFutures;

/// <summary>Recorded messages of the stream of Kraken's derivatives, and what is asked of its routes.</summary>
public sealed class KrakenFuturesStreamTests
{
    private static readonly Instrument Linear = MarketsHost.Listed("BTC-USD", "PI_XBTUSD", "kraken-futures");

    private static readonly Instrument Inverse =
        Linear with { Kind = InstrumentKind.Perpetual, Derivative = new(1, IsInverse: true, Asset.From("BTC")) };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact, Reads("nautilus/venue-payloads/kraken/ws_futures_trade.json", "nautilus/venue-payloads/kraken/ws_futures_trade_snapshot.json")]
    public void Trade_is_its_takers_and_those_before_the_subscription_are_passed_over()
    {
        var heard = Hear(Linear, "ws_futures_trade_snapshot", "ws_futures_trade");

        Assert.Equal(
            new PublicTrade(
                WireTokens.TradeId("05af78ac-a774-478c-a50c-8b9c234e071e"u8), Price.From(34969.5m), Quantity.From(15_000), TakerSide.Sell,
                RecordedPayload.At(1612266317519)),
            Assert.Single(heard.Trades).Trade);
    }

    [Fact, Reads("nautilus/venue-payloads/kraken/ws_futures_book_snapshot.json", "nautilus/venue-payloads/kraken/ws_futures_book_delta.json")]
    public void Book_begins_with_a_snapshot_and_goes_on_by_single_levels()
    {
        var heard = Hear(Linear, "ws_futures_book_snapshot", "ws_futures_book_delta").Depths.ToList();

        Assert.Equal((true, 326072249L, RecordedPayload.At(1612269825817)), (heard[0].IsSnapshot, heard[0].LastUpdateId, heard[0].VenueTime));
        Assert.Equal([RecordedPayload.Level(34892.5m, 6385), RecordedPayload.Level(34892, 10924)], heard[0].Bids);
        Assert.Equal([RecordedPayload.Level(34911.5m, 20598), RecordedPayload.Level(34912, 2300)], heard[0].Asks);
        Assert.Equal((false, 326094134L, 326094134L), (heard[1].IsSnapshot, heard[1].FirstUpdateId, heard[1].LastUpdateId));
        Assert.Empty(heard[1].Bids);
        Assert.Equal([RecordedPayload.Level(34981, 0)], heard[1].Asks);

        // Between the two recordings 21,884 others were sent.
        var book = PublicVenue.BookOf(new(BookSequence.ByOne), snapshot: null, heard);
        Assert.Equal(BookState.Desynced, book.State);
    }

    [Fact, Reads("nautilus/venue-payloads/kraken/ws_futures_book_snapshot_with_zero_qty.json")]
    public void Level_of_a_snapshot_on_which_nobody_stands_is_none()
    {
        var heard = Assert.Single(Hear(Linear, "ws_futures_book_snapshot_with_zero_qty").Depths);

        Assert.Equal([RecordedPayload.Level(34892.5m, 6385), RecordedPayload.Level(34891.5m, 100)], heard.Bids);
        Assert.Equal([RecordedPayload.Level(34912, 2300)], heard.Asks);
    }

    [Fact, Reads("nautilus/venue-payloads/kraken/ws_futures_ticker.json")]
    public void Ticker_is_a_quote_and_the_day_where_that_is_counted_in_the_base_asset()
    {
        var at = RecordedPayload.At(1676393235406);
        var quote = new VenueQuote(Price.From(21978.5m), Quantity.From(2536), Price.From(21987), Quantity.From(13_948), at);

        var linear = Hear(Linear, "ws_futures_ticker");
        Assert.Equal(quote, Assert.Single(linear.Quotes).Quote);
        Assert.Equal(
            new DaySummary(
                Price.From(21983.5m), quote.Bid, quote.BidQuantity, quote.Ask, quote.AskQuantity, Price.From(21968.5m), Price.From(22_123),
                Price.From(21_456), Quantity.From(31_403_908), Notional.From(31_403_908), at),
            Assert.Single(linear.Days).Day);

        var inverse = Hear(Inverse, "ws_futures_ticker");
        Assert.Equal(quote, Assert.Single(inverse.Quotes).Quote);
        Assert.Empty(inverse.Days);
    }

    [Theory]
    [InlineData("""{"event":"error","message":"Invalid product id"}""", "Invalid product id")]
    [InlineData("""{"event":"subscribed_failed","feed":"book"}""", "book")]
    public void Refused_subscription_ends_the_connection(string message, string why) =>
        Assert.Contains(why, Assert.Throws<WebSocketException>(
            () => new KrakenFuturesStream(new("wss://stream"), [Linear]).Read(Encoding.UTF8.GetBytes(message), new HearingSink())).Message,
            StringComparison.Ordinal);

    [Fact]
    public async Task History_is_asked_for_by_time_and_told_oldest_first()
    {
        var venue = new PublicVenue("kraken-futures", Linear);
        var since = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000);

        var (trades, asked) = await venue.AnsweredAsync(
            _ => $$"""{"elements":[{{Execution("a", since, 1)}},{{Execution("b", since, 2)}},{{Execution("c", since.AddSeconds(1), 3)}}],"len":3}""",
            data => data.TradesAsync(Linear, new TradeMark(WireTokens.TradeId("a"u8), since), 10, Cancel));
        var (latest, latestAsked) = await venue.AnsweredAsync(
            _ => $$"""{"elements":[{{Execution("c", since.AddSeconds(1), 3)}},{{Execution("b", since, 2)}}],"len":2}""",
            data => data.TradesAsync(Linear, since: null, 10, Cancel));
        var (bars, barsAsked) = await venue.AnsweredAsync(
            _ => """{"candles":[{"time":1700000040000,"open":"1","high":"2","low":"1","close":"2","volume":"3"}],"more_candles":false}""",
            data => data.CandlesAsync(Linear, CandleInterval.OneMinute, since, 50, Cancel));

        Assert.Equal("/api/history/v3/market/PI_XBTUSD/executions?sort=asc&since=1700000000000", Assert.Single(asked));
        Assert.Equal([2m, 3m], trades.Select(trade => trade.Quantity.Value));
        Assert.Equal("/api/history/v3/market/PI_XBTUSD/executions?sort=desc", Assert.Single(latestAsked));
        Assert.Equal([2m, 3m], latest.Select(trade => trade.Quantity.Value));
        Assert.Equal("/api/charts/v1/trade/PI_XBTUSD/1m?count=50&from=1700000000", Assert.Single(barsAsked));
        Assert.Equal(1_700_000_040, Assert.Single(bars).OpenTime.ToUnixTimeSeconds());
    }

    [Fact]
    public async Task Fundings_are_told_oldest_first_from_the_one_that_is_wanted()
    {
        await using var venue = await LoopbackVenue.SayingAsync(
            200,
            """
            {"result":"success","rates":[{"timestamp":"2025-07-11T08:00:00Z","relativeFundingRate":0.0003},
             {"timestamp":"2025-07-11T00:00:00Z","relativeFundingRate":0.0002},{"timestamp":"2025-07-10T16:00:00Z","relativeFundingRate":0.0001}]}
            """);
        using var host = MarketsHost.For(venue.Address, settings: ("Platform:Venue:Connector", "kraken-futures"));

        var fundings = await MarketsHost.Parts(host).Derivatives!.FundingsAsync(Linear, new(2025, 7, 11, 0, 0, 0, TimeSpan.Zero), Cancel);

        Assert.Equal(
            [0.0002m, 0.0003m],
            Assert.IsType<VenueAnswer<IReadOnlyList<FundingPayment>>.Answered>(fundings).Value.Select(paid => paid.Rate));
    }

    [Theory]
    [InlineData("apiLimitExceeded", UnknownCause.Throttled)]
    [InlineData("Unavailable", UnknownCause.ServerError)]
    public async Task Trouble_that_the_venue_names_is_doubt(string error, UnknownCause cause)
    {
        await using var venue = await LoopbackVenue.SayingAsync(200, $$"""{"result":"error","error":"{{error}}","serverTime":"2025-07-11T08:00:00Z"}""");

        var answer = await new PublicVenue("kraken-futures", Linear).AskAsync(venue, data => data.DepthAsync(Linear, 10, Cancel));

        Assert.Equal(cause, Assert.IsType<VenueAnswer<DepthSnapshot>.Unknown>(answer).Cause);
    }

    private static string Execution(string uid, DateTimeOffset at, int quantity) =>
        $$$$$"""
        {"event":{"Execution":{"execution":{"uid":"{{{{{uid}}}}}","takerOrder":{"direction":"Buy"},"timestamp":{{{{{at.ToUnixTimeMilliseconds()}}}}},
         "quantity":"{{{{{quantity}}}}}","price":"1"}}}}
        """;

    private static HearingSink Hear(Instrument instrument, params IEnumerable<string> names)
    {
        var stream = new KrakenFuturesStream(new("wss://stream"), [instrument]);
        var heard = new HearingSink();
        foreach (var name in names)
            stream.Read(RecordedPayload.Bytes("kraken", name), heard);
        return heard;
    }
}
