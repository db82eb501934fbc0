using Marten;
using Platform.Domain.Identity;
using Platform.Projections;

namespace Platform.Workers.Identity;

/// <summary>
/// Takes back what was issued: no list of tokens, but for each subject an instant before which nothing is good. Every node
/// has all of them in memory and knows how old its knowledge is.
/// </summary>
public sealed class Barriers(IDocumentStore store, TimeProvider time)
{
    // About 100 bytes each.
    private const int CountMax = 2_000_000;

    private static readonly TimeSpan FreshForDanger = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan FreshForInner = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan FreshForOuter = TimeSpan.FromSeconds(30);

    private readonly BarrierMap map = new(CountMax);
    private volatile Knowledge? known;

    private long version;

    /// <summary>Grows with every barrier that rises: whoever holds connections open looks at them again.</summary>
    public long Version => Interlocked.Read(ref version);

    /// <summary>How long ago this node knew every barrier there was; null: never yet.</summary>
    public TimeSpan? Staleness => known is { } fresh ? time.GetElapsedTime(fresh.At) : null;

    /// <summary>Whether an operation that cannot be taken back may rely on them.</summary>
    public bool AreFreshForDanger => Staleness <= FreshForDanger;

    /// <summary>Whether inner tokens may be renewed.</summary>
    public bool AreFreshForInner => Staleness <= FreshForInner;

    /// <summary>Whether this node may serve at all.</summary>
    public bool AreFreshForOuter => Staleness <= FreshForOuter;

    /// <summary>Up to which instant the barriers are all known (Unix ms); 0: none is.</summary>
    internal long KnownUntil => known?.WallClock ?? 0;

    /// <summary>Spares this node the wait for its own notification, after the commit.</summary>
    public void Learn(RaisedBarriers raised)
    {
        foreach (var subject in raised.Subjects)
            Merge(subject, raised.Until);
    }

    /// <summary>Whether something that was issued then is refused for any of the subjects.</summary>
    /// <param name="issuedAt">Unix ms.</param>
    public bool IsBarred(long issuedAt, params ReadOnlySpan<BarrierId> subjects)
    {
        foreach (var subject in subjects)
        {
            if (issuedAt <= map.Until(subject.Value))
                return true;
        }

        return false;
    }

    /// <summary>Whether anything at all was said against the subject: a key that was taken back signs nothing, whenever it says that it did.</summary>
    public bool Stands(BarrierId subject) => map.Stands(subject.Value);

    /// <summary>
    /// The first instant (Unix ms) that lies behind every barrier before these subjects. The store is asked, for the barrier
    /// may have been raised on another node a moment ago.
    /// </summary>
    internal async Task<long> BehindAsync(IReadOnlyList<BarrierSubject> subjects, CancellationToken cancellationToken) =>
        1 + await BarrierTable.LatestAsync(
            store.Storage.Database.Connections, [.. subjects.Select(subject => subject.Id.Value)], cancellationToken);

    internal void Merge(Guid subject, long until)
    {
        if (map.Raise(subject, until))
            Interlocked.Increment(ref version);
    }

    /// <summary>All that the store had at that moment is in memory.</summary>
    internal void Know(long at, DateTimeOffset wallClock) => known = new(at, wallClock.ToUnixTimeMilliseconds());

    internal async Task EvictAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        map.Evict(now);
        var dead = now - TokenLife.LineageMax - TokenTier.Outer.Leeway;
        await BarrierTable.DeleteAsync(store.Storage.Database.Connections, dead.ToUnixTimeMilliseconds(), cancellationToken);
    }

    private sealed record Knowledge(long At, long WallClock);
}
