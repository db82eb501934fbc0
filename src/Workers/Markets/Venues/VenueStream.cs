using System.Net.WebSockets;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Platform.Workers.Markets.Venues;

/// <summary>Reads a stream for ever: connects, subscribes, parses, and after any trouble starts over.</summary>
/// <param name="connect">Opens a connection and subscribes on it.</param>
/// <param name="parse">Null for a message that concerns nobody. What it cannot read ends the connection.</param>
internal sealed class VenueStream<T>(
    Func<CancellationToken, Task<VenueSocket>> connect, Func<ReadOnlyMemory<byte>, T?> parse,
    TimeProvider time, Random random) where T : class
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
                    yield return new StreamEvent<T>.Connected();
                    StreamEvent<T> next;
                    do
                        yield return next = await NextAsync(socket, cancellationToken);
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

    private async Task<StreamEvent<T>> NextAsync(VenueSocket socket, CancellationToken cancellationToken)
    {
        try
        {
            T? value;
            do
                value = parse(await socket.ReceiveAsync(cancellationToken));
            while (value is null);
            return new StreamEvent<T>.Received(value);
        }
        catch (Exception error) when (IsBreak(error) && !cancellationToken.IsCancellationRequested)
        {
            return new StreamEvent<T>.Disconnected(error.Message);
        }
    }

    private static bool IsBreak(Exception error) => error
        is WebSocketException or JsonException or IOException or HttpRequestException
        or OperationCanceledException;
}
