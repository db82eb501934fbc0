using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;

namespace Platform.Workers.Tests.Markets.Venues;

/// <summary>A venue on loopback that takes calls by WebSocket, and says to each what the test has it say; by REST it knows little.</summary>
internal sealed class CallVenue : IAsyncDisposable
{
    private readonly Func<CallLine, JsonElement, Task> answer;
    private readonly Func<string, string?> rest;
    private LoopbackVenue server = null!;
    private int connections;

    private CallVenue(Func<CallLine, JsonElement, Task> answer, Func<string, string?> rest) =>
        (this.answer, this.rest) = (answer, rest);

    /// <summary>Every call that came by WebSocket, in order.</summary>
    public ConcurrentQueue<JsonElement> Asked { get; } = new();

    public int Connections => Volatile.Read(ref connections);

    /// <summary>How many calls about orders came by REST, as Binance has them.</summary>
    public int ByRest => CallsTo("/api/v3/order");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <param name="rest">What it says to a path by REST; null: that there is no such order.</param>
    public static async Task<CallVenue> StartAsync(Func<CallLine, JsonElement, Task> answer, Func<string, string?>? rest = null)
    {
        var venue = new CallVenue(answer, rest ?? (_ => null));
        venue.server = await LoopbackVenue.StartAsync(venue.ServeAsync);
        return venue;
    }

    public int CallsTo(string path) => server.CallsTo(path);

    /// <summary>The platform's room, whose orders go to this venue by WebSocket.</summary>
    public IHost Host(TimeProvider? time = null, params (string Name, string Value)[] settings) => MarketsHost.For(
        server.Address, time, settings: [("Platform:Venue:OrdersBy", "WebSocket"), .. settings]);

    /// <summary>The same while the vault is sealed.</summary>
    public IHost SealedHost() => MarketsHost.Sealed(server.Address, settings: ("Platform:Venue:OrdersBy", "WebSocket"));

    public static string Good(JsonElement call, string result) =>
        $$"""{"id":{{call.GetProperty("id").GetRawText()}},"status":200,"result":{{result}} }""";

    public static string Bad(JsonElement call, int status, string error) =>
        $$"""{"id":{{call.GetProperty("id").GetRawText()}},"status":{{status}},"error":{{error}} }""";

    public ValueTask DisposeAsync() => server.DisposeAsync();

    private async Task ServeAsync(HttpContext context)
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            var known = rest(context.Request.Path);
            if (known is null)
                context.Response.StatusCode = StatusCodes.Status400BadRequest;
            await context.Response.WriteAsync(known ?? """{"code":-2013,"msg":"Order does not exist."}""", Cancel);
            return;
        }

        Interlocked.Increment(ref connections);
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        var line = new CallLine(context, socket);
        var buffer = new byte[64 * 1024];
        while (await ReceiveAsync(socket, buffer) is { } call)
        {
            Asked.Enqueue(call);
            await answer(line, call);
        }
    }

    // Null once the other side is gone.
    private static async Task<JsonElement?> ReceiveAsync(WebSocket socket, byte[] buffer)
    {
        try
        {
            var read = await socket.ReceiveAsync(buffer, Cancel);
            return read.MessageType is WebSocketMessageType.Close
                ? null
                : RecordedVenueData.Json(Encoding.UTF8.GetString(buffer, 0, read.Count));
        }
        catch (Exception error) when (error is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            return null;
        }
    }
}

/// <summary>The venue's end of one connection.</summary>
internal sealed class CallLine(HttpContext context, WebSocket socket)
{
    public async Task SayAsync(params IReadOnlyList<string> messages)
    {
        foreach (var message in messages)
            await socket.SendAsync(
                Encoding.UTF8.GetBytes(message), WebSocketMessageType.Text, endOfMessage: true, TestContext.Current.CancellationToken);
    }

    public Task DropAsync()
    {
        context.Abort();
        return Task.CompletedTask;
    }
}
