using Platform.Api.Tests.Realtime;

namespace Platform.Api.Tests.Trading;

/// <summary>From an order placed over HTTP to the screen of who watches, with the official client of the hub.</summary>
public sealed class TradingPushTests(PlatformHost platform)
{
    [Fact]
    public async Task Order_shows_as_a_delta_and_its_trades_and_gains_follow()
    {
        using var trader = await Trader.OpenAsync(platform);
        await using var push = await PushClient.ConnectAsync(platform.Address);
        await push.AuthenticateAsync(trader.Token);
        var orders = await push.WatchAsync($"orders/{trader.Pool}");
        Assert.Empty((await SnapshotAsync(push, orders)).Body.EnumerateArray());

        var (id, _) = await trader.PlaceAsync(new { market = Trader.Market, side = "buy", type = "market", quantity = "0.001" });

        await push.NextAsync(entry => entry.Ref == orders.Ref && entry.Kind == PushEntry.Delta && Shows(entry, id, "filled"));
        var trades = await push.WatchAsync($"trades/{trader.Pool}");
        Assert.All(
            (await SnapshotAsync(push, trades)).Body.EnumerateArray(), trade => Assert.Equal(id, trade.GetProperty("orderId").GetGuid()));
        var pnl = await push.WatchAsync($"pnl/{trader.Pool}");
        var gains = (await SnapshotAsync(push, pnl)).Body;
        Assert.Equal(trader.Pool.ToString(), gains.GetProperty("pnl").GetProperty("poolId").GetString());
        Assert.Contains(gains.GetProperty("positions").EnumerateArray(), position => position.GetProperty("asset").ValueEquals("BTC"));
    }

    [Fact]
    public async Task Ticker_is_pushed_to_anyone_and_keeps_coming()
    {
        await using var push = await PushClient.ConnectAsync(platform.Address);
        var ticker = await push.WatchAsync($"ticker/{Trader.Market}");

        await SnapshotAsync(push, ticker);
        await push.NextAsync(entry => entry.Ref == ticker.Ref && entry.Kind == PushEntry.Delta);
    }

    [Fact]
    public async Task Token_in_the_header_authenticates_too()
    {
        using var trader = await Trader.OpenAsync(platform);
        await using var push = await PushClient.ConnectAsync(platform.Address, trader.Token);

        Assert.Null((await push.WatchAsync($"orders/{trader.Pool}")).Code);
    }

    [Fact]
    public async Task Trades_made_while_the_line_was_down_come_after_it_without_a_gap()
    {
        using var trader = await Trader.OpenAsync(platform);
        var seen = new SortedSet<int>();
        PushEntry last;
        await using (var first = await WatcherAsync(trader))
        {
            var trades = await first.WatchAsync($"trades/{trader.Pool}");
            await SnapshotAsync(first, trades);
            await BuyAsync(trader);
            last = await first.NextAsync(entry => entry.Ref == trades.Ref && entry.Kind == PushEntry.Delta);
            seen.UnionWith(Numbers(last));
        }

        await BuyAsync(trader);
        await BuyAsync(trader);
        var all = (await trader.GetAsync($"{trader.Path}/trades")).GetProperty("items").EnumerateArray()
            .Select(trade => trade.GetProperty("number").GetInt32()).ToList();

        await using var second = await WatcherAsync(trader);
        var again = await second.WatchAsync($"trades/{trader.Pool}", last);
        while (seen.Count < all.Count)
        {
            var missed = await second.NextAsync(entry => entry.Ref == again.Ref && entry.Kind is PushEntry.Delta or PushEntry.Snapshot);
            Assert.Equal((PushEntry.Delta, last.To + 1), (missed.Kind, missed.From));
            seen.UnionWith(Numbers(missed));
            last = missed;
        }

        Assert.Equal(Enumerable.Range(1, all.Max()), seen);
    }

    [Fact]
    public async Task Attack_32_another_pools_topics_are_none_to_a_stranger_and_to_nobody()
    {
        using var owner = await Trader.OpenAsync(platform);
        using var stranger = await Trader.OpenAsync(platform);
        await using var push = await PushClient.ConnectAsync(platform.Address);
        string[] topics = [$"orders/{owner.Pool}", $"trades/{owner.Pool}", $"pnl/{owner.Pool}", "orders/none", "secrets/all",
            "*", "orders/*", "*/*", $"orders/{owner.Pool}/*", "orders/%", $"orders/{owner.Pool},{stranger.Pool}", $"orders/{new string('x', 10_000)}"];

        Assert.All(await push.WatchManyAsync(topics), reply => Assert.Equal("no_such_topic", reply.Code));
        await push.AuthenticateAsync(stranger.Token);
        Assert.All(await push.WatchManyAsync(topics), reply => Assert.Equal("no_such_topic", reply.Code));
    }

    private async Task<PushClient> WatcherAsync(Trader trader)
    {
        var push = await PushClient.ConnectAsync(platform.Address);
        await push.AuthenticateAsync(trader.Token);
        return push;
    }

    private static async Task BuyAsync(Trader trader)
    {
        var (id, _) = await trader.PlaceAsync(new { market = Trader.Market, side = "buy", type = "market", quoteQuantity = "20" });
        await trader.OrderWhenAsync(id, "filled");
    }

    private static async Task<PushEntry> SnapshotAsync(PushClient push, PushReply watch)
    {
        Assert.Null(watch.Code);
        return await push.NextAsync(entry => entry.Ref == watch.Ref && entry.Kind == PushEntry.Snapshot);
    }

    private static IEnumerable<int> Numbers(PushEntry entry) =>
        entry.Body.EnumerateArray().Select(trade => trade.GetProperty("number").GetInt32());

    private static bool Shows(PushEntry entry, Guid order, string status) => entry.Body.EnumerateArray().Any(row =>
        row.GetProperty("orderId").GetGuid() == order && row.GetProperty("status").ValueEquals(status));
}
