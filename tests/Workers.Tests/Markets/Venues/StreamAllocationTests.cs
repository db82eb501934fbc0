using System.Text;
using Platform.Domain.Markets;
using Platform.Tests.Support;
using Platform.Workers.Markets.Venues;
using Platform.Workers.Markets.Venues.Binance;
using Platform.Workers.Markets.Venues.Bitfinex;
using Platform.Workers.Markets.Venues.Bitstamp;
using Platform.Workers.Markets.Venues.Gate;
using Platform.Workers.Markets.Venues.Gemini;
using Platform.Workers.Markets.Venues.Kraken;
using Platform.Workers.Markets.Venues.KrakenFutures;
using Platform.Workers.Markets.Venues.KuCoin;
using Platform.Workers.Markets.Venues.Streams;

namespace Platform.Workers.Tests.Markets.Venues;

/// <summary>Trades, quotes and differences of the book are read without a byte of garbage, whatever the venue.</summary>
public sealed class StreamAllocationTests
{
    private const int Rounds = 2000;

    [Theory]
    [InlineData("""{"stream":"btcusdt@trade","data":{"e":"trade","E":1672515782136,"s":"BTCUSDT","t":12345,"p":"16850.01000000","q":"0.00100000","T":1672515782136,"m":true,"M":true}}""")]
    [InlineData("""{"stream":"btcusdt@bookTicker","data":{"u":400900217,"s":"BTCUSDT","b":"16850.01000000","B":"31.21000000","a":"16850.02000000","A":"40.66000000"}}""")]
    [InlineData("""{"stream":"btcusdt@depth@100ms","data":{"e":"depthUpdate","E":1672515782136,"s":"BTCUSDT","U":157,"u":160,"b":[["16850.00","10"],["16849.99","0"]],"a":[["16850.05","1.5"]]}}""")]
    public void Binance_allocates_nothing(string message) => AssertNothingIsAllocated(
        new BinanceStream(new("wss://stream"), [MarketsHost.Listed("BTC-USDT", "BTCUSDT")], BinanceStream.Spot), message);

    [Theory]
    [InlineData("""{"channel":"trade","type":"update","data":[{"symbol":"BTC/USDT","side":"buy","price":105944.20,"qty":0.00027625,"ord_type":"limit","trade_id":10218208,"timestamp":"2023-10-06T17:35:55.440295Z"}]}""")]
    [InlineData("""{"channel":"book","type":"update","data":[{"symbol":"BTC/USDT","bids":[{"price":105944.20,"qty":0.250}],"asks":[],"checksum":2114181697,"timestamp":"2023-10-06T17:35:55.440295Z"}]}""")]
    public void Kraken_allocates_nothing(string message) => AssertNothingIsAllocated(
        new KrakenStream(new("wss://stream"), [MarketsHost.Listed("BTC-USDT", "XBTUSDT", "kraken")]), message);

    [Theory]
    [InlineData("""{"feed":"trade","product_id":"PF_XBTUSD","uid":"05af78ac-a774-478c-a50c-8b9c234e071e","side":"sell","type":"fill","seq":653355,"time":1612266317519,"qty":0.15,"price":34969.5}""")]
    [InlineData("""{"feed":"book","product_id":"PF_XBTUSD","side":"sell","seq":326094134,"price":34981,"qty":0,"timestamp":1612269953629}""")]
    public void Kraken_futures_allocate_nothing(string message) => AssertNothingIsAllocated(
        new KrakenFuturesStream(new("wss://stream"), [MarketsHost.Listed("BTC-USD", "PF_XBTUSD", "kraken-futures")]), message);

    [Theory]
    [InlineData("""{"stream":"btcusdt@aggTrade","data":{"e":"aggTrade","E":1,"a":5933014,"s":"BTCUSDT","p":"16850.01","q":"0.1","f":100,"l":105,"T":1672515782136,"m":true}}""")]
    [InlineData("""{"stream":"btcusdt@depth@100ms","data":{"e":"depthUpdate","E":1672515782136,"T":1,"s":"BTCUSDT","U":157,"u":160,"pu":149,"b":[["16850.00","10"]],"a":[["16850.05","1.5"]]}}""")]
    public void Binance_futures_allocate_nothing(string message) => AssertNothingIsAllocated(
        new BinanceStream(new("wss://stream"), [MarketsHost.Listed("BTC-USDT", "BTCUSDT")], BinanceStream.Futures), message);

    [Theory]
    [InlineData("""{"data":{"id":85658352,"timestamp":"1555135143","amount_str":"0.00158473","price_str":"5112.85","type":1,"microtimestamp":"1555135143665724"},"event":"trade","channel":"live_trades_btcusd"}""")]
    [InlineData("""{"data":{"timestamp":"1560182488","microtimestamp":"1560182488522670","bids":[["7937.24","0.00000000"]],"asks":[["7945.54","0.10000000"]]},"event":"data","channel":"diff_order_book_btcusd"}""")]
    public void Bitstamp_allocates_nothing(string message) => AssertNothingIsAllocated(
        new BitstampStream(new("wss://stream"), [MarketsHost.Listed("BTC-USD", "btcusd", "bitstamp")]), message);

    [Theory]
    [InlineData("""{"type":"trade","symbol":"BTCUSD","event_id":3575573053,"timestamp":1563312344123,"price":"9004.21000000","quantity":"0.09110000","side":"buy"}""")]
    [InlineData("""{"type":"l2_updates","symbol":"BTCUSD","changes":[["sell","9122.07","0"],["buy","9122.05","1"]]}""")]
    public void Gemini_allocates_nothing(string message) => AssertNothingIsAllocated(
        new GeminiStream(new("wss://stream"), [MarketsHost.Listed("BTC-USD", "BTCUSD", "gemini")]), message);

    [Theory]
    [InlineData("""{"type":"message","topic":"/market/match:BTC-USDT","subject":"trade.l3match","data":{"sequence":"1545896669145","side":"buy","price":"0.082","size":"0.01022222","time":"1545913818099033203"}}""")]
    [InlineData("""{"type":"message","topic":"/market/ticker:BTC-USDT","subject":"trade.ticker","data":{"bestAsk":"0.08","bestAskSize":"0.18","bestBid":"0.049","bestBidSize":"0.036","Time":1704873323416}}""")]
    [InlineData("""{"topic":"/market/level2:BTC-USDT","type":"message","subject":"trade.l2update","data":{"changes":{"asks":[["18906","0.00331","14103845"]],"bids":[["18905","0.2","14103843"]]},"sequenceEnd":14103847,"sequenceStart":14103843,"time":1663747970273}}""")]
    public void KuCoin_allocates_nothing(string message) => AssertNothingIsAllocated(
        new KuCoinStream(_ => ValueTask.FromResult(new Uri("wss://stream")), [MarketsHost.Listed("BTC-USDT", "BTC-USDT", "kucoin")]), message);

    [Theory]
    [InlineData("""{"time":1,"channel":"spot.trades","event":"update","result":{"id":309143071,"create_time_ms":"1606292218213.4578","side":"sell","currency_pair":"BTC_USDT","amount":"16.47","price":"0.4705"}}""")]
    [InlineData("""{"time":1,"channel":"spot.book_ticker","event":"update","result":{"t":1606293275123,"u":48733182,"s":"BTC_USDT","b":"19177.79","B":"0.0003341504","a":"19179.38","A":"0.09"}}""")]
    [InlineData("""{"time":1,"channel":"spot.order_book_update","event":"update","result":{"t":1606294781123,"s":"BTC_USDT","U":48776301,"u":48776306,"b":[["19137.74","0.0001"]],"a":[["19137.75","0.6135"]]}}""")]
    public void Gate_allocates_nothing(string message) => AssertNothingIsAllocated(
        new GateStream(WireLinks.Of("gate"), [MarketsHost.Listed("BTC-USDT", "BTC_USDT", "gate")]), message);

    [Theory]
    [InlineData("""[12,"te",[401597395,1574694478808,-0.005,7245.3]]""")]
    [InlineData("[13,[6000.5,2,1.25]]")]
    public void Bitfinex_allocates_nothing(string message)
    {
        var stream = new BitfinexStream(WireLinks.Of("bitfinex"), [MarketsHost.Listed("BTC-USD", "tBTCUSD", "bitfinex")]);
        foreach (var (channel, number) in new[] { ("trades", 12), ("book", 13) })
            stream.Read(
                Encoding.UTF8.GetBytes($$"""{"event":"subscribed","channel":"{{channel}}","chanId":{{number}},"symbol":"tBTCUSD"}"""),
                new HearingSink());

        AssertNothingIsAllocated(stream, message);
    }

    private static void AssertNothingIsAllocated(IStreamProtocol stream, string message)
    {
        var bytes = Encoding.UTF8.GetBytes(message);
        var sink = new CountingSink();
        for (var round = 0; round < 100; round++)
            stream.Read(bytes, sink);

        var told = 0;
        var allocated = Allocations.Of(() =>
        {
            told = sink.Told;
            for (var round = 0; round < Rounds; round++)
                stream.Read(bytes, sink);
        });

        Assert.Equal(0, allocated);
        Assert.Equal(Rounds, sink.Told - told);
    }

    private sealed class CountingSink : IMarketSink
    {
        public int Told { get; private set; }

        public void Connected() => Told++;

        public void Disconnected(string reason) => Told++;

        public void Heard() => Told++;

        public void Traded(Instrument instrument, in PublicTrade trade) => Told++;

        public void Quoted(Instrument instrument, in VenueQuote quote) => Told++;

        public void DepthChanged(Instrument instrument, in DepthUpdate update) => Told++;

        public void BookLost(Instrument instrument) => Told++;

        public void BarChanged(Instrument instrument, CandleInterval interval, Candle candle) => Told++;

        public void DayChanged(Instrument instrument, DaySummary day) => Told++;

        public void StatusChanged(VenueStatus status) => Told++;
    }
}
