namespace Platform.Workers.Realtime;

/// <summary>One published change, serialized once for all who watch.</summary>
/// <param name="Key">The row it replaces; null in a log, where nothing replaces anything.</param>
/// <param name="Position">The publisher's own position of it; <see cref="long.MaxValue"/> when it has none.</param>
internal sealed record Change(long Sequence, string? Key, long Position, byte[] Body, DateTimeOffset At);

/// <summary>
/// The latest changes of a topic: every one after <see cref="Floor"/>, but of those with one key the newest only.
/// So what follows any position from the floor on is already merged. Not thread-safe.
/// </summary>
internal sealed class RecentChanges(long floor, RealtimeLimits limits)
{
    private readonly LinkedList<Change> changes = [];
    private readonly Dictionary<string, LinkedListNode<Change>> newestOfKey = new(StringComparer.Ordinal);
    private int bytes;

    /// <summary>From here on changes are complete; what lies before may be forgotten.</summary>
    public long Floor { get; private set; } = floor;

    /// <summary>The sequence of the newest change.</summary>
    public long Last { get; private set; } = floor;

    public void Add(Change change)
    {
        if (change.Sequence != Last + 1)
            ForgetAllBefore(change.Sequence);
        if (change.Key is { } key && newestOfKey.Remove(key, out var replaced))
            Forget(replaced);

        var node = changes.AddLast(change);
        if (change.Key is not null)
            newestOfKey[change.Key] = node;
        bytes += change.Body.Length;
        Last = change.Sequence;
        Trim(change.At);
    }

    /// <summary>Forgets, oldest first, what is too old, too many or too large.</summary>
    public void Trim(DateTimeOffset now)
    {
        while (changes.First is { Value: var oldest } node
            && (changes.Count > limits.RecentCountMax
                || bytes > limits.RecentBytesMax
                || now - oldest.At > limits.RecentAgeMax))
        {
            Forget(node);
            if (oldest.Key is not null)
                newestOfKey.Remove(oldest.Key);
            Floor = oldest.Sequence;
        }
    }

    /// <summary>
    /// Adds the bodies after a sequence that is not before the floor, oldest first, but for those whose position
    /// says that the reader's snapshot shows them already.
    /// </summary>
    public void CopyAfter(long sequence, long shownPosition, List<ReadOnlyMemory<byte>> bodies)
    {
        var first = changes.Last;
        while (first?.Previous is { } earlier && earlier.Value.Sequence > sequence)
            first = earlier;

        for (var node = first; node is not null; node = node.Next)
        {
            if (node.Value.Position > shownPosition)
                bodies.Add(node.Value.Body);
        }
    }

    // A number was jumped over: whoever stands before the hole has to read the rows where they are kept.
    private void ForgetAllBefore(long sequence)
    {
        changes.Clear();
        newestOfKey.Clear();
        bytes = 0;
        Floor = sequence - 1;
    }

    private void Forget(LinkedListNode<Change> node)
    {
        changes.Remove(node);
        bytes -= node.Value.Body.Length;
    }
}
