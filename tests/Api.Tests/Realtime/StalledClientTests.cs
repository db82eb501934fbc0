namespace Platform.Api.Tests.Realtime;

/// <summary>Clients that speak the protocol by hand.</summary>
public sealed class StalledClientTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Attack_36_client_that_never_reads_slows_no_other_and_is_cut_off()
    {
        var stored = new Stored();
        stored.Quotes["a"] = "0";
        await using var host = await PushHost.StartAsync(stored, new() { StallMax = TimeSpan.FromSeconds(2) });
        using var stalled = await ConnectAsync(host);
        await using var healthy = await PushClient.ConnectAsync(host);
        await healthy.WatchAsync("quote/a");
        var last = (await healthy.NextAsync()).To;

        // Nobody reads from the stalled socket: its buffers fill, then its pump waits, then it is cut off.
        var published = 0;
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        deadline.CancelAfter(TimeSpan.FromSeconds(60));
        while (host.Stalled == 0)
        {
            await timer.WaitForNextTickAsync(deadline.Token);
            host.PublishQuote(stored, "a", new('x', 200_000));
            published++;
        }

        while (last < published)
        {
            var delta = await healthy.NextAsync();
            Assert.Equal(last + 1, delta.From);
            last = delta.To;
        }

        Assert.InRange(healthy.LongestSilence, TimeSpan.Zero, TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task Answer_of_a_watch_comes_before_its_first_frame()
    {
        var stored = new Stored();
        stored.Quotes["a"] = "0";
        await using var host = await PushHost.StartAsync(stored);
        using var client = await ConnectAsync(host);
        var received = await client.UntilAsync("\"target\":\"f\"");

        Assert.InRange(
            received.IndexOf("\"type\":3", StringComparison.Ordinal), 0,
            received.IndexOf("\"target\":\"f\"", StringComparison.Ordinal));
    }

    /// <summary>Connects and asks for a topic, and for one that takes long to refuse; reads no more than the handshake's answer.</summary>
    private static async Task<RawHub> ConnectAsync(PushHost host)
    {
        var hub = await RawHub.ConnectAsync(host.Address);
        await hub.SendAsync("""{"type":1,"invocationId":"1","target":"Watch","arguments":[[{"topic":"quote/a"},{"topic":"slow/a"}]]}""");
        return hub;
    }
}
