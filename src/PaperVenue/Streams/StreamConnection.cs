using System.Net.WebSockets;
using System.Threading.Channels;

namespace Platform.PaperVenue.Streams;

/// <summary>
/// One WebSocket client. What it is sent waits in a bounded queue; a client that lets it run full is cut off, so
/// that the slow cost nobody but themselves.
/// </summary>
public sealed class StreamConnection(WebSocket socket) : IDisposable
{
    private const int QueueCapacity = 2_048;
    private const int LongestMessage = 64 * 1024;

    private readonly Channel<ReadOnlyMemory<byte>> queue = Channel.CreateBounded<ReadOnlyMemory<byte>>(
        new BoundedChannelOptions(QueueCapacity) { SingleReader = true });

    private readonly CancellationTokenSource dropped = new();

    /// <summary>True: each message is wrapped with the name of its stream.</summary>
    public bool Combined { get; set; }

    public void Send(ReadOnlyMemory<byte> message)
    {
        // Not Cancel: it would run the farewell here, in the middle of whoever sends.
        if (!queue.Writer.TryWrite(message))
            _ = dropped.CancelAsync();
    }

    public void Dispose() => dropped.Dispose();

    /// <summary>Runs until the client leaves, is cut off, or the venue stops.</summary>
    /// <param name="receiveAsync">Called with each text message, one after the other.</param>
    public async Task RunAsync(Func<ReadOnlyMemory<byte>, Task> receiveAsync, CancellationToken stopping)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stopping, dropped.Token);
        var sending = SendAllAsync(ending.Token);
        try
        {
            await ReceiveAllAsync(receiveAsync, ending.Token);
        }
        catch (Exception gone) when (gone is OperationCanceledException or WebSocketException)
        {
            // The client vanished, was too slow, or the venue stops: in each case only the goodbye is left.
        }
        queue.Writer.TryComplete();
        await sending;
        await CloseAsync(stopping);
    }

    private async Task ReceiveAllAsync(Func<ReadOnlyMemory<byte>, Task> receiveAsync, CancellationToken ending)
    {
        var buffer = new byte[LongestMessage];
        while (true)
        {
            var length = 0;
            ValueWebSocketReceiveResult received;
            do
            {
                if (length == buffer.Length)
                    return;
                received = await socket.ReceiveAsync(buffer.AsMemory(length), ending);
                length += received.Count;
            }
            while (!received.EndOfMessage);

            if (received.MessageType == WebSocketMessageType.Close)
                return;
            await receiveAsync(buffer.AsMemory(0, length));
        }
    }

    private async Task SendAllAsync(CancellationToken ending)
    {
        try
        {
            await foreach (var message in queue.Reader.ReadAllAsync(ending))
                await socket.SendAsync(message, WebSocketMessageType.Text, endOfMessage: true, ending);
        }
        catch (Exception gone) when (gone is OperationCanceledException or WebSocketException)
        {
            await dropped.CancelAsync();
        }
    }

    private async Task CloseAsync(CancellationToken stopping)
    {
        if (dropped.IsCancellationRequested && !stopping.IsCancellationRequested)
        {
            socket.Abort();
            return;
        }
        try
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(500));
            var reason = stopping.IsCancellationRequested
                ? WebSocketCloseStatus.EndpointUnavailable
                : WebSocketCloseStatus.NormalClosure;
            await socket.CloseOutputAsync(reason, statusDescription: null, patience.Token);
        }
        catch (Exception gone) when (gone is OperationCanceledException or WebSocketException)
        {
            socket.Abort();
        }
    }
}
