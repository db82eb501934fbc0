using System.Text.Json;

namespace Platform.Workers.Realtime;

/// <summary>Puts into one frame what a connection's watches have to tell, fairly, up to the frame's bound.</summary>
internal sealed class FrameFilling(WatchList watches, RealtimeLimits limits, RealtimeMetrics metrics)
{
    private readonly List<ReadOnlyMemory<byte>> rows = [];
    private int turn;
    private bool isCut;

    /// <param name="tellPositions">Every watch that has no news tells its position.</param>
    /// <returns>True when a watch needs the loader.</returns>
    public bool Fill(Frame frame, DateTimeOffset now, bool tellPositions)
    {
        var all = watches.All;
        isCut = false;
        frame.Begin(now);
        for (var i = 0; i < all.Length && !isCut; i++)
        {
            var index = (turn + i) % all.Length;
            var entriesBefore = frame.EntryCount;
            if (all[index].TakeTouch())
                Add(all[index], frame, now);
            if (isCut)
                turn = index; // The next frame begins with what did not fit into this one.
            else if (tellPositions && frame.EntryCount == entriesBefore)
                AddPosition(all[index], frame);
        }

        frame.End();
        return Array.Exists(all, watch => watch.Stage == WatchStage.Behind);
    }

    private void Add(TopicWatch watch, Frame frame, DateTimeOffset now)
    {
        if (watch.IsPrivate && now >= watches.PrivateUntil)
            watch.End(WatchAnswer.TokenExpired);

        if (watch.Stage == WatchStage.Unanswered)
            return;
        if (watch.EndedBy is { } code)
            AddGone(watch, frame, code);
        else if (watch.Stage == WatchStage.Live || (watch.Stage == WatchStage.Loaded && AddLoaded(watch, frame)))
            AddRecent(watch, frame);
    }

    /// <returns>False when it did not fit.</returns>
    private bool AddLoaded(TopicWatch watch, Frame frame)
    {
        var loaded = watch.Loaded!;
        if (!Fits(watch, frame, loaded.Body.Length))
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

    private void AddRecent(TopicWatch watch, Frame frame)
    {
        rows.Clear();
        switch (watch.Leaf.Read(watch.Position, watch.IsTrusted, rows, out var last))
        {
            case Reading.Behind:
                watch.Stage = WatchStage.Behind;
                break;
            case Reading.UpToDate when !watch.IsTrusted:
                watch.IsTrusted = true;
                AddPosition(watch, frame); // Tells a resuming client that it missed nothing.
                break;
            case Reading.Delta:
                AddDelta(watch, frame, last);
                break;
        }
    }

    private void AddDelta(TopicWatch watch, Frame frame, long last)
    {
        if (!Fits(watch, frame, rows.Sum(row => row.Length + 1)))
            return;

        var position = watch.Position!;
        metrics.Conflated.Add(last - position.Sequence - rows.Count);
        watch.Position = position with { Sequence = last };
        watch.IsTrusted = true;
        frame.AddDelta(watch.Reference, position.Sequence + 1, watch.Position, watch.Leaf.Family.Shape, rows);
    }

    private static void AddPosition(TopicWatch watch, Frame frame)
    {
        if (watch is { Stage: WatchStage.Live, IsTrusted: true, Position: { } position })
            frame.Add(watch.Reference, EntryKind.Position, position.Sequence, position, "null"u8);
    }

    private void AddGone(TopicWatch watch, Frame frame, string code)
    {
        var position = new TopicPosition(watch.Leaf.Epoch, 0);
        frame.Add(watch.Reference, EntryKind.Gone, 0, position, JsonSerializer.SerializeToUtf8Bytes(code));
        watches.Remove(gone => gone == watch);
    }

    // An entry too large for what is left of the frame waits for the next; alone in a frame it always goes.
    private bool Fits(TopicWatch watch, Frame frame, int bytes)
    {
        isCut = frame.EntryCount > 0 && frame.Length + bytes > limits.OutboxBytesMax;
        if (isCut)
            watch.Touch();
        return !isCut;
    }
}
