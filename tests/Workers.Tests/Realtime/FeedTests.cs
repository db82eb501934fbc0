using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Threading.Channels;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Platform.Workers.Realtime;

namespace Platform.Workers.Tests.Realtime;

/// <summary>The two loops of a connection, on a clock that only the test moves.</summary>
public sealed class FeedTests : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);
    private readonly FakeTimeProvider time = new();
    private readonly KeyedFeature keyed = new();
    private readonly WholeFeature whole = new();
    private readonly ServiceProvider services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly Channel<IReadOnlyList<Entry>> frames = Channel.CreateUnbounded<IReadOnlyList<Entry>>();
    private readonly SemaphoreSlim taken = new(0);
    private readonly ConcurrentQueue<DateTimeOffset> sentAt = [];
    private volatile bool isAborted;
    private volatile bool isSlow;
    private readonly Topics topics;
    private readonly Feed feed;

    public FeedTests()
    {
        topics = new([keyed, whole], new(), Options.Create(new JsonOptions()), time);
        feed = new(
            new(SendAsync, () => isAborted = true), topics,
            new(services.GetRequiredService<IMeterFactory>()), time, NullLogger.Instance);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await feed.DisposeAsync();
        topics.Dispose();
        await services.DisposeAsync();
        taken.Dispose();
    }

    [Fact]
    public async Task Nothing_is_sent_before_the_client_knows_the_reference()
    {
        feed.Watch(keyed.Topic, null, isPrivate: false);
        keyed.CommitAndPublish(topics);
        time.Advance(Interval);
        Assert.Equal(0, keyed.Reads);

        feed.Begin();

        Assert.Equal(Entry.Snapshot, (await NextAsync()).Kind);
    }

    [Fact]
    public async Task Frames_are_at_least_100_milliseconds_apart()
    {
        await WatchAsync(keyed.Topic);
        await AdvanceUntilAsync(
            () =>
            {
                keyed.CommitAndPublish(topics);
                return sentAt.Count > 10;
            },
            TimeSpan.FromMilliseconds(7));

        Assert.All(sentAt.Zip(sentAt.Skip(1)), pair => Assert.True(pair.Second - pair.First >= Interval));
    }

    [Fact]
    public async Task Quiet_topics_tell_their_position_every_15_seconds()
    {
        await WatchAsync(keyed.Topic);

        Assert.Equal(Entry.Position, (await NextAsync(after: TimeSpan.FromSeconds(15))).Kind);
        Assert.Equal(Entry.Position, (await NextAsync(after: TimeSpan.FromSeconds(15))).Kind);
    }

    [Fact]
    public async Task Private_topic_ends_with_the_token_and_a_public_one_stays()
    {
        feed.AllowPrivateUntil(time.GetUtcNow().AddSeconds(5));
        await WatchAsync(keyed.Topic, isPrivate: true);
        await WatchAsync(whole.Topic);

        var gone = await NextAsync(after: TimeSpan.FromSeconds(6));
        keyed.CommitAndPublish(topics);
        whole.CommitAndPublish(topics);
        var next = await NextAsync(after: Interval);

        Assert.Equal((Entry.Gone, "token_expired"), (gone.Kind, gone.Body.GetString()));
        Assert.Equal("1", next.Body.GetRawText());
    }

    [Fact]
    public async Task Nothing_of_a_private_topic_is_told_without_a_token()
    {
        feed.Watch(keyed.Topic, null, isPrivate: true);
        feed.Begin();

        Assert.Equal(Entry.Gone, (await NextAsync()).Kind);
        Assert.Equal(0, keyed.Reads);
    }

    [Fact]
    public async Task Renewed_token_keeps_the_private_topics()
    {
        feed.AllowPrivateUntil(time.GetUtcNow().AddSeconds(5));
        await WatchAsync(keyed.Topic, isPrivate: true);
        feed.AllowPrivateUntil(time.GetUtcNow().AddSeconds(60));
        time.Advance(TimeSpan.FromSeconds(6));

        keyed.CommitAndPublish(topics);

        Assert.Equal(Entry.Delta, (await NextAsync(after: Interval)).Kind);
    }

    [Fact]
    public async Task Read_that_failed_is_tried_again_and_holds_up_nothing_else()
    {
        var failures = 2;
        keyed.DuringRead = () =>
        {
            if (failures-- > 0)
                throw new InvalidOperationException("The database is away.");
        };
        feed.Watch(keyed.Topic, null, isPrivate: false);
        await WatchAsync(whole.Topic);

        await AdvanceUntilAsync(() => frames.Reader.TryPeek(out _));

        Assert.Equal(Entry.Snapshot, (await NextAsync()).Kind);
        Assert.Equal(3, keyed.Reads);
    }

    [Fact]
    public async Task Client_that_takes_nothing_for_15_seconds_is_cut_off()
    {
        isSlow = true;
        feed.Watch(keyed.Topic, null, isPrivate: false);
        feed.Begin();
        await frames.Reader.ReadAsync(Cancel);

        var since = time.GetUtcNow();

        await AdvanceUntilAsync(() => isAborted);

        Assert.True(time.GetUtcNow() - since >= TimeSpan.FromSeconds(15));
    }

    [Fact]
    public async Task Slow_client_finds_the_changes_merged()
    {
        await WatchAsync(keyed.Topic);
        isSlow = true;
        keyed.CommitAndPublish(topics, "a");
        await NextAsync(after: Interval);
        for (var i = 0; i < 1_000; i++)
            keyed.CommitAndPublish(topics, $"{i % 3}");

        isSlow = false;
        taken.Release();
        var merged = await NextAsync(after: Interval);

        Assert.Equal((2, 1_001, 3), (merged.From, merged.To, merged.Body.GetArrayLength()));
    }

    private async Task SendAsync(Frame frame)
    {
        sentAt.Enqueue(time.GetUtcNow());
        frames.Writer.TryWrite(Entry.OfFrame(frame.Bytes));
        if (isSlow)
            await taken.WaitAsync(Cancel);
    }

    /// <summary>In steps: a loop that was about to wait as the clock moved waits from then on.</summary>
    private async Task AdvanceUntilAsync(Func<bool> isSo, TimeSpan? step = null)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        deadline.CancelAfter(TimeSpan.FromSeconds(60));
        using var turn = new PeriodicTimer(TimeSpan.FromMilliseconds(1));
        while (!isSo())
        {
            time.Advance(step ?? Interval);
            await turn.WaitForNextTickAsync(deadline.Token);
        }
    }

    private async Task WatchAsync(Topic topic, bool isPrivate = false)
    {
        Assert.Null(feed.Watch(topic, null, isPrivate).Code);
        feed.Begin();
        Assert.Equal(Entry.Snapshot, (await NextAsync(after: Interval)).Kind);
    }

    /// <summary>The only entry of the next frame, once the clock has moved.</summary>
    private async Task<Entry> NextAsync(TimeSpan after = default)
    {
        time.Advance(after);
        await AdvanceUntilAsync(() => frames.Reader.TryPeek(out _), TimeSpan.FromMilliseconds(1));
        return Assert.Single(await frames.Reader.ReadAsync(Cancel));
    }
}
