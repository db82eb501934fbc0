using System.Text;
using System.Text.Json;
using Platform.Domain.Markets;
using Platform.Tests.Support;
using Platform.Workers.Markets.Venues.Binance;
using Platform.Workers.Markets.Venues.Kraken;
using Platform.Workers.Markets.Venues.KrakenFutures;
using Platform.Workers.Markets.Venues.Streams;

namespace Platform.Workers.Tests.Markets.Venues.Unfollowed;

/// <summary>Messages of channels that the platform does not follow, recorded: a stream that gets one makes nothing of it, and goes on.</summary>
public sealed class UnfollowedMessageTests
{
    private static readonly Uri Root = new("ws://localhost");

    [Theory, Reads("{0}"), MemberData(nameof(UnfollowedRecording.Messages), MemberType = typeof(UnfollowedRecording))]
    public void Stream_of_a_market_tells_nothing_of_it_and_all_that_follows(string file)
    {
        var said = UnfollowedRecording.SaidIn(file).Select(Encoding.UTF8.GetBytes).ToList();

        Assert.NotEmpty(said);
        Assert.All(MarketStreamsOf(UnfollowedRecording.VenueOf(file)), each =>
        {
            var sink = new HearingSink();
            said.ForEach(message => each.Stream.Read(message, sink));
            Assert.Equal(0, ToldTo(sink));

            each.Stream.Read(Encoding.UTF8.GetBytes(each.Trade), sink);
            Assert.Single(sink.Trades);
            Assert.Equal(1, ToldTo(sink));
        });
    }

    [Theory, Reads("{0}"), MemberData(nameof(UnfollowedRecording.AccountMessages), MemberType = typeof(UnfollowedRecording))]
    public void Stream_of_an_account_reports_nothing_of_it_and_all_that_follows(string file)
    {
        var said = UnfollowedRecording.SaidIn(file).SelectMany(AsSent).ToList();

        Assert.NotEmpty(said);
        Assert.All(AccountStreamsOf(UnfollowedRecording.VenueOf(file)), each =>
        {
            var read = each();
            Assert.All(said, message => Assert.Null(read.Reader(message)));
            Assert.NotNull(read.Reader(Encoding.UTF8.GetBytes(read.Report)));
        });
    }

    private static int ToldTo(HearingSink sink) => sink.Connects + sink.Losses.Count + sink.Trades.Count + sink.Quotes.Count
        + sink.Depths.Count + sink.Bars.Count + sink.Days.Count + sink.Statuses.Count;

    // What was recorded on a stream of many comes to its account in another cover, or in none.
    private static IEnumerable<byte[]> AsSent(string said)
    {
        yield return Encoding.UTF8.GetBytes(said);
        if (!RecordedVenueData.Json(said).TryGetProperty("data", out var told) || told.ValueKind is not JsonValueKind.Object)
            yield break;
        yield return Encoding.UTF8.GetBytes($$"""{"subscriptionId":0,"event":{{told.GetRawText()}}}""");
        yield return Encoding.UTF8.GetBytes(told.GetRawText());
    }

    private static IEnumerable<(IStreamProtocol Stream, string Trade)> MarketStreamsOf(string venue) => venue switch
    {
        "kraken" =>
        [
            (new KrakenStream(Root, [MarketsHost.Listed("BTC-USD", "XBTUSD", venue)]),
                """
                {"channel":"trade","type":"update","data":[{"symbol":"BTC/USD","side":"buy","price":42000.5,"qty":0.1,"ord_type":"limit",
                 "trade_id":7,"timestamp":"2024-01-15T12:00:05.000000Z"}]}
                """),
        ],
        "kraken-futures" =>
        [
            (new KrakenFuturesStream(
                    Root,
                    [
                        .. from market in (IEnumerable<(string, string)>)
                               [("BTC-USD", "PI_XBTUSD"), ("BTC-USD", "PF_XBTUSD"), ("ETH-USD", "PI_ETHUSD"), ("ETH-USD", "PF_ETHUSD")]
                           select MarketsHost.Listed(market.Item1, market.Item2, venue),
                    ]),
                """
                {"feed":"trade","product_id":"PI_XBTUSD","uid":"05af78ac-a774-478c-a50c-8b9c234e071e","side":"sell","type":"fill","seq":653355,
                 "time":1612266317519,"qty":15000,"price":34969.5}
                """),
        ],
        _ =>
        [
            (new BinanceStream(Root, [Bitcoin], BinanceStream.Spot), Trade("trade", 't')),
            (new BinanceStream(Root, [Bitcoin], BinanceStream.Futures), Trade("aggTrade", 'a')),
        ],
    };

    private static Instrument Bitcoin => MarketsHost.Listed("BTC-USDT", "BTCUSDT", "binance");

    private static string Trade(string topic, char id) =>
        $$"""
        {"stream":"btcusdt@{{topic}}","data":{"e":"{{topic}}","s":"BTCUSDT","{{id}}":12,"p":"0.1","q":"5","T":1672515782136,"m":true} }
        """;

    /// <summary>Each with a report that it knows; Kraken's second word on an order is known by the first alone.</summary>
    private static IEnumerable<Func<(Func<byte[], object?> Reader, string Report)>> AccountStreamsOf(string venue) => venue switch
    {
        "kraken" =>
        [
            () =>
            {
                var executions = new KrakenExecutions(knownMax: 10);
                Assert.Single(executions.Read(Encoding.UTF8.GetBytes(
                    """
                    {"channel":"executions","type":"update","data":[{"order_id":"O1","cl_ord_id":"mine","symbol":"BTC/USD","side":"buy",
                     "order_type":"limit","order_qty":2,"limit_price":100.5,"exec_type":"new","order_status":"new",
                     "timestamp":"2026-01-02T03:04:05.000001Z"}]}
                    """))!);
                return (message => executions.Read(message),
                    """
                    {"channel":"executions","type":"update","data":[{"order_id":"O1","exec_type":"canceled","order_status":"canceled",
                     "timestamp":"2026-01-02T03:04:07Z"}]}
                    """);
            },
        ],
        _ =>
        [
            () => (message => BinanceUserStream.Parse(message),
                """
                {"subscriptionId":0,"event":{"e":"outboundAccountPosition","E":1564034571105,"u":1564034571073,
                 "B":[{"a":"ETH","f":"10000","l":"0"}]}}
                """),
            () => (message => BinanceFuturesUserReports.Of(JsonElement.Parse(message)),
                """
                {"e":"ACCOUNT_UPDATE","T":1564745798939,"a":{"m":"ORDER","B":[],
                 "P":[{"s":"BTCUSDT","pa":"-1","ep":"100","up":"0","ps":"BOTH"}]}}
                """),
        ],
    };
}
