using System.Buffers;
using System.Net.WebSockets;
using System.Text;

namespace Platform.Workers.Markets.Venues;

/// <summary>One WebSocket connection, read message by message. Pings are answered by the runtime while it is read.</summary>
internal sealed class VenueSocket(ClientWebSocket socket) : IDisposable
{
    private const int MessageMax = 4 * 1024 * 1024;
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(20);

    private readonly ArrayBufferWriter<byte> message = new(16 * 1024);

    /// <exception cref="WebSocketException">The venue cannot be reached.</exception>
    /// <exception cref="OperationCanceledException">The venue did not answer in time.</exception>
    public static async Task<VenueSocket> ConnectAsync(Uri address, CancellationToken cancellationToken)
    {
        var socket = new ClientWebSocket();
        try
        {
            // A peer that is gone without a word is noticed after both.
            socket.Options.KeepAliveInterval = KeepAlive;
            socket.Options.KeepAliveTimeout = KeepAlive;
            await socket.ConnectAsync(address, cancellationToken);
            return new(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public Task SendAsync(string text, CancellationToken cancellationToken) => socket.SendAsync(
        Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, cancellationToken);

    /// <summary>The next message; valid until the next call.</summary>
    /// <exception cref="WebSocketException">The connection broke, was closed, or brought more than a message may hold.</exception>
    public async Task<ReadOnlyMemory<byte>> ReceiveAsync(CancellationToken cancellationToken)
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

    public void Dispose() => socket.Dispose();
}
