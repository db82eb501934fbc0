using Platform.Domain.Identity;
using Platform.Workers.Realtime;

namespace Platform.Workers.Tests.Realtime;

/// <summary>A row of a keyed topic.</summary>
internal sealed record Row(string Key, long Version);

/// <summary>
/// A feature with one stored row per commit, in order; its topics show them each in its own way. What is committed
/// and not yet published is what a crash or a slow projection leaves between the two.
/// </summary>
internal abstract class Feature(string name) : ITopicFamily
{
    private int published;

    public string Name => name;

    public Permission Permission => OpenPermissions.ReadMarkets;

    public abstract TopicShape Shape { get; }

    public Topic Topic => new(name, "one");

    /// <summary>Every committed change, the key by which it may replace another, in order.</summary>
    public List<string> Commits { get; } = [];

    public int Reads { get; private set; }

    /// <summary>What happens elsewhere between the read and its answer.</summary>
    public Action DuringRead { get; set; } = () => { };

    public void Commit(string key) => Commits.Add(key);

    /// <summary>Publishes the oldest commit that is not yet.</summary>
    public void PublishNext(Topics topics)
    {
        if (published == Commits.Count)
            return;
        published++;
        Publish(topics, published, Commits[published - 1]);
    }

    public void CommitAndPublish(Topics topics, string key = "k")
    {
        Commit(key);
        PublishAll(topics);
    }

    public void PublishAll(Topics topics)
    {
        while (published < Commits.Count)
            PublishNext(topics);
    }

    /// <summary>The process died between commit and publishing.</summary>
    public void ForgetToPublish() => published = Commits.Count;

    public ValueTask<TopicSnapshot?> SnapshotAsync(string entity, CancellationToken cancellationToken)
    {
        Reads++;
        var snapshot = Topic.Entity.Equals(entity, StringComparison.Ordinal) ? Read() : null;
        DuringRead();
        return ValueTask.FromResult(snapshot);
    }

    public abstract TopicSnapshot Read();

    protected abstract void Publish(Topics topics, int number, string key);
}

internal sealed class WholeFeature() : Feature("whole")
{
    public override TopicShape Shape => TopicShape.Whole;

    public override TopicSnapshot Read() => new(Commits.Count);

    protected override void Publish(Topics topics, int number, string key) => topics.Replace(Topic, number);
}

/// <summary>Where positions are known a change is never told twice; without, only that the end is right.</summary>
internal sealed class KeyedFeature(string name = "keyed", bool hasPositions = true) : Feature(name)
{
    public override TopicShape Shape => TopicShape.Keyed;

    public override TopicSnapshot Read() => new(
        Commits.Select((key, index) => new Row(key, index + 1)).GroupBy(row => row.Key).Select(rows => rows.Last()),
        hasPositions ? Commits.Count : null);

    protected override void Publish(Topics topics, int number, string key) =>
        topics.Upsert(Topic, key, new Row(key, number), hasPositions ? number : null);
}

/// <summary>A log without numbers of its own, the tape of a market say; a snapshot shows the latest twenty.</summary>
internal sealed class TapeFeature() : Feature("tape")
{
    public override TopicShape Shape => TopicShape.Log;

    public override TopicSnapshot Read() =>
        new(Enumerable.Range(1, Commits.Count).TakeLast(20), Commits.Count);

    protected override void Publish(Topics topics, int number, string key) => topics.Append(Topic, number, number);
}

/// <summary>A log with numbers of its own, the trades of a pool say.</summary>
internal sealed class TradesFeature() : Feature("trades"), INumberedLog
{
    public override TopicShape Shape => TopicShape.Log;

    public int Pages { get; private set; }

    public override TopicSnapshot Read() =>
        new(Enumerable.Range(1, Commits.Count).TakeLast(20), Commits.Count);

    public ValueTask<IReadOnlyList<NumberedRow>> MissedAsync(
        string entity, long from, int limit, CancellationToken cancellationToken)
    {
        Pages++;
        IReadOnlyList<NumberedRow> rows =
        [
            .. Enumerable.Range(1, Commits.Count).Where(number => number >= from).Take(limit)
                .Select(number => new NumberedRow(number, number)),
        ];
        DuringRead();
        return ValueTask.FromResult(rows);
    }

    protected override void Publish(Topics topics, int number, string key) => topics.Append(Topic, number, number);
}
