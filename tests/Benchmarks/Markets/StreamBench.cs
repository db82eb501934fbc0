using System.Diagnostics;
using System.Globalization;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Platform.Domain.Markets;
using Platform.Domain.Values;
using Platform.Tests.Support;
using Platform.Workers.Markets;
using Platform.Workers.Markets.Venues;

namespace Platform.Benchmarks.Markets;

/// <summary>
/// 100,000 trades over a WebSocket on loopback, in the words of Binance: decoded and normalised by our connector, and by ccxt's
/// in node, from the first message to the last. The server's part is the same bytes for both.
/// </summary>
public static class StreamBench
{
    private const int Trades = 100_000;

    public static async Task<IReadOnlyList<BenchRow>> RunAsync(CancellationToken cancel)
    {
        await using var server = await ServeAsync();
        var address = new Uri(server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        await OursAsync(address, cancel); // Warm-up.
        var (ours, allocated) = await OursAsync(address, cancel);
        using var theirs = JsonDocument.Parse(await Script.OutputAsync(
            "tests/Benchmarks/ccxt/run.sh", [new UriBuilder(address) { Scheme = "ws", Path = "/stream" }.Uri.ToString(), $"{Trades}"],
            new Dictionary<string, string>(), cancel));
        var ccxt = TimeSpan.FromMilliseconds(theirs.RootElement.GetProperty("milliseconds").GetDouble());
        return
        [
            new(
                "100,000 trades over a WebSocket, normalised; the reference is ccxt",
                $"{Samples.Text(ours)}, {allocated / 1_048_576} MiB allocated",
                $"{Samples.Text(ccxt)}, {theirs.RootElement.GetProperty("heapMiB").GetInt64()} MiB more heap", Samples.Ratio(ours, ccxt)),
        ];
    }

    private static async Task<(TimeSpan Time, long Allocated)> OursAsync(Uri address, CancellationToken cancel)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Platform:Venue:RestUrl"] = address.ToString(),
            ["Platform:Venue:StreamUrl"] = new UriBuilder(address) { Scheme = "ws" }.Uri.ToString(),
        });
        builder.AddMarkets();
        using var host = builder.Build();
        var source = host.Services.GetRequiredService<ConnectedVenues>().Home.Parts.MarketData;
        var sink = new CountingSink();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var streaming = source.StreamAsync([Instrument()], sink, stop.Token);
        await sink.Done.WaitAsync(cancel);
        await stop.CancelAsync();
        await streaming.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        return (sink.Took, sink.Allocated);
    }

    private static Instrument Instrument() => new(
        VenueId.From("paper"), "BTCUSDT", Symbol.From("BTC-USDT"), InstrumentKind.Spot,
        new(
            Symbol.From("BTC-USDT"), new(0, 0, 0), new(default, default, default), new(default, default, default),
            NotionalRules.None, 8, 8),
        IsTrading: true);

    private static async Task<WebApplication> ServeAsync()
    {
        byte[][] messages = [.. Enumerable.Range(1, Trades).Select(id => Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture,
            $$"""
            {"stream":"btcusdt@trade","data":{"e":"trade","E":1672515782136,"s":"BTCUSDT","t":{{id}},"p":"{{17_000 + (id % 997)}}.01",
            "q":"0.{{10_000 + (id % 9973)}}","T":{{1672515782136 + id}},"m":true,"M":true} }
            """)))];
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var server = builder.Build();
        server.UseWebSockets();
        server.Run(async context =>
        {
            using var socket = await context.WebSockets.AcceptWebSocketAsync();
            foreach (var message in messages)
                await socket.SendAsync(message, WebSocketMessageType.Text, endOfMessage: true, context.RequestAborted);
            var nothing = new byte[16];
            while (socket.State is WebSocketState.Open)
                await socket.ReceiveAsync(nothing, context.RequestAborted);
        });
        await server.StartAsync();
        return server;
    }

    private sealed class CountingSink : IMarketSink
    {
        private readonly TaskCompletionSource done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private long begin;
        private long before;
        private int count;

        public Task Done => done.Task;

        public TimeSpan Took { get; private set; }

        public long Allocated { get; private set; }

        public void Traded(Instrument instrument, in PublicTrade trade)
        {
            if (count++ == 0)
                (begin, before) = (Stopwatch.GetTimestamp(), GC.GetTotalAllocatedBytes());
            if (count != Trades)
                return;

            (Took, Allocated) = (Stopwatch.GetElapsedTime(begin), GC.GetTotalAllocatedBytes() - before);
            done.TrySetResult();
        }

        public void Connected() => count = 0;

        public void Disconnected(string reason) => _ = reason;

        public void Heard() => _ = count;

        public void Quoted(Instrument instrument, in VenueQuote quote) => _ = quote;

        public void DepthChanged(Instrument instrument, in DepthUpdate update) => _ = update.IsSnapshot;

        public void BarChanged(Instrument instrument, CandleInterval interval, Candle candle) => _ = candle;

        public void DayChanged(Instrument instrument, DaySummary day) => _ = day;

        public void StatusChanged(VenueStatus status) => _ = status;
    }
}
