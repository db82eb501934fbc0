using CsCheck;
using Platform.Workers.Realtime;

namespace Platform.Workers.Tests.Realtime;

/// <summary>Any order of commits, publishing, reads, frames, losses, resumes, waits and restarts.</summary>
public sealed class InterleavingTests
{
    private enum Step
    {
        Commit, Publish, CommitAndPublish, Pump, Load, PublishDuringLoad, LoseConnection, LoseFrame, Connect, Wait, Restart,
    }

    // Small bounds, so that short runs cross them.
    private static readonly RealtimeLimits Limits = new() { RecentCountMax = 6, PageRowsMax = 3 };

    private static readonly Gen<(Step Step, int Key)[]> Steps =
        Gen.Select(
            Gen.Frequency(
                (4, Gen.Const(Step.Commit)), (4, Gen.Const(Step.Publish)), (8, Gen.Const(Step.CommitAndPublish)),
                (8, Gen.Const(Step.Pump)), (5, Gen.Const(Step.Load)), (3, Gen.Const(Step.PublishDuringLoad)),
                (2, Gen.Const(Step.LoseConnection)), (2, Gen.Const(Step.LoseFrame)), (6, Gen.Const(Step.Connect)),
                (1, Gen.Const(Step.Wait)), (1, Gen.Const(Step.Restart))),
            Gen.Int[0, 9])
        .Array[0, 80];

    [Fact]
    public Task Whole_topic_ends_at_the_last_value() => SampleAsync(
        () => new WholeFeature(), () => new WholeFollower(),
        (feature, follower) => Assert.Equal(feature.Commits.Count, follower.Value));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public Task Keyed_topic_ends_at_the_last_row_of_each_key(bool hasPositions) => SampleAsync(
        () => new KeyedFeature(hasPositions: hasPositions), () => new KeyedFollower(),
        (feature, follower) => Assert.Equal(
            feature.Commits.Select((key, index) => (key, version: index + 1L)).GroupBy(row => row.key)
                .ToDictionary(rows => rows.Key, rows => rows.Max(row => row.version)),
            follower.Rows.ToDictionary()));

    [Fact]
    public Task Log_ends_complete_since_its_last_snapshot() => SampleAsync(
        () => new TapeFeature(), () => new LogFollower(), AssertContiguous);

    [Fact]
    public Task Numbered_log_is_complete_through_restarts_with_one_snapshot() => SampleAsync(
        () => new TradesFeature(), () => new LogFollower(),
        (feature, follower) =>
        {
            AssertContiguous(feature, follower);
            Assert.Equal(1, follower.Snapshots);
        });

    private static void AssertContiguous(Feature feature, LogFollower follower)
    {
        var first = follower.Rows.FirstOrDefault(1);
        Assert.Equal(feature.Commits.Count, first + follower.Rows.Count - 1);
        Assert.Equal(Enumerable.Range((int)first, follower.Rows.Count).Select(number => (long)number), follower.Rows);
    }

    private static Task SampleAsync<TFeature, TFollower>(
        Func<TFeature> newFeature, Func<TFollower> newFollower, Action<TFeature, TFollower> assertFollowed)
        where TFeature : Feature
        where TFollower : Follower =>
        Steps.SampleAsync(
            async steps =>
            {
                var (feature, follower) = (newFeature(), newFollower());
                using var wire = new Wire(Limits, feature);
                foreach (var (step, key) in steps)
                    await TakeAsync(step, $"{key}", wire, feature, follower);

                feature.PublishAll(wire.Topics);
                Connect(wire, feature, follower);
                Follow(follower, await wire.SettleAsync());
                assertFollowed(feature, follower);
            },
            iter: 2_000, threads: 1);

    private static async Task TakeAsync(Step step, string key, Wire wire, Feature feature, Follower follower)
    {
        switch (step)
        {
            case Step.Commit:
                feature.Commit(key);
                break;
            case Step.Publish:
                feature.PublishNext(wire.Topics);
                break;
            case Step.CommitAndPublish:
                feature.CommitAndPublish(wire.Topics, key);
                break;
            case Step.Pump when wire.IsConnected:
                Follow(follower, wire.Pump());
                break;
            case Step.Load when wire.IsConnected:
                await wire.LoadAsync();
                break;
            case Step.PublishDuringLoad when wire.IsConnected:
                feature.DuringRead = () => feature.CommitAndPublish(wire.Topics, key);
                await wire.LoadAsync();
                feature.DuringRead = () => { };
                break;
            case Step.LoseFrame when wire.IsConnected:
                wire.Pump();
                wire.Disconnect();
                break;
            case Step.LoseConnection:
                wire.Disconnect();
                break;
            case Step.Connect:
                Connect(wire, feature, follower);
                break;
            case Step.Wait:
                wire.Time.Advance(TimeSpan.FromSeconds(40));
                break;
            case Step.Restart:
                wire.Restart();
                feature.ForgetToPublish();
                break;
        }
    }

    private static void Connect(Wire wire, Feature feature, Follower follower)
    {
        if (wire.IsConnected)
            return;
        wire.Connect();
        wire.Watch(feature.Topic, follower);
    }

    private static void Follow(Follower follower, IReadOnlyList<Entry> entries)
    {
        foreach (var entry in entries)
            follower.Take(entry);
    }
}
