using System.Net.WebSockets;
using System.Text;

namespace Platform.Api.Tests.Realtime;

/// <summary>A client of the hub that speaks its protocol by hand, and need not speak it well.</summary>
internal sealed class RawHub(ClientWebSocket socket) : IDisposable
{
    private const char End = '\u001e';

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Null: the connection was closed without a word.</summary>
    public WebSocketCloseStatus? CloseStatus => socket.CloseStatus;

    /// <summary>Connects and shakes hands.</summary>
    public static async Task<RawHub> ConnectAsync(Uri server)
    {
        var hub = await OpenAsync(server);
        await hub.SendAsync("""{"protocol":"json","version":1}""");
        Assert.Equal($"{{}}{End}", await hub.ReceiveAsync(Cancel));
        return hub;
    }

    /// <summary>Connects and says nothing yet.</summary>
    public static async Task<RawHub> OpenAsync(Uri server, Action<ClientWebSocketOptions>? set = null)
    {
        var socket = new ClientWebSocket();
        set?.Invoke(socket.Options);
        await socket.ConnectAsync(new UriBuilder(server) { Scheme = "ws", Path = "/hub" }.Uri, Cancel);
        return new(socket);
    }

    public Task SendAsync(string message) => SendAsync(Encoding.UTF8.GetBytes(message + End), isEnd: true);

    public async Task SendAsync(ReadOnlyMemory<byte> part, bool isEnd) =>
        await socket.SendAsync(part, WebSocketMessageType.Text, isEnd, Cancel);

    /// <summary>All that comes until that is part of it, or the connection is closed.</summary>
    public async Task<string> UntilAsync(string part)
    {
        // The server's own pings are no answer.
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        deadline.CancelAfter(Deadline);
        var said = "";
        while (!said.Contains(part, StringComparison.Ordinal) && await ReceiveAsync(deadline.Token) is { Length: > 0 } more)
            said += more;
        return said;
    }

    /// <summary>All that comes until the connection is closed.</summary>
    public Task<string> UntilClosedAsync() => UntilAsync("never");

    public void Dispose() => socket.Dispose();

    // What comes next, cut as it comes; empty once the connection is closed.
    private async Task<string> ReceiveAsync(CancellationToken cancel)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            var received = await socket.ReceiveAsync(buffer, cancel);
            return Encoding.UTF8.GetString(buffer, 0, received.Count);
        }
        catch (WebSocketException)
        {
            return "";
        }
    }
}
