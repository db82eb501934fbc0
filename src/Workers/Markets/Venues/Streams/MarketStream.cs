using System.Net.WebSockets;
using System.Text.Json;

namespace Platform.Workers.Markets.Venues.Streams;

/// <summary>
/// Keeps one public connection: connects, subscribes, reads, and after any trouble starts over, later each time. A connection
/// on which nothing comes is dead, whatever the network says of it.
/// </summary>
/// <param name="silence">So long nothing may come, pings' answers included.</param>
internal sealed class MarketStream(IStreamProtocol protocol, TimeSpan silence, TimeProvider time, Random random)
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan StableAfter = TimeSpan.FromSeconds(10);

    /// <summary>Ends only by being canceled.</summary>
    public async Task RunAsync(IMarketSink sink, CancellationToken cancellationToken)
    {
        var backOff = new BackOff(time, random);
        while (!cancellationToken.IsCancellationRequested)
        {
            var connectedAt = time.GetTimestamp();
            sink.Disconnected(await OneConnectionAsync(sink, cancellationToken));
            if (time.GetElapsedTime(connectedAt) > StableAfter)
                backOff.Reset();
            await backOff.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Several connections of one venue, heard as if they were one.</summary>
    public static Task RunAsync(
        IReadOnlyList<IStreamProtocol> protocols, VenueLink link, IMarketSink sink, CancellationToken cancellationToken)
    {
        var heard = protocols.Count > 1 ? new TurnTakingSink(sink) : sink;
        return Task.WhenAll(protocols.Select(protocol =>
            new MarketStream(protocol, link.Silence, link.Time, link.Random).RunAsync(heard, cancellationToken)));
    }

    /// <returns>Why it ended.</returns>
    private async Task<string> OneConnectionAsync(IMarketSink sink, CancellationToken cancellationToken)
    {
        VenueSocket? socket = null;
        try
        {
            socket = await ConnectAsync(cancellationToken);
            sink.Connected();
            await using var guard = new ConnectionGuard(socket, protocol, silence, time);
            await ReadAsync(socket, guard, sink, cancellationToken);
            return "Ended.";
        }
        catch (Exception error) when (IsBreak(error) && !cancellationToken.IsCancellationRequested)
        {
            return socket?.Complaint ?? error.Message;
        }
        finally
        {
            socket?.Dispose();
        }
    }

    private async Task<VenueSocket> ConnectAsync(CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(ConnectTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        var socket = await VenueSocket.ConnectAsync(await protocol.AddressAsync(either.Token), either.Token);
        try
        {
            protocol.Restart();
            foreach (var (index, subscription) in protocol.Subscriptions.Index())
            {
                if (index > 0 && protocol.SubscribeEvery > TimeSpan.Zero)
                    await Task.Delay(protocol.SubscribeEvery, time, cancellationToken);
                await socket.SendAsync(subscription, cancellationToken);
            }

            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private async Task ReadAsync(
        VenueSocket socket, ConnectionGuard guard, IMarketSink sink, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            var message = await socket.ReceiveAsync(cancellationToken);
            guard.Heard();
            sink.Heard();
            protocol.Read(message.Span, sink);
        }
    }

    private static bool IsBreak(Exception error) => error
        is WebSocketException or JsonException or IOException or HttpRequestException or OperationCanceledException
        or ObjectDisposedException or InvalidOperationException or FormatException or OverflowException or ArgumentException;
}
