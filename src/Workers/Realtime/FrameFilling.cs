using System.Text.Json;

namespace Platform.Workers.Realtime;

/// <summary>Puts into one frame what a connection's watches have to tell, fairly, up to the frame's bound.</summary>
internal sealed class FrameFilling(WatchList watches, RealtimeLimits limits, RealtimeMetrics metrics)
{
    private readonly List<ReadOnlyMemory<byte>> rows = [];
    private int turn;

    /// <param name="tellPositions">Every watch that has no news tells its position.</param>
    /// <returns>True when a watch needs the loader.</returns>
    public bool Fill(Frame frame, DateTimeOffset now, bool tellPositions)
    {
        var all = watches.All;
        frame.Begin(now);
        for (var i = 0; i < all.Length; i++)
        {
            var index = (turn + i) % all.Length;
            var watch = all[index];
            var entriesBefore = frame.EntryCount;
            if (watch.TakeTouch() && !TryAdd(watch, frame, now))
            {
                turn = index; // The next frame begins with what did not fit into this one.
                watch.Touch();
                break;
            }

            if (tellPositions && frame.EntryCount == entriesBefore)
                AddPosition(watch, frame);
        }

        frame.End();
        return Array.Exists(all, watch => watch.Stage == WatchStage.Behind);
    }

    /// <returns>False when something did not fit.</returns>
    private bool TryAdd(TopicWatch watch, Frame frame, DateTimeOffset now)
    {
        if (watch.IsPrivate && now >= watches.PrivateUntil)
            watch.End(WatchAnswer.TokenExpired);

        return (watch.Stage, watch.EndedBy) switch
        {
            (WatchStage.Unanswered, _) => true,
            (_, { } code) => AddGone(watch, frame, code),
            (WatchStage.Loaded, _) => TryAddLoaded(watch, frame) && TryAddRecent(watch, frame),
            (WatchStage.Live, _) => TryAddRecent(watch, frame),
            _ => true, // The loader's turn.
        };
    }

    private bool AddGone(TopicWatch watch, Frame frame, string code)
    {
        var position = new TopicPosition(watch.Leaf.Epoch, 0);
        frame.Add(watch.Reference, EntryKind.Gone, 0, position, JsonSerializer.SerializeToUtf8Bytes(code));
        watches.Remove(gone => gone == watch);
        return true;
    }

    private bool TryAddLoaded(TopicWatch watch, Frame frame)
    {
        var loaded = watch.Loaded!;
        if (!Fits(frame, loaded.Body.Length))
            return false;

        frame.Add(watch.Reference, loaded.Kind, loaded.From, loaded.Position, loaded.Body.Span);
        if (loaded.Kind == EntryKind.Snapshot)
            metrics.Snapshots.Add(1);
        watch.Position = loaded.Position;
        watch.IsTrusted = loaded.IsComplete;
        watch.Loaded = null;
        watch.Stage = WatchStage.Live;
        return true;
    }

    private bool TryAddRecent(TopicWatch watch, Frame frame)
    {
        rows.Clear();
        switch (watch.Leaf.Read(watch.Position, watch.IsTrusted, rows, out var last))
        {
            case Reading.Behind:
                watch.Stage = WatchStage.Behind;
                return true;
            case Reading.UpToDate when !watch.IsTrusted:
                watch.IsTrusted = true;
                AddPosition(watch, frame); // Tells a resuming client that it missed nothing.
                return true;
            case Reading.Delta:
                return TryAddDelta(watch, frame, last);
            default:
                return true;
        }
    }

    private bool TryAddDelta(TopicWatch watch, Frame frame, long last)
    {
        if (!Fits(frame, rows.Sum(row => row.Length + 1)))
            return false;

        var position = watch.Position!;
        metrics.Conflated.Add(last - position.Sequence - rows.Count);
        watch.Position = position with { Sequence = last };
        watch.IsTrusted = true;
        frame.AddDelta(watch.Reference, position.Sequence + 1, watch.Position, watch.Leaf.Family.Shape, rows);
        return true;
    }

    private static void AddPosition(TopicWatch watch, Frame frame)
    {
        if (watch is { Stage: WatchStage.Live, IsTrusted: true, Position: { } position })
            frame.Add(watch.Reference, EntryKind.Position, position.Sequence, position, "null"u8);
    }

    // Alone in a frame an entry always goes; its own bound is lower than the frame's.
    private bool Fits(Frame frame, int bytes) =>
        frame.EntryCount == 0 || frame.Length + bytes <= limits.OutboxBytesMax;
}
