namespace Platform.Workers.Realtime;

/// <summary>The way to one client.</summary>
/// <param name="SendAsync">
/// Completes when the transport took the frame; the frame is then reused. Not cancellable: a cancelled flush would
/// leave its bytes lying in the transport until the next one.
/// </param>
/// <param name="Abort">Cuts the connection; whoever owns the feed then disposes of it.</param>
public sealed record FeedConnection(Func<Frame, Task> SendAsync, Action Abort);

/// <summary>Sends a connection its frames: at most one per interval, the next only when the last was taken.</summary>
internal sealed class FeedPump(
    FeedConnection connection, FrameFilling filling, RealtimeLimits limits, RealtimeMetrics metrics, TimeProvider time)
{
    private readonly Frame frame = new();
    private int arePositionsDue;
    private long? sentAt;

    /// <summary>The next frame tells the position of every quiet topic.</summary>
    public void TellPositions() => Volatile.Write(ref arePositionsDue, 1);

    public async Task RunAsync(Signal wake, Signal fellBehind, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await wake.WaitAsync(stop);
            await PaceAsync(stop);
            if (filling.Fill(frame, time.GetUtcNow(), Interlocked.Exchange(ref arePositionsDue, 0) == 1))
                fellBehind.Set();
            if (frame.EntryCount > 0)
                await SendAsync(stop);
        }
    }

    private async Task PaceAsync(CancellationToken stop)
    {
        if (sentAt is not { } before)
            return;

        var rest = limits.FrameInterval - time.GetElapsedTime(before);
        if (rest > TimeSpan.Zero)
            await Task.Delay(rest, time, stop);
    }

    private async Task SendAsync(CancellationToken stop)
    {
        sentAt = time.GetTimestamp();
        metrics.Frames.Add(1);
        metrics.Bytes.Add(frame.Bytes.Length);
        var sent = connection.SendAsync(frame);
        if (sent.IsCompletedSuccessfully)
            return;

        try
        {
            await sent.WaitAsync(limits.StallMax, time, stop);
        }
        catch (TimeoutException)
        {
            metrics.Stalled.Add(1);
            throw;
        }
    }
}
