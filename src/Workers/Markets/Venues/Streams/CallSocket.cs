using System.Net.WebSockets;

namespace Platform.Workers.Markets.Venues.Streams;

/// <summary>
/// Signed calls by WebSocket, many at once on one connection, which is made when it is needed. While there is none, calls go by
/// REST; a call that was handed to a connection is never sent another way.
/// </summary>
internal sealed class CallSocket(ICallProtocol protocol, TimeProvider time) : IDisposable
{
    /// <summary>After a connection ended, or was refused, none is tried for so long: what is in doubt is asked for by REST.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(3);

    private readonly SemaphoreSlim connecting = new(1);
    private CallConnection? current;
    private long? refusedAt;

    public bool Takes(VenueCall call) => protocol.Takes(call);

    /// <summary>Null: there is none, or no room on it.</summary>
    public async Task<CallConnection?> ConnectionAsync(CancellationToken cancellationToken)
    {
        if (protocol.IsReady && Volatile.Read(ref current) is { IsOpen: true } open)
            return open.HasRoom ? open : null;

        await connecting.WaitAsync(cancellationToken);
        try
        {
            if (IsPausing)
                return null;
            if (!protocol.IsReady && !await protocol.GetReadyAsync(cancellationToken))
            {
                refusedAt = time.GetTimestamp();
                return null;
            }

            return current is { IsOpen: true } made ? made : await ConnectAsync(cancellationToken);
        }
        finally
        {
            connecting.Release();
        }
    }

    public void Dispose()
    {
        current?.Dispose();
        connecting.Dispose();
    }

    private bool IsPausing => IsRecent(refusedAt) || IsRecent(current?.EndedAt);

    private bool IsRecent(long? at) => at is { } then && time.GetElapsedTime(then) < Pause;

    private async Task<CallConnection?> ConnectAsync(CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(ConnectTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            return current = new(await VenueSocket.ConnectAsync(protocol.Address, either.Token), protocol, time);
        }
        catch (Exception error) when (
            error is WebSocketException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            refusedAt = time.GetTimestamp();
            return null;
        }
    }
}
