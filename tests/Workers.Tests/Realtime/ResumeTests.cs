namespace Platform.Workers.Tests.Realtime;

public sealed class ResumeTests : IDisposable
{
    private readonly WholeFeature whole = new();
    private readonly KeyedFeature keyed = new();
    private readonly TapeFeature tape = new();
    private readonly TradesFeature trades = new();
    private readonly Wire wire;

    public ResumeTests()
    {
        wire = new(new() { PageRowsMax = 10 }, whole, keyed, tape, trades);
        wire.Connect();
    }

    public void Dispose() => wire.Dispose();

    [Fact]
    public async Task First_entry_of_a_watch_is_the_snapshot()
    {
        keyed.CommitAndPublish(wire.Topics, "a");
        wire.Watch(keyed.Topic);

        var entry = Assert.Single(await wire.SettleAsync());

        Assert.Equal(Entry.Snapshot, entry.Kind);
        Assert.Equal("""[{"key":"a","version":1}]""", entry.Body.GetRawText());
    }

    [Fact]
    public async Task Changes_since_the_last_look_come_as_one_delta()
    {
        var follower = await FollowAsync<KeyedFollower>(keyed);
        foreach (var key in new[] { "a", "b", "a" })
            keyed.CommitAndPublish(wire.Topics, key);

        var delta = Assert.Single(wire.Pump());

        Assert.Equal((Entry.Delta, 1, 3), (delta.Kind, delta.From, delta.To));
        Assert.Equal("""[{"key":"b","version":2},{"key":"a","version":3}]""", delta.Body.GetRawText());
        Assert.Equal(0, follower.Sequence);
    }

    [Fact]
    public async Task Whole_value_is_sent_as_it_is()
    {
        await FollowAsync<WholeFollower>(whole);
        whole.CommitAndPublish(wire.Topics);
        whole.CommitAndPublish(wire.Topics);

        Assert.Equal("2", Assert.Single(wire.Pump()).Body.GetRawText());
    }

    [Fact]
    public async Task Known_epoch_within_the_recent_changes_gets_the_missed_as_one_delta()
    {
        var follower = await FollowAsync<KeyedFollower>(keyed);
        wire.Disconnect();
        foreach (var key in new[] { "a", "b", "a" })
            keyed.CommitAndPublish(wire.Topics, key);

        var delta = Assert.Single(await ResumeAsync(keyed, follower));

        Assert.Equal((Entry.Delta, 1, 3), (delta.Kind, delta.From, delta.To));
        Assert.Equal(1, keyed.Reads);
    }

    [Fact]
    public async Task Client_that_missed_nothing_is_told_so()
    {
        var follower = await FollowAsync<KeyedFollower>(keyed);
        wire.Disconnect();

        Assert.Equal(Entry.Position, Assert.Single(await ResumeAsync(keyed, follower)).Kind);
    }

    [Fact]
    public async Task Client_beyond_the_recent_changes_gets_a_snapshot()
    {
        var follower = await FollowAsync<LogFollower>(tape);
        wire.Disconnect();
        for (var i = 0; i < 300; i++)
            tape.CommitAndPublish(wire.Topics);

        var entry = Assert.Single(await ResumeAsync(tape, follower));

        Assert.Equal((Entry.Snapshot, 300), (entry.Kind, entry.To));
    }

    [Fact]
    public async Task Changes_of_a_minute_ago_are_no_longer_replayed()
    {
        var follower = await FollowAsync<KeyedFollower>(keyed);
        wire.Connect();
        wire.Watch(keyed.Topic); // Somebody else keeps the topic alive.
        keyed.CommitAndPublish(wire.Topics);
        wire.Time.Advance(TimeSpan.FromSeconds(61));

        Assert.Contains(await ResumeAsync(keyed, follower), entry => entry.Kind == Entry.Snapshot);
    }

    [Fact]
    public async Task Other_incarnation_of_the_topic_means_a_snapshot()
    {
        var follower = await FollowAsync<KeyedFollower>(keyed);
        wire.Restart();

        var entry = Assert.Single(await ResumeAsync(keyed, follower));

        Assert.Equal(Entry.Snapshot, entry.Kind);
        Assert.NotEqual(follower.Epoch, entry.Epoch);
    }

    [Fact]
    public async Task Numbered_log_is_resumed_in_pages_after_a_restart()
    {
        trades.CommitAndPublish(wire.Topics);
        var follower = await FollowAsync<LogFollower>(trades);
        wire.Restart();
        for (var i = 0; i < 25; i++)
            trades.Commit("t");
        trades.ForgetToPublish();

        var entries = await ResumeAsync(trades, follower);
        foreach (var entry in entries)
            follower.Take(entry);

        Assert.Equal([(2, 11), (12, 21), (22, 26)], entries.Select(entry => (entry.From, entry.To)));
        Assert.Equal(Enumerable.Range(1, 26).Select(number => (long)number), follower.Rows);
        Assert.Equal(1, follower.Snapshots);
    }

    [Fact]
    public async Task Numbered_log_jumped_over_is_read_where_it_is_kept()
    {
        trades.CommitAndPublish(wire.Topics);
        var follower = await FollowAsync<LogFollower>(trades);
        trades.Commit("t");
        trades.Commit("t");
        trades.ForgetToPublish();
        trades.CommitAndPublish(wire.Topics);

        foreach (var entry in await wire.SettleAsync())
            follower.Take(entry);

        Assert.Equal([1, 2, 3, 4], follower.Rows);
        Assert.Equal(1, follower.Snapshots);
    }

    [Fact]
    public async Task Numbered_row_published_twice_is_told_once()
    {
        var follower = await FollowAsync<LogFollower>(trades);
        trades.CommitAndPublish(wire.Topics);
        wire.Topics.Append(trades.Topic, 1, 1);

        foreach (var entry in await wire.SettleAsync())
            follower.Take(entry);

        Assert.Equal([1], follower.Rows);
    }

    [Fact]
    public async Task Position_that_the_log_never_had_means_a_snapshot()
    {
        trades.CommitAndPublish(wire.Topics);
        var follower = await FollowAsync<LogFollower>(trades);
        trades.Commits.Clear(); // An older backup was restored.
        wire.Restart();

        Assert.Equal(Entry.Snapshot, Assert.Single(await ResumeAsync(trades, follower)).Kind);
    }

    [Fact]
    public async Task Change_during_the_snapshot_is_told_once_and_not_lost()
    {
        keyed.DuringRead = () =>
        {
            keyed.DuringRead = () => { };
            keyed.CommitAndPublish(wire.Topics, "b");
        };
        keyed.Commit("a");
        wire.Watch(keyed.Topic);

        var follower = new KeyedFollower();
        foreach (var entry in await wire.SettleAsync())
            follower.Take(entry);

        Assert.Equal(["a", "b"], follower.Rows.Keys);
    }

    [Fact]
    public async Task Newcomers_share_one_snapshot()
    {
        for (var client = 0; client < 20; client++)
        {
            wire.Connect();
            wire.Watch(keyed.Topic);
            Assert.Equal(Entry.Snapshot, Assert.Single(await wire.SettleAsync()).Kind);
        }

        Assert.Equal(1, keyed.Reads);
    }

    [Fact]
    public async Task Topic_that_is_not_there_is_gone()
    {
        wire.Watch(new("keyed", "two"));

        var entry = Assert.Single(await wire.SettleAsync());

        Assert.Equal((Entry.Gone, "no_such_topic"), (entry.Kind, entry.Body.GetString()));
        Assert.Equal(0, wire.Topics.Count);
    }

    [Fact]
    public void Family_that_is_not_there_is_refused() =>
        Assert.Equal("no_such_topic", wire.Watch(new("nothing", "one")).Code);

    [Fact]
    public async Task Topic_outlives_its_last_watcher_by_a_minute()
    {
        await FollowAsync<KeyedFollower>(keyed);
        wire.Disconnect();

        wire.Time.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal(1, wire.Topics.Count);
        wire.Time.Advance(TimeSpan.FromSeconds(11));
        Assert.Equal(0, wire.Topics.Count);
    }

    [Fact]
    public void Nothing_is_kept_of_what_nobody_watches()
    {
        keyed.CommitAndPublish(wire.Topics);

        Assert.Equal(0, wire.Topics.Count);
    }

    [Fact]
    public async Task Watching_again_takes_the_first_watch_s_place()
    {
        var first = wire.Watch(keyed.Topic);
        var second = wire.Watch(keyed.Topic);

        Assert.NotEqual(first.Reference, second.Reference);
        Assert.Equal(second.Reference, Assert.Single(await wire.SettleAsync()).Ref);
    }

    [Fact]
    public void Connection_watches_at_most_256_topics()
    {
        for (var i = 0; i < 256; i++)
            Assert.Null(wire.Watch(new("keyed", $"{i}")).Code);

        Assert.Equal("too_many_topics", wire.Watch(new("keyed", "256")).Code);
        Assert.Null(wire.Watch(new("keyed", "255")).Code);
    }

    [Fact]
    public async Task Quiet_topic_tells_its_position()
    {
        await FollowAsync<KeyedFollower>(keyed);

        var entry = Assert.Single(wire.Pump(tellPositions: true));

        Assert.Equal((Entry.Position, 0, 0), (entry.Kind, entry.From, entry.To));
    }

    [Fact]
    public void Publishing_in_another_shape_than_the_family_s_is_a_defect() =>
        Assert.Throws<ArgumentException>(() => wire.Topics.Replace(keyed.Topic, 1));

    private async Task<TFollower> FollowAsync<TFollower>(Feature feature)
        where TFollower : Follower, new()
    {
        var follower = new TFollower();
        wire.Watch(feature.Topic);
        foreach (var entry in await wire.SettleAsync())
            follower.Take(entry);
        return follower;
    }

    private Task<IReadOnlyList<Entry>> ResumeAsync(Feature feature, Follower follower)
    {
        wire.Connect();
        wire.Watch(feature.Topic, follower);
        return wire.SettleAsync();
    }
}
