using System.Text.Json;

namespace Platform.Workers.Realtime;

/// <summary>A body ready to be sent, and the sequences it covers.</summary>
/// <param name="Position">The reader's position after it.</param>
/// <param name="IsComplete">False when the next page of missed rows has to follow.</param>
internal sealed record LoadedBody(
    EntryKind Kind, long From, TopicPosition Position, ReadOnlyMemory<byte> Body, bool IsComplete = true);

/// <summary>What a topic can tell a reader at once.</summary>
internal enum Reading
{
    /// <summary>Nothing new.</summary>
    UpToDate,

    /// <summary>The bodies after its position, up to the topic's newest.</summary>
    Delta,

    /// <summary>The recent changes do not reach back to its position: it has to load.</summary>
    Behind,
}

/// <summary>
/// One topic while it is watched: its sequence, its recent changes and its watchers. Publishing marks the watchers
/// and never waits for one; each of them reads from here at its own pace. The lock is held for memory only.
/// </summary>
internal sealed class TopicLeaf
{
    private readonly Lock gate = new();
    private readonly HashSet<TopicWatch> watchers = [];
    private readonly RecentChanges recent;
    private readonly TopicEpoch epoch;
    private readonly RealtimeLimits limits;
    private readonly JsonSerializerOptions json;
    private readonly TimeProvider time;
    private DateTimeOffset idleSince;
    private bool isClosed;
    private bool isMissing;
    private Task<LoadedBody?>? snapshot;
    private DateTimeOffset snapshotAt;

    public TopicLeaf(
        Topic topic, ITopicFamily family, RealtimeLimits limits, JsonSerializerOptions json, TimeProvider time)
    {
        Topic = topic;
        Family = family;
        this.limits = limits;
        this.json = json;
        this.time = time;
        idleSince = time.GetUtcNow();

        // A numbered log's end is not known before its first row is seen: no position counts as reached.
        recent = new(family is INumberedLog ? -1 : 0, limits);
        epoch = family is INumberedLog ? new("log") : new(Guid.CreateVersion7(idleSince).ToString("N"));
    }

    public Topic Topic { get; }

    public ITopicFamily Family { get; }

    /// <summary>This incarnation of the topic; a numbered log has but one, ever.</summary>
    public string Epoch => epoch.Name;

    /// <summary>False when the leaf was dropped meanwhile: ask for a new one.</summary>
    public bool TryAdd(TopicWatch watch)
    {
        lock (gate)
            return !isClosed && watchers.Add(watch);
    }

    public void Remove(TopicWatch watch)
    {
        lock (gate)
        {
            if (watchers.Remove(watch) && watchers.Count == 0)
                idleSince = time.GetUtcNow();
        }
    }

    /// <summary>True once the leaf takes no more watchers, having had none for a while.</summary>
    public bool TryClose()
    {
        var now = time.GetUtcNow();
        lock (gate)
        {
            recent.Trim(now);
            isClosed = isClosed
                || (watchers.Count == 0 && (isMissing || now - idleSince >= limits.LeafIdleMax));
            return isClosed;
        }
    }

    /// <param name="number">The row's own number in a numbered log; null elsewhere.</param>
    public void Publish(string? key, long position, byte[] body, long? number = null)
    {
        lock (gate)
        {
            var sequence = number ?? recent.Last + 1;
            if (sequence <= recent.Last)
                return; // A numbered row that was published before: a projection may run twice.

            recent.Add(new(sequence, key, position, body, time.GetUtcNow()));
            foreach (var watch in watchers)
                watch.Touch();
        }
    }

    /// <summary>
    /// Reads on from a position. <paramref name="isTrusted"/>: the position was handed out by this server to this
    /// watch; one that a client brings along is believed only as far as the recent changes prove it.
    /// </summary>
    public Reading Read(TopicPosition? since, bool isTrusted, List<ReadOnlyMemory<byte>> bodies, out long last)
    {
        lock (gate)
        {
            recent.Trim(time.GetUtcNow());
            last = recent.Last;
            if (since is null || !epoch.TryRead(since.Epoch, out var shown) || since.Sequence < recent.Floor)
                return Reading.Behind;
            if (since.Sequence > last && !isTrusted)
                return Reading.Behind;
            if (since.Sequence >= last)
                return Reading.UpToDate;

            recent.CopyAfter(since.Sequence, shown, bodies);
            return Reading.Delta;
        }
    }

    /// <summary>The snapshot that is being taken, or a recent one, or a new one; null: no such topic.</summary>
    public Task<LoadedBody?> SnapshotAsync()
    {
        lock (gate)
        {
            var now = time.GetUtcNow();
            if (snapshot is null || !IsUsable(snapshot, now))
            {
                snapshotAt = now;
                snapshot = TakeSnapshotAsync(recent.Last);
            }

            return snapshot;
        }
    }

    private bool IsUsable(Task<LoadedBody?> taken, DateTimeOffset now) =>
        !taken.IsCompleted
        || (taken is { IsCompletedSuccessfully: true, Result: { } body }
            && body.Position.Sequence >= recent.Floor
            && now - snapshotAt < limits.SnapshotAgeMax);

    // Whoever watched before the read began gets every change after `start` from the recent ones: no gap.
    private async Task<LoadedBody?> TakeSnapshotAsync(long start)
    {
        await Task.Yield(); // Leaves the caller's lock before the family's code runs.
        using var deadline = new CancellationTokenSource(limits.ReadMax, time);
        var taken = await Family.SnapshotAsync(Topic.Entity, deadline.Token);
        lock (gate)
            isMissing = taken is null;
        if (taken is null)
            return null;

        var position = PositionOf(taken, start);
        var body = JsonSerializer.SerializeToUtf8Bytes(taken.Body, json);
        return new(EntryKind.Snapshot, position.Sequence, position, body);
    }

    private TopicPosition PositionOf(TopicSnapshot taken, long start) => (Family, taken.Position) switch
    {
        ({ Shape: TopicShape.Log }, null) =>
            throw new InvalidOperationException($"The snapshot of the log {Topic} does not tell its position."),
        (INumberedLog, { } number) => new(epoch.Name, number),
        ({ Shape: TopicShape.Whole }, _) => new(epoch.Name, start),
        (_, var shown) => new(epoch.NameAfter(shown), start),
    };
}
