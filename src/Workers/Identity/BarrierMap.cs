using System.Collections.Concurrent;
using Platform.Domain.Identity;

namespace Platform.Workers.Identity;

/// <summary>
/// The latest barrier of each subject, in memory. Barriers merge by taking the later one, so the order in which they come
/// does not matter, nor how often.
/// </summary>
/// <param name="countMax">
/// More than these are not held apart: the oldest become one that stands before everybody, and people sign in again.
/// </param>
internal sealed class BarrierMap(int countMax)
{
    private const long BucketMs = 60_000;

    /// <summary>After this no token that it could concern is alive.</summary>
    private static readonly long LifeMs = (long)(TokenLife.LineageMax + TokenTier.Outer.Leeway).TotalMilliseconds;

    private readonly ConcurrentDictionary<Guid, long> barriers = new();

    // By the minute of their ends, so that forgetting costs what is forgotten.
    private readonly SortedDictionary<long, List<Guid>> buckets = [];
    private readonly Lock changing = new();
    private long floor;

    public int Count => barriers.Count;

    /// <summary>Unix ms up to and at which the subject's tokens are refused; 0: no barrier.</summary>
    public long Until(Guid subject) =>
        Math.Max(Interlocked.Read(ref floor), barriers.GetValueOrDefault(subject));

    /// <summary>Whether a barrier of its own stands before the subject.</summary>
    public bool Stands(Guid subject) => barriers.ContainsKey(subject);

    /// <summary>False: nothing new.</summary>
    public bool Raise(Guid subject, long until)
    {
        lock (changing)
        {
            if (barriers.GetValueOrDefault(subject) >= until)
                return false;

            barriers[subject] = until;
            var minute = until / BucketMs;
            if (!buckets.TryGetValue(minute, out var bucket))
                buckets[minute] = bucket = [];
            bucket.Add(subject);
            while (barriers.Count > countMax)
                MergeOldest();
            return true;
        }
    }

    /// <summary>Forgets what no living token could run into.</summary>
    public void Evict(DateTimeOffset now)
    {
        var dead = (now.ToUnixTimeMilliseconds() - LifeMs) / BucketMs;
        lock (changing)
        {
            while (buckets.Count > 0 && buckets.First().Key < dead)
                RemoveOldest();
        }
    }

    private void MergeOldest()
    {
        var (minute, bucket) = buckets.First();
        Interlocked.Exchange(ref floor, Math.Max(floor, bucket.Max(subject => InBucket(subject, minute) ?? 0)));
        RemoveOldest();
    }

    private void RemoveOldest()
    {
        var (minute, bucket) = buckets.First();
        foreach (var subject in bucket)
        {
            if (InBucket(subject, minute) is { } until)
                barriers.TryRemove(KeyValuePair.Create(subject, until));
        }

        buckets.Remove(minute);
    }

    // Null when the subject's barrier was raised again since, and stands in a later bucket.
    private long? InBucket(Guid subject, long minute) =>
        barriers.TryGetValue(subject, out var until) && until / BucketMs == minute ? until : null;
}
