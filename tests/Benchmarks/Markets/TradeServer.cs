using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace Platform.Benchmarks.Markets;

/// <summary>
/// A WebSocket server that nobody has to wait for: its frames, one for each trade, are made ahead and written all at once.
/// Whoever connects gets the same bytes.
/// </summary>
internal sealed class TradeServer : IAsyncDisposable
{
    private const byte WholeText = 0x81;
    private const byte TwoBytesOfLength = 126;

    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly ReadOnlyMemory<byte> frames;
    private readonly Task serving;

    public TradeServer(int trades)
    {
        frames = Frames(trades);
        listener.Start();
        serving = ServeAsync();
    }

    public Uri Address => new($"ws://{listener.LocalEndpoint}");

    /// <summary>A trade as Binance tells it (web-socket-streams.md, 2026-07).</summary>
    public static byte[] Message(int id) => Encoding.UTF8.GetBytes(string.Create(
        CultureInfo.InvariantCulture,
        $$$"""{"stream":"btcusdt@trade","data":{"e":"trade","E":{{{1672515782136 + id}}},"s":"BTCUSDT","t":{{{id}}},"p":"{{{17_000 + (id % 997)}}}.01000000","q":"0.{{{10_000 + (id % 9973)}}}000","T":{{{1672515782136 + id}}},"m":true,"M":true}}"""));

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await serving;
        listener.Dispose();
        stop.Dispose();
    }

    private static ReadOnlyMemory<byte> Frames(int trades)
    {
        using var all = new MemoryStream();
        Span<byte> head = [WholeText, TwoBytesOfLength, 0, 0];
        for (var id = 1; id <= trades; id++)
        {
            var message = Message(id);
            BinaryPrimitives.WriteUInt16BigEndian(head[2..], (ushort)message.Length);
            all.Write(head);
            all.Write(message);
        }

        return all.ToArray();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
                using (var client = await listener.AcceptSocketAsync(stop.Token))
                    await ServeAsync(client);
        }
        catch (OperationCanceledException)
        {
            // Measured.
        }
    }

    private async Task ServeAsync(Socket client)
    {
        var buffer = new byte[4096];
        try
        {
            var request = new StringBuilder();
            while (!request.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
                request.Append(Encoding.ASCII.GetString(buffer, 0, await client.ReceiveAsync(buffer, stop.Token)));
            await client.SendAsync(Encoding.ASCII.GetBytes(Welcome(request.ToString())), stop.Token);
            for (var rest = frames; rest.Length > 0;)
                rest = rest[await client.SendAsync(rest, stop.Token)..];
            while (await client.ReceiveAsync(buffer, stop.Token) > 0)
            {
                // Until it has all and leaves.
            }
        }
        catch (SocketException)
        {
            // It left sooner.
        }
    }

#pragma warning disable CA5350 // RFC 6455 asks for SHA-1, to tell that it was understood; it protects nothing.
    private static string Welcome(string request)
    {
        var key = request.Split("\r\n").Single(line => line.StartsWith("Sec-WebSocket-Key:", StringComparison.OrdinalIgnoreCase))
            .Split(':', StringSplitOptions.TrimEntries)[1];
        var proof = Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")));
        return $"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: {proof}\r\n\r\n";
    }
#pragma warning restore CA5350
}
