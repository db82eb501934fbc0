using System.Text;
using Platform.Domain.Markets;
using Platform.Workers.Markets.Venues;
using Platform.Workers.Markets.Venues.Binance;
using Platform.Workers.Markets.Venues.Kraken;
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
        new BinanceStream(new("wss://stream"), [MarketsHost.Listed("BTC-USDT", "BTCUSDT")]), message);

    [Theory]
    [InlineData("""{"channel":"trade","type":"update","data":[{"symbol":"BTC/USDT","side":"buy","price":105944.20,"qty":0.00027625,"ord_type":"limit","trade_id":10218208,"timestamp":"2023-10-06T17:35:55.440295Z"}]}""")]
    [InlineData("""{"channel":"book","type":"update","data":[{"symbol":"BTC/USDT","bids":[{"price":105944.20,"qty":0.250}],"asks":[],"checksum":2114181697,"timestamp":"2023-10-06T17:35:55.440295Z"}]}""")]
    public void Kraken_allocates_nothing(string message) => AssertNothingIsAllocated(
        new KrakenStream(new("wss://stream"), [MarketsHost.Listed("BTC-USDT", "XBTUSDT", "kraken")]), message);

    private static void AssertNothingIsAllocated(IStreamProtocol stream, string message)
    {
        var bytes = Encoding.UTF8.GetBytes(message);
        var sink = new CountingSink();
        for (var round = 0; round < 100; round++)
            stream.Read(bytes, sink);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var round = 0; round < Rounds; round++)
            stream.Read(bytes, sink);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(Rounds + 100, sink.Told);
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

        public void BarChanged(Instrument instrument, CandleInterval interval, Candle candle) => Told++;

        public void DayChanged(Instrument instrument, DaySummary day) => Told++;

        public void StatusChanged(VenueStatus status) => Told++;
    }
}
