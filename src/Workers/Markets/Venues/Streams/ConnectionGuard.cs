using System.Net.WebSockets;
using System.Threading.Channels;

namespace Platform.Workers.Markets.Venues.Streams;

/// <summary>Watches one connection from beside its reader: pings, sends what is asked for, and cuts it when it is quiet too long.</summary>
internal sealed class ConnectionGuard : IAsyncDisposable
{
    private readonly VenueSocket socket;
    private readonly TimeSpan silence;
    private readonly TimeProvider time;
    private readonly CancellationTokenSource ending = new();
    private readonly Task watching;
    private readonly Task pinging;
    private readonly Task requesting;
    private long heardAt;

    /// <param name="ping">Null: the WebSocket's own ping does.</param>
    /// <param name="requests">What is to be sent on the running connection; null: nothing ever is.</param>
    public ConnectionGuard(
        VenueSocket socket, StreamPing? ping, ChannelReader<string>? requests, TimeSpan silence, TimeProvider time)
    {
        (this.socket, this.silence, this.time) = (socket, silence, time);
        Heard();
        watching = WatchAsync();
        pinging = ping is null ? Task.CompletedTask : SendAsync(PingAsync(ping));
        requesting = requests is null ? Task.CompletedTask : SendAsync(RequestAsync(requests));
    }

    public void Heard() => Volatile.Write(ref heardAt, time.GetTimestamp());

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        await watching;
        await pinging;
        await requesting;
        ending.Dispose();
    }

    private async Task WatchAsync()
    {
        using var timer = new PeriodicTimer(silence / 4, time);
        while (await TicksAsync(timer))
            if (time.GetElapsedTime(Volatile.Read(ref heardAt)) is var quiet && quiet > silence)
            {
                socket.Cut($"Nothing came for {quiet.TotalSeconds:0} s.");
                return;
            }
    }

    private async Task PingAsync(StreamPing ping)
    {
        using var timer = new PeriodicTimer(ping.Every, time);
        while (await TicksAsync(timer))
            await socket.SendAsync(ping.Text(), ending.Token);
    }

    private async Task RequestAsync(ChannelReader<string> requests)
    {
        await foreach (var request in requests.ReadAllAsync(ending.Token))
            await socket.SendAsync(request, ending.Token);
    }

    private static async Task SendAsync(Task sending)
    {
        try
        {
            await sending;
        }
        catch (Exception error) when (error
            is WebSocketException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            // The reader of the same connection finds out why.
        }
    }

    private async ValueTask<bool> TicksAsync(PeriodicTimer timer)
    {
        try
        {
            return await timer.WaitForNextTickAsync(ending.Token);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
