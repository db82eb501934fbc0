using System.Buffers;
using System.Net.WebSockets;
using System.Runtime.CompilerServices;
using System.Text;

namespace Platform.Workers.Markets.Venues;

/// <summary>One WebSocket connection, read message by message. Pings are answered by the runtime while it is read.</summary>
internal sealed class VenueSocket(ClientWebSocket socket) : IDisposable
{
    private const int MessageMax = 4 * 1024 * 1024;
    private const int ReadAtOnce = 64 * 1024;
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(20);

    private readonly ArrayBufferWriter<byte> message = new(ReadAtOnce);
    private readonly SemaphoreSlim sending = new(1);

    /// <summary>Why we cut the connection; null: we did not.</summary>
    public string? Complaint { get; private set; }

    /// <param name="silence">After so long without a message whoever reads it cuts it; null: never.</param>
    /// <exception cref="WebSocketException">The venue cannot be reached.</exception>
    /// <exception cref="OperationCanceledException">The venue did not answer in time.</exception>
    public static async Task<VenueSocket> ConnectAsync(Uri address, CancellationToken cancellationToken, TimeSpan? silence = null)
    {
        var socket = new ClientWebSocket();
        try
        {
            // A peer that is gone without a word is noticed after both. Whoever notices it as soon needs no answers to pings, for
            // which the runtime would look at each message.
            socket.Options.KeepAliveInterval = KeepAlive;
            socket.Options.KeepAliveTimeout = silence < KeepAlive + KeepAlive ? Timeout.InfiniteTimeSpan : KeepAlive;
            socket.Options.SetBuffer(ReadAtOnce, 4096);
            await socket.ConnectAsync(address, cancellationToken);
            return new(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>From any thread; one at a time gets out.</summary>
    public async Task SendAsync(string text, CancellationToken cancellationToken)
    {
        await sending.WaitAsync(cancellationToken);
        try
        {
            await socket.SendAsync(
                Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, cancellationToken);
        }
        finally
        {
            sending.Release();
        }
    }

    /// <summary>The next message; valid until the next call.</summary>
    /// <exception cref="WebSocketException">The connection broke, was closed, or brought more than a message may hold.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<ReadOnlyMemory<byte>> ReceiveAsync(CancellationToken cancellationToken)
    {
        message.ResetWrittenCount();
        while (true)
        {
            var read = await socket.ReceiveAsync(message.GetMemory(4096), cancellationToken);
            if (read.MessageType is WebSocketMessageType.Close)
                throw new WebSocketException($"Closed by the venue: {socket.CloseStatus}.");

            message.Advance(read.Count);
            if (read.EndOfMessage)
                return message.WrittenMemory;
            if (message.WrittenCount > MessageMax)
                throw new WebSocketException($"A message of more than {MessageMax} bytes.");
        }
    }

    /// <summary>Ends the connection at once, from any thread; whoever reads it is thrown out.</summary>
    public void Cut(string complaint)
    {
        Complaint = complaint;
        socket.Abort();
    }

    public void Dispose()
    {
        socket.Dispose();
        sending.Dispose();
    }
}
