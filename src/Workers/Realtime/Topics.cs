using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace Platform.Workers.Realtime;

/// <summary>
/// Where features publish. A change that nobody watches costs a look-up; one that somebody does is serialized once,
/// whoever and how many they are, and never waits for any of them. Publish after the commit.
/// <para>
/// <c>position</c> is the publisher's own number for the change, an event sequence say, comparable with
/// <see cref="TopicSnapshot.Position"/>; a state topic whose snapshots have none leaves it out.
/// </para>
/// </summary>
public sealed class Topics : IDisposable
{
    private static readonly TimeSpan SweepInterval = TimeSpan.FromSeconds(10);
    private readonly ConcurrentDictionary<Topic, TopicLeaf> leaves = new();
    private readonly FrozenDictionary<string, ITopicFamily> families;
    private readonly RealtimeLimits limits;
    private readonly JsonSerializerOptions json;
    private readonly TimeProvider time;
    private readonly ITimer sweep;

    /// <param name="json">The options of HTTP answers, so that a pushed row reads like a fetched one.</param>
    public Topics(
        IEnumerable<ITopicFamily> families, RealtimeLimits limits, IOptions<JsonOptions> json, TimeProvider time)
    {
        this.families = families.ToFrozenDictionary(family => family.Name, StringComparer.Ordinal);
        this.limits = limits;
        this.json = json.Value.SerializerOptions;
        this.time = time;
        Load = new(limits, this.json, time);
        sweep = time.CreateTimer(_ => Sweep(), null, SweepInterval, SweepInterval);
    }

    internal RealtimeLimits Limits => limits;

    internal TopicLoad Load { get; }

    /// <summary>Topics held in memory now.</summary>
    internal int Count => leaves.Count;

    /// <summary>The topic has a new value (<see cref="TopicShape.Whole"/>).</summary>
    public void Replace<TBody>(Topic topic, TBody body, long? position = null)
    {
        if (Watched(topic, TopicShape.Whole) is { } leaf)
            leaf.Publish(string.Empty, position ?? long.MaxValue, Serialize(body));
    }

    /// <summary>A row of the topic is new or changed (<see cref="TopicShape.Keyed"/>).</summary>
    public void Upsert<TRow>(Topic topic, string key, TRow row, long? position = null)
    {
        if (Watched(topic, TopicShape.Keyed) is { } leaf)
            leaf.Publish(key, position ?? long.MaxValue, Serialize(row));
    }

    /// <summary>
    /// The topic has one more row (<see cref="TopicShape.Log"/>). In an <see cref="INumberedLog"/> the position is
    /// the row's number: a repeated one is ignored, and after a jump watchers read what lies between.
    /// </summary>
    public void Append<TRow>(Topic topic, TRow row, long position)
    {
        if (Watched(topic, TopicShape.Log) is { } leaf)
            leaf.Publish(null, position, Serialize(row), leaf.Family is INumberedLog ? position : null);
    }

    /// <summary>What is watched now of one family, for whoever makes a value only when somebody looks.</summary>
    public IReadOnlyList<string> WatchedOf(string family) =>
        [.. leaves.Keys.Where(topic => string.Equals(topic.Family, family, StringComparison.Ordinal)).Select(topic => topic.Entity)];

    /// <inheritdoc/>
    public void Dispose() => sweep.Dispose();

    /// <summary>The leaf of a topic, with the watch that <paramref name="watchOf"/> makes; null: no such family.</summary>
    internal TopicWatch? Open(Topic topic, Func<TopicLeaf, TopicWatch> watchOf)
    {
        if (!families.TryGetValue(topic.Family, out var family))
            return null;

        while (true)
        {
            var leaf = leaves.GetOrAdd(topic, static (key, with) =>
                new(key, with.family, with.self.limits, with.self.json, with.self.time), (family, self: this));
            var watch = watchOf(leaf);
            if (leaf.TryAdd(watch))
                return watch;
            leaves.TryRemove(KeyValuePair.Create(topic, leaf));
        }
    }

    internal void Close(TopicWatch watch)
    {
        watch.Leaf.Remove(watch);
        DropIfClosed(watch.Leaf);
    }

    private void Sweep()
    {
        foreach (var leaf in leaves.Values)
            DropIfClosed(leaf);
    }

    private void DropIfClosed(TopicLeaf leaf)
    {
        if (leaf.TryClose())
            leaves.TryRemove(KeyValuePair.Create(leaf.Topic, leaf));
    }

    private TopicLeaf? Watched(Topic topic, TopicShape shape)
    {
        if (!families.TryGetValue(topic.Family, out var family) || family.Shape != shape)
            throw new ArgumentException($"There is no family of shape {shape} for {topic}.", nameof(topic));
        return leaves.GetValueOrDefault(topic);
    }

    private byte[] Serialize<TBody>(TBody body) => JsonSerializer.SerializeToUtf8Bytes(body, json);
}
