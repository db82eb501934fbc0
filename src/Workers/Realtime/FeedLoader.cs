using Microsoft.Extensions.Logging;

namespace Platform.Workers.Realtime;

/// <summary>
/// Reads what a connection's watches lack, one after another, so that a slow database delays these only. It reads no
/// more than the outbox holds; the pump signals again when it has sent something.
/// </summary>
internal sealed class FeedLoader(
    WatchList watches, TopicLoad load, Signal fellBehind, RealtimeLimits limits, TimeProvider time, ILogger logger)
{
    private int turn;

    public async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await fellBehind.WaitAsync(stop);
            await LoadAsync(stop);
        }
    }

    /// <summary>Reads until nothing lacks, or the outbox is full.</summary>
    public async Task LoadAsync(CancellationToken stop)
    {
        while (NextBehind() is { } watch)
            await LoadAsync(watch, stop);
    }

    private TopicWatch? NextBehind()
    {
        var all = watches.All;
        if (all.Sum(watch => watch.Loaded?.Body.Length ?? 0) >= limits.OutboxBytesMax)
            return null;

        for (var i = 0; i < all.Length; i++)
        {
            var index = (turn + i) % all.Length;
            if (all[index] is { Stage: WatchStage.Behind, EndedBy: null } watch)
            {
                turn = index + 1;
                return watch;
            }
        }

        return null;
    }

    private async Task LoadAsync(TopicWatch watch, CancellationToken stop)
    {
        try
        {
            Hand(watch, await load.ReadAsync(watch.Leaf, watch.Position).WaitAsync(stop));
        }
        catch (Exception failure) when (!stop.IsCancellationRequested)
        {
            logger.ReadFailed(watch.Leaf.Topic, failure);
            watch.Stage = WatchStage.Retrying;
            _ = RetryAsync(watch, stop); // The others do not wait for it.
        }
    }

    private async Task RetryAsync(TopicWatch watch, CancellationToken stop)
    {
        await Task.Delay(limits.RetryAfter, time, stop);
        watch.Stage = WatchStage.Behind;
        fellBehind.Set();
    }

    private void Hand(TopicWatch watch, LoadedBody? loaded)
    {
        if (loaded is null)
        {
            watch.End(WatchAnswer.NoSuchTopic);
        }
        else if (loaded.Body.Length > limits.OutboxBytesMax)
        {
            logger.SnapshotTooLarge(watch.Leaf.Topic, loaded.Body.Length);
            watch.End(WatchAnswer.TooLarge);
        }
        else
        {
            watch.Loaded = loaded;
            watch.Stage = WatchStage.Loaded;
            watch.Touch();
        }
    }
}
