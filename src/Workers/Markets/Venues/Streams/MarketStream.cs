using System.Net.WebSockets;
using System.Text.Json;

namespace Platform.Workers.Markets.Venues.Streams;

/// <summary>
/// Keeps the public connections to one venue: connects, subscribes, reads, and after any trouble starts over, later each time. A
/// connection on which nothing comes is dead, whatever the network says of it. Several are one: the first to end ends all, for
/// whoever listens knows of one connection, with which all books begin anew.
/// </summary>
/// <param name="silence">So long nothing may come, pings' answers included; noticed at the latest after half as long again.</param>
internal sealed class MarketStream(
    IReadOnlyList<IStreamProtocol> protocols, TimeSpan silence, TimeProvider time, Random random)
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan StableAfter = TimeSpan.FromSeconds(10);

    /// <summary>Ends only by being canceled.</summary>
    public static Task RunAsync(
        IReadOnlyList<IStreamProtocol> protocols, VenueLink link, IMarketSink sink, CancellationToken cancellationToken) =>
        new MarketStream(protocols, link.Silence, link.Time, link.Random).RunAsync(sink, cancellationToken);

    /// <summary>Ends only by being canceled.</summary>
    public async Task RunAsync(IMarketSink sink, CancellationToken cancellationToken)
    {
        var backOff = new BackOff(time, random);
        while (!cancellationToken.IsCancellationRequested)
        {
            var connectedAt = time.GetTimestamp();
            sink.Disconnected(await OneRoundAsync(sink, cancellationToken));
            if (time.GetElapsedTime(connectedAt) > StableAfter)
                backOff.Reset();
            await backOff.WaitAsync(cancellationToken);
        }
    }

    /// <returns>Why it ended.</returns>
    private async Task<string> OneRoundAsync(IMarketSink sink, CancellationToken cancellationToken)
    {
        var sockets = new List<VenueSocket>();
        try
        {
            foreach (var protocol in protocols)
                sockets.Add(await ConnectAsync(protocol, cancellationToken));
            sink.Connected();
            return await ReadAllAsync(sockets, protocols.Count > 1 ? new TurnTakingSink(sink) : sink, cancellationToken);
        }
        catch (Exception error) when (IsBreak(error) && !cancellationToken.IsCancellationRequested)
        {
            return error.Message;
        }
        finally
        {
            foreach (var socket in sockets)
                socket.Dispose();
        }
    }

    private async Task<string> ReadAllAsync(
        IReadOnlyList<VenueSocket> sockets, IMarketSink sink, CancellationToken cancellationToken)
    {
        using var round = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task<string>[] readers = [.. protocols.Zip(sockets, (protocol, socket) => ReadAsync(protocol, socket, sink, round.Token))];
        var first = await Task.WhenAny(readers);
        await round.CancelAsync();
        await Task.WhenAll(readers);
        cancellationToken.ThrowIfCancellationRequested();
        return await first;
    }

    private async Task<VenueSocket> ConnectAsync(IStreamProtocol protocol, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(ConnectTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        var socket = await VenueSocket.ConnectAsync(await protocol.AddressAsync(either.Token), either.Token, silence);
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

    /// <returns>Why it ended.</returns>
    private async Task<string> ReadAsync(
        IStreamProtocol protocol, VenueSocket socket, IMarketSink sink, CancellationToken cancellationToken)
    {
        try
        {
            await using var guard = new ConnectionGuard(socket, protocol.Ping, protocol.Requests, silence, time);
            while (!cancellationToken.IsCancellationRequested)
            {
                var message = await socket.ReceiveAsync(cancellationToken);
                guard.Heard();
                sink.Heard();
                protocol.Read(message.Span, sink);
            }

            return "Ended.";
        }
        catch (Exception error) when (IsBreak(error))
        {
            return socket.Complaint ?? error.Message;
        }
    }

    private static bool IsBreak(Exception error) => error
        is WebSocketException or JsonException or IOException or HttpRequestException or OperationCanceledException
        or ObjectDisposedException or InvalidOperationException or KeyNotFoundException or FormatException
        or OverflowException or ArgumentException;
}
