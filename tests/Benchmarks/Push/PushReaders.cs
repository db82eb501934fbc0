using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;

namespace Platform.Benchmarks.Push;

/// <summary>Thin clients that note when each large message came, and nothing else.</summary>
internal sealed class PushReaders : IAsyncDisposable
{
    // Pings and positions are no deliveries.
    private const int SmallestDelivery = 1_000;
    private readonly CancellationTokenSource stop = new();
    private readonly ClientWebSocket[] sockets;
    private readonly SemaphoreSlim complete = new(0);
    private readonly Task[] loops;
    private int missing;

    private PushReaders(ClientWebSocket[] sockets)
    {
        this.sockets = sockets;
        ReceivedAt = new long[sockets.Length];
        loops = [.. sockets.Select((_, index) => ReadAsync(index))];
    }

    /// <summary>When each client had the round's message (<see cref="Stopwatch.GetTimestamp"/>).</summary>
    public long[] ReceivedAt { get; }

    /// <summary>The bytes of the latest message.</summary>
    public ReadOnlyMemory<byte> LastMessage { get; private set; }

    public static async Task<PushReaders> ConnectAsync(
        int count, Uri address, bool isSignalR, CancellationToken cancellationToken)
    {
        var connected = new ClientWebSocket[count];
        for (var i = 0; i < count; i++)
        {
            connected[i] = new();
            await connected[i].ConnectAsync(address, cancellationToken);
            if (isSignalR)
                await GreetAsync(connected[i], cancellationToken);
        }

        var readers = new PushReaders(connected);
        if (isSignalR)
            await readers.WatchAsync(cancellationToken);
        return readers;
    }

    /// <summary>Sends, and waits until every client has one more message.</summary>
    /// <exception cref="TimeoutException">Some had none in half a minute.</exception>
    public async Task RoundAsync(Action send, CancellationToken cancellationToken)
    {
        Volatile.Write(ref missing, sockets.Length);
        send();
        if (!await complete.WaitAsync(TimeSpan.FromSeconds(30), cancellationToken))
            throw new TimeoutException($"{missing} clients received nothing.");
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await Task.WhenAll(loops).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var socket in sockets)
            socket.Dispose();
        stop.Dispose();
        complete.Dispose();
    }

    private static async Task GreetAsync(ClientWebSocket socket, CancellationToken cancellationToken)
    {
        await SendAsync(socket, """{"protocol":"json","version":1}""", cancellationToken);
        await socket.ReceiveAsync(new byte[64], cancellationToken);
    }

    private static Task SendAsync(ClientWebSocket socket, string message, CancellationToken cancellationToken) =>
        socket.SendAsync(
            Encoding.UTF8.GetBytes(message + '\u001e'), WebSocketMessageType.Text, endOfMessage: true, cancellationToken);

    /// <summary>Ends when every client has its snapshot, and pings from then on as the hub asks.</summary>
    private async Task WatchAsync(CancellationToken cancellationToken)
    {
        const string watch =
            """{"type":1,"invocationId":"1","target":"Watch","arguments":[[{"topic":"table/one"}]]}""";
        await RoundAsync(
            () => Array.ForEach(sockets, socket => _ = SendAsync(socket, watch, cancellationToken)),
            cancellationToken);
        _ = PingAsync();
    }

    private async Task PingAsync()
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(5));
        while (await timer.WaitForNextTickAsync(stop.Token))
        {
            foreach (var socket in sockets)
                await SendAsync(socket, """{"type":6}""", stop.Token);
        }
    }

    private async Task ReadAsync(int index)
    {
        var buffer = new byte[64 * 1024];
        var length = 0;
        while (true)
        {
            var received = await sockets[index].ReceiveAsync(buffer.AsMemory(length), stop.Token);
            if (received.MessageType == WebSocketMessageType.Close)
                return;
            length += received.Count;
            if (!received.EndOfMessage)
                continue;
            if (length > SmallestDelivery)
                Note(index, buffer.AsSpan(0, length));
            length = 0;
        }
    }

    private void Note(int index, ReadOnlySpan<byte> message)
    {
        ReceivedAt[index] = Stopwatch.GetTimestamp();
        if (Interlocked.Decrement(ref missing) > 0)
            return;
        LastMessage = message.ToArray();
        complete.Release();
    }
}
