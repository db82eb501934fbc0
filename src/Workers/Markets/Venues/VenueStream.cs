using System.Net.WebSockets;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Platform.Workers.Markets.Venues.Streams;

namespace Platform.Workers.Markets.Venues;

/// <summary>Reads a stream for ever: connects, subscribes, parses, and after any trouble starts over.</summary>
/// <param name="connect">Opens a connection and subscribes on it.</param>
/// <param name="parse">Null for a message that concerns nobody. What it cannot read ends the connection.</param>
/// <param name="watch">Pings, and cuts a connection that is quiet for too long; null: the WebSocket's own ping does.</param>
internal sealed class VenueStream<T>(
    Func<CancellationToken, Task<VenueSocket>> connect, Func<ReadOnlyMemory<byte>, T?> parse,
    TimeProvider time, Random random, Func<VenueSocket, ConnectionGuard>? watch = null) where T : class
{
    private readonly TimeSpan connectTimeout = TimeSpan.FromSeconds(10);
    private readonly TimeSpan stableAfter = TimeSpan.FromSeconds(10);

    public async IAsyncEnumerable<StreamEvent<T>> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var backOff = new BackOff(time, random);
        while (!cancellationToken.IsCancellationRequested)
        {
            var (socket, refused) = await TryConnectAsync(cancellationToken);
            if (socket is not null)
                using (socket)
                {
                    var connectedAt = time.GetTimestamp();
                    await using var guard = watch?.Invoke(socket);
                    yield return new StreamEvent<T>.Connected();
                    StreamEvent<T> next;
                    do
                        yield return next = await NextAsync(socket, guard, cancellationToken);
                    while (next is StreamEvent<T>.Received);
                    if (time.GetElapsedTime(connectedAt) > stableAfter)
                        backOff.Reset();
                }
            else
                yield return new StreamEvent<T>.Disconnected(refused);

            await backOff.WaitAsync(cancellationToken);
        }
    }

    private async Task<(VenueSocket? Socket, string Refused)> TryConnectAsync(CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(connectTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            return (await connect(either.Token), string.Empty);
        }
        catch (Exception error) when (IsBreak(error) && !cancellationToken.IsCancellationRequested)
        {
            return (null, error.Message);
        }
    }

    private async Task<StreamEvent<T>> NextAsync(
        VenueSocket socket, ConnectionGuard? guard, CancellationToken cancellationToken)
    {
        try
        {
            T? value;
            do
            {
                var message = await socket.ReceiveAsync(cancellationToken);
                guard?.Heard();
                value = parse(message);
            }
            while (value is null);
            return new StreamEvent<T>.Received(value);
        }
        catch (Exception error) when (IsBreak(error) && !cancellationToken.IsCancellationRequested)
        {
            return new StreamEvent<T>.Disconnected(socket.Complaint ?? error.Message);
        }
    }

    private static bool IsBreak(Exception error) => error
        is WebSocketException or JsonException or IOException or HttpRequestException or OperationCanceledException
        or ObjectDisposedException or InvalidOperationException or KeyNotFoundException or FormatException
        or OverflowException or ArgumentException;
}
