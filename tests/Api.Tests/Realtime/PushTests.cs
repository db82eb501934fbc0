using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.SignalR;
using Platform.Tests.Support;

namespace Platform.Api.Tests.Realtime;

/// <summary>The hub on a real port, and the official client.</summary>
public sealed class PushTests : IAsyncLifetime
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private readonly Stored stored = new();
    private PushHost host = null!;

    public async ValueTask InitializeAsync()
    {
        stored.Quotes["a"] = "0";
        host = await PushHost.StartAsync(stored);
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task Watcher_gets_the_snapshot_and_then_what_is_published()
    {
        await using var client = await PushClient.ConnectAsync(host);
        var reply = await client.WatchAsync("quote/a");

        var snapshot = await client.NextAsync();
        host.PublishQuote(stored, "a", "1");
        var delta = await client.NextAsync();

        Assert.Equal((reply.Ref, PushEntry.Snapshot, 0L), (snapshot.Ref, snapshot.Kind, snapshot.To));
        Assert.Equal((reply.Ref, PushEntry.Delta, 1L, 1L), (delta.Ref, delta.Kind, delta.From, delta.To));
        Assert.Equal("1", delta.Body.GetString());
    }

    [Fact]
    public async Task Frames_of_a_busy_topic_come_every_100_milliseconds_and_miss_nothing()
    {
        await using var client = await PushClient.ConnectAsync(host);
        await client.WatchAsync("quote/a");
        var last = (await client.NextAsync()).To;
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        for (var i = 1; i <= 200; i++)
        {
            await timer.WaitForNextTickAsync(TestContext.Current.CancellationToken);
            host.PublishQuote(stored, "a", $"{i}");
        }

        while (last < 200)
        {
            var delta = await client.NextAsync();
            Assert.Equal(last + 1, delta.From);
            last = delta.To;
        }

        var span = Stopwatch.GetElapsedTime(client.FrameTimes[0], client.FrameTimes[^1]);
        Assert.InRange(client.FrameTimes.Count, 3, (span.TotalMilliseconds / 100) + 2);
    }

    [Fact]
    public async Task Reconnecting_client_gets_what_it_missed_as_one_delta()
    {
        var first = await PushClient.ConnectAsync(host);
        await first.WatchAsync("quote/a");
        var snapshot = await first.NextAsync();
        await first.DisposeAsync();
        for (var i = 1; i <= 10; i++)
            host.PublishQuote(stored, "a", $"{i}");

        await using var second = await PushClient.ConnectAsync(host);
        await second.WatchAsync("quote/a", snapshot);
        var delta = await second.NextAsync();

        Assert.Equal((PushEntry.Delta, 1L, 10L, "10"), (delta.Kind, delta.From, delta.To, delta.Body.GetString()));
    }

    [Fact]
    public async Task Client_of_before_a_restart_gets_a_snapshot()
    {
        var first = await PushClient.ConnectAsync(host);
        await first.WatchAsync("quote/a");
        var snapshot = await first.NextAsync();
        await first.DisposeAsync();
        await RestartAsync();

        await using var second = await PushClient.ConnectAsync(host);
        await second.WatchAsync("quote/a", snapshot);

        Assert.Equal(PushEntry.Snapshot, (await second.NextAsync()).Kind);
    }

    [Fact]
    public async Task Numbered_log_is_resumed_after_a_restart_without_a_gap()
    {
        stored.Trades.Enqueue(1);
        var first = await PushClient.ConnectAsync(host, PushHost.TokenOf("pool", Hour));
        await first.WatchAsync("trades/pool");
        var last = await first.NextAsync();
        await first.DisposeAsync();
        await RestartAsync();
        for (var number = 2; number <= 1_200; number++)
            stored.Trades.Enqueue(number);

        await using var second = await PushClient.ConnectAsync(host, PushHost.TokenOf("pool", Hour));
        await second.WatchAsync("trades/pool", last);
        stored.Trades.Enqueue(1_201);
        host.Topics.Append(new("trades", "pool"), 1_201, 1_201);

        var rows = new List<int>();
        while (last.To < 1_201)
        {
            var delta = await second.NextAsync();
            Assert.Equal((PushEntry.Delta, last.To + 1), (delta.Kind, delta.From));
            rows.AddRange(delta.Body.EnumerateArray().Select(row => row.GetInt32()));
            last = delta;
        }

        Assert.Equal(Enumerable.Range(2, 1_200), rows);
    }

    [Fact]
    public async Task Private_topic_and_one_that_is_not_there_look_alike()
    {
        await using var client = await PushClient.ConnectAsync(host);

        var replies = await client.WatchManyAsync(["trades/pool", "trades/none", "nothing/at-all", "quote/a/b", ""]);

        Assert.All(replies, reply => Assert.Equal((0, "no_such_topic"), (reply.Ref, reply.Code)));
    }

    [Fact]
    public async Task Authenticated_caller_watches_its_own_topics_only()
    {
        await using var client = await PushClient.ConnectAsync(host);
        var until = await client.AuthenticateAsync(PushHost.TokenOf("pool", Hour));

        Assert.InRange(until - TimeProvider.System.GetUtcNow(), TimeSpan.FromMinutes(59), Hour);
        Assert.Null((await client.WatchAsync("trades/pool")).Code);
        Assert.Equal("no_such_topic", (await client.WatchAsync("trades/other")).Code);
        Assert.Equal(PushEntry.Snapshot, (await client.NextAsync()).Kind);
    }

    [Fact]
    public async Task Token_that_is_none_is_refused_and_the_connection_stays()
    {
        await using var client = await PushClient.ConnectAsync(host);

        var refusal = await Assert.ThrowsAsync<HubException>(() => client.AuthenticateAsync("forged"));

        Assert.Contains("invalid_token", refusal.Message, StringComparison.Ordinal);
        Assert.Null((await client.WatchAsync("quote/a")).Code);
    }

    [Fact]
    public async Task Private_topic_ends_with_the_token_and_a_public_one_stays()
    {
        await using var client = await PushClient.ConnectAsync(host);
        // The longer this takes, the longer it is good.
        var lasting = TimeSpan.FromSeconds(1);
        var trades = await Eventually.AnswersAsync("it is watched in time", TimeSpan.FromMinutes(1), async _ =>
        {
            lasting += TimeSpan.FromSeconds(1);
            await client.AuthenticateAsync(PushHost.TokenOf("pool", lasting));
            return await client.WatchAsync("trades/pool") is { Code: null } watched ? watched : null;
        }, TestContext.Current.CancellationToken);
        var quote = await client.WatchAsync("quote/a");

        var gone = await client.NextAsync(entry => entry.Kind == PushEntry.Gone);
        host.PublishQuote(stored, "a", "1");
        var delta = await client.NextAsync(entry => entry.Kind == PushEntry.Delta);

        Assert.Equal((trades.Ref, "token_expired"), (gone.Ref, gone.Body.GetString()));
        Assert.Equal(quote.Ref, delta.Ref);
        Assert.Equal("no_such_topic", (await client.WatchAsync("trades/other")).Code);
    }

    [Fact]
    public async Task Other_user_s_token_takes_the_first_one_s_topics()
    {
        await using var client = await PushClient.ConnectAsync(host);
        await client.AuthenticateAsync(PushHost.TokenOf("pool", Hour));
        var trades = await client.WatchAsync("trades/pool");

        await client.AuthenticateAsync(PushHost.TokenOf("other", Hour));

        Assert.Equal(trades.Ref, (await client.NextAsync(entry => entry.Kind == PushEntry.Gone)).Ref);
    }

    [Fact]
    public async Task Unwatched_topic_is_silent()
    {
        stored.Quotes["b"] = "0";
        await using var client = await PushClient.ConnectAsync(host);
        var a = await client.WatchAsync("quote/a");
        var b = await client.WatchAsync("quote/b");
        await client.NextAsync(entry => entry.Ref == b.Ref);
        await client.UnwatchAsync(a.Ref);

        host.PublishQuote(stored, "a", "1");
        host.PublishQuote(stored, "b", "1");

        Assert.Equal(b.Ref, (await client.NextAsync(entry => entry.Kind == PushEntry.Delta)).Ref);
    }

    [Fact]
    public async Task Calls_beyond_the_burst_are_refused()
    {
        await using var client = await PushClient.ConnectAsync(host);

        var replies = await Task.WhenAll(Enumerable.Range(0, 300).Select(_ => client.WatchAsync("quote/a")));

        Assert.Contains(replies, reply => reply.Code is "rate_limited");
        Assert.InRange(replies.Count(reply => reply.Code is null), 100, 299);
    }

    [Fact]
    public async Task Message_of_more_than_64_kilobytes_ends_the_connection()
    {
        await using var client = await PushClient.ConnectAsync(host);

        await Assert.ThrowsAnyAsync<Exception>(() => client.WatchAsync($"quote/{new string('x', 70_000)}"));
        await client.Closed;
    }

    [Fact]
    public async Task Frame_has_at_most_a_megabyte_and_the_rest_follows()
    {
        const int large = 400 * 1024;
        var topics = Enumerable.Range(0, 8).Select(i => string.Create(CultureInfo.InvariantCulture, $"big{i}")).ToArray();
        foreach (var topic in topics)
            stored.Quotes[topic] = new('x', large);
        await using var client = await PushClient.ConnectAsync(host);
        await client.WatchManyAsync(topics.Select(topic => $"quote/{topic}"));

        for (var i = 0; i < topics.Length; i++)
            Assert.Equal(large, (await client.NextAsync()).Body.GetString()!.Length);

        Assert.InRange(client.FrameTimes.Count, 4, 8);
    }

    [Fact]
    public async Task Snapshot_of_more_than_a_megabyte_is_not_sent()
    {
        stored.Quotes["huge"] = new('x', 1024 * 1024);
        await using var client = await PushClient.ConnectAsync(host);
        await client.WatchAsync("quote/huge");

        var gone = await client.NextAsync();

        Assert.Equal((PushEntry.Gone, "too_large"), (gone.Kind, gone.Body.GetString()));
    }

    private async Task RestartAsync()
    {
        await host.DisposeAsync();
        host = await PushHost.StartAsync(stored);
    }
}
