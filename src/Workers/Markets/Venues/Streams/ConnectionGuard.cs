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
    private int heard;

    /// <param name="ping">Null: the WebSocket's own ping does.</param>
    /// <param name="requests">What is to be sent on the running connection; null: nothing ever is.</param>
    /// <param name="silence">What was quiet for so long is cut, at the latest after half as long again.</param>
    public ConnectionGuard(
        VenueSocket socket, StreamPing? ping, ChannelReader<string>? requests, TimeSpan silence, TimeProvider time)
    {
        (this.socket, this.silence, this.time) = (socket, silence, time);
        watching = WatchAsync();
        pinging = ping is null ? Task.CompletedTask : SendAsync(PingAsync(ping));
        requesting = requests is null ? Task.CompletedTask : SendAsync(RequestAsync(requests));
    }

    /// <summary>For the reader alone. A message costs a count and not a look at the clock: the watch has one.</summary>
    public void Heard() => Volatile.Write(ref heard, heard + 1);

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
        var (seen, since) = (0, time.GetTimestamp());
        while (await TicksAsync(timer))
            if (Volatile.Read(ref heard) is var count && count != seen)
            {
                (seen, since) = (count, time.GetTimestamp());
            }
            else if (time.GetElapsedTime(since) is var quiet && quiet >= silence)
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
