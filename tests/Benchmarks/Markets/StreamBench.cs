using System.Diagnostics;
using System.Net.WebSockets;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Platform.Domain.Markets;
using Platform.Domain.Values;
using Platform.Tests.Support;
using Platform.Workers.Markets;
using Platform.Workers.Markets.Venues.Binance;

namespace Platform.Benchmarks.Markets;

/// <summary>
/// 100,000 trades in the words of Binance, decoded and normalised by our connector, and by ccxt's in node: over a WebSocket on
/// loopback from the first message to the last, and the same messages out of memory. Both are warm when it counts.
/// </summary>
public static class StreamBench
{
    private const int Trades = 100_000;
    private const int WarmUps = 10;
    private const int Rounds = 11;

    // Compilers work beside, and this is done soon.
    private const int ParseWarmUps = 50;

    public static async Task<IReadOnlyList<BenchRow>> RunAsync(CancellationToken cancel)
    {
        await using var server = new TradeServer(Trades);
        var parsing = Parse();
        var (streaming, bare, allocated) = (new Samples(), new Samples(), 0L);
        for (var round = -WarmUps; round < Rounds; round++)
        {
            var (took, bytes) = await StreamAsync(server.Address, cancel);
            var alone = await ReceiveAsync(server.Address, cancel);
            if (round < 0)
                continue;

            streaming.Add(took);
            bare.Add(alone);
            allocated += bytes;
        }

        using var theirs = JsonDocument.Parse(await Script.OutputAsync(
            "tests/Benchmarks/ccxt/run.sh", [new Uri(server.Address, "/stream").ToString(), $"{Trades}", $"{WarmUps}", $"{Rounds}"],
            new Dictionary<string, string>(), cancel));
        var (theirStreaming, theirParsing) = (Theirs("streaming"), Theirs("parsing"));
        return
        [
            new(
                "100,000 trades over a WebSocket, normalised; the reference is ccxt",
                $"{streaming.Spread(Samples.Text)}, {allocated / Rounds / 1_048_576} MiB allocated",
                $"{Samples.Text(theirStreaming)}, {theirs.RootElement.GetProperty("heapMiB").GetInt64()} MiB more heap",
                Samples.Ratio(streaming.At(50), theirStreaming)),
            new(
                "the same; the reference is the runtime's WebSocket with nothing read of the messages",
                streaming.Spread(Samples.Text), bare.Spread(Samples.Text), Samples.Ratio(streaming.At(50), bare.At(50))),
            new(
                "the same messages from memory; the reference is ccxt", parsing.Spread(Each), Each(theirParsing),
                Samples.Ratio(parsing.At(50), theirParsing)),
        ];

        TimeSpan Theirs(string name) => TimeSpan.FromMilliseconds(theirs.RootElement.GetProperty(name).GetDouble());

        static string Each(TimeSpan time) => $"{time.TotalNanoseconds / Trades:F0} ns a message";
    }

    private static Samples Parse()
    {
        byte[][] messages = [.. Enumerable.Range(1, Trades).Select(TradeServer.Message)];
        var stream = new BinanceStream(new("ws://none"), [Instrument()], BinanceStream.Spot);
        var times = new Samples();
        for (var round = -ParseWarmUps; round < Rounds; round++)
        {
            var sink = new CountingSink(Trades);
            var begin = Stopwatch.GetTimestamp();
            foreach (var message in messages)
                stream.Read(message, sink);
            var took = Stopwatch.GetElapsedTime(begin);
            if (!sink.Done.IsCompleted)
                throw new InvalidOperationException("Trades were not read.");

            if (round >= 0)
                times.Add(took);
        }

        return times;
    }

    private static async Task<(TimeSpan Time, long Allocated)> StreamAsync(Uri address, CancellationToken cancel)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Platform:Venue:RestUrl"] = new UriBuilder(address) { Scheme = "http" }.Uri.ToString(),
            ["Platform:Venue:StreamUrl"] = address.ToString(),
        });
        builder.AddMarkets();
        using var host = builder.Build();
        var source = host.Services.GetRequiredService<ConnectedVenues>().Home.Parts.MarketData;
        var sink = new CountingSink(Trades);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var streaming = source.StreamAsync([Instrument()], sink, stop.Token);
        await sink.Done.WaitAsync(cancel);
        await stop.CancelAsync();
        await streaming.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        return (sink.Took, sink.Allocated);
    }

    // What nobody who reads by the runtime's WebSocket can be faster than.
    private static async Task<TimeSpan> ReceiveAsync(Uri address, CancellationToken cancel)
    {
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(address, cancel);
        var (buffer, begin) = (new byte[64 * 1024].AsMemory(), 0L);
        for (var count = 0; count < Trades; count++)
        {
            var read = await socket.ReceiveAsync(buffer, cancel);
            if (!read.EndOfMessage)
                throw new InvalidOperationException("A message was not read whole.");
            if (count == 0)
                begin = Stopwatch.GetTimestamp();
        }

        return Stopwatch.GetElapsedTime(begin);
    }

    private static Instrument Instrument() => new(
        VenueId.From("paper"), "BTCUSDT", Symbol.From("BTC-USDT"), InstrumentKind.Spot,
        new(
            Symbol.From("BTC-USDT"), new(0, 0, 0), new(default, default, default), new(default, default, default),
            NotionalRules.None, 8, 8),
        IsTrading: true);
}
