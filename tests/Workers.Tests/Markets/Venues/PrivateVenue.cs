using System.Collections.Concurrent;
using System.Globalization;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Platform.Workers.Markets;
using Platform.Workers.Markets.Venues;

namespace Platform.Workers.Tests.Markets.Venues;

/// <summary>One connector with credentials, against a venue on loopback that answers each route as the test says.</summary>
internal sealed class PrivateVenue : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, ConcurrentQueue<string>> routes = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> spoken = new();
    private LoopbackVenue venue = null!;
    private IHost host = null!;
    private IReadOnlyList<string> stream = [];

    /// <summary>What was asked, in order; not the venue's time.</summary>
    public (string Method, string Target, string Body)[] Asked =>
        [.. venue.Calls.Where(call => !call.Target.EndsWith("/time", StringComparison.Ordinal))];

    /// <summary>What the connector said on the stream of the account.</summary>
    public string[] Spoken => [.. spoken];

    public VenueParts Parts => host.Services.GetRequiredService<ConnectedVenues>().Home.Parts;

    public IVenueTrading Trading => Parts.Trading!;

    public IVenueAccount Account => Parts.Account!;

    public IVenueWithdrawals Withdrawals => Parts.Withdrawals!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <param name="answers">By path; the same path again is the next answer, and the last one stays. Empty: it hangs up.</param>
    public static async Task<PrivateVenue> StartAsync(string connector, params (string Path, string Body)[] answers)
    {
        var stage = new PrivateVenue();
        foreach (var (path, body) in answers)
            stage.routes.GetOrAdd(path, _ => new()).Enqueue(body);
        stage.venue = await LoopbackVenue.StartAsync(stage.AnswerAsync);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        stage.host = MarketsHost.For(
            stage.venue.Address, apiSecret: connector is "coinbase" ? key.ExportECPrivateKeyPem() : MarketsHost.ApiSecret,
            settings: ("Platform:Venue:Connector", connector));
        return stage;
    }

    /// <summary>The first reports of the account's stream, on which the venue says these, one after each word of ours.</summary>
    public async Task<IReadOnlyList<StreamEvent<VenueUserReport>>> HearAsync(int count, params IReadOnlyList<string> says)
    {
        stream = says;
        var heard = new List<StreamEvent<VenueUserReport>>();
        await foreach (var report in Trading.UserStreamAsync(Cancel))
        {
            heard.Add(report);
            if (heard.Count == count)
                break;
        }

        return heard;
    }

    public async ValueTask DisposeAsync()
    {
        host.Dispose();
        await venue.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        if (context.WebSockets.IsWebSocketRequest)
            await SpeakAsync(await context.WebSockets.AcceptWebSocketAsync());
        else if (TimeAt(context.Request.Path) is { } now)
            await context.Response.WriteAsync(now, Cancel);
        else if (!routes.TryGetValue(context.Request.Path, out var bodies))
            context.Response.StatusCode = StatusCodes.Status404NotFound;
        else if ((bodies.Count > 1 && bodies.TryDequeue(out var body)) || bodies.TryPeek(out body))
            await (body.Length > 0 ? context.Response.WriteAsync(body, Cancel) : HangUpAsync(context));
    }

    private static Task HangUpAsync(HttpContext context)
    {
        context.Abort();
        return Task.CompletedTask;
    }

    private static string? TimeAt(string path)
    {
        var milliseconds = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        return path switch
        {
            "/api/v5/public/time" => $$"""{"code":"0","msg":"","data":[{"ts":"{{milliseconds}}"}]}""",
            "/v5/market/time" => $$"""{"retCode":0,"retMsg":"OK","result":{"timeNano":"{{milliseconds}}000000"} }""",
            "/api/v3/brokerage/time" => $$"""{"epochMillis":"{{milliseconds}}"}""",
            _ => null,
        };
    }

    private async Task SpeakAsync(WebSocket socket)
    {
        var buffer = new byte[64 * 1024];
        using (socket)
            foreach (var said in stream)
            {
                var read = await socket.ReceiveAsync(buffer, Cancel);
                spoken.Enqueue(Encoding.UTF8.GetString(buffer, 0, read.Count));
                await socket.SendAsync(Encoding.UTF8.GetBytes(said), WebSocketMessageType.Text, endOfMessage: true, Cancel);
            }
    }
}
