using System.Text.Json;
using Npgsql;

namespace Platform.Api.Tests.Trading;

/// <summary>Pages, read-your-writes and the history that nothing can change.</summary>
public sealed class ReadTests(PlatformHost platform)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Orders_come_page_by_page_each_once_newest_first()
    {
        using var trader = await Trader.OpenAsync(platform);
        List<Guid> placed = [];
        for (var number = 0; number < 23; number++)
            placed.Add((await trader.PlaceAsync(await trader.RestingOrderAsync("0.0005"))).OrderId);
        await trader.OrderWhenAsync(placed[^1], "working");

        List<Guid> read = [];
        string? cursor = null;
        List<int> sizes = [];
        do
        {
            var page = await trader.GetAsync($"{trader.Path}/orders?filter.isOpen=eq:true&limit=10{(cursor is null ? "" : $"&cursor={cursor}")}");
            read.AddRange(page.GetProperty("items").EnumerateArray().Select(order => order.GetProperty("orderId").GetGuid()));
            sizes.Add(page.GetProperty("items").GetArrayLength());
            cursor = page.GetProperty("next").GetString();
        }
        while (cursor is not null);

        Assert.Equal(placed.AsEnumerable().Reverse(), read);
        Assert.Equal([10, 10, 3], sizes);
        Assert.Empty((await trader.GetAsync($"{trader.Path}/orders?filter.isOpen=eq:false")).GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task Trades_come_page_by_page_numbered_without_a_gap()
    {
        using var trader = await Trader.OpenAsync(platform);
        for (var number = 0; number < 12; number++)
        {
            var (id, _) = await trader.PlaceAsync(new { market = Trader.Market, side = "buy", type = "market", quoteQuantity = "20" });
            await trader.OrderWhenAsync(id, "filled");
        }

        List<int> numbers = [];
        string? cursor = null;
        do
        {
            var page = await trader.GetAsync($"{trader.Path}/trades?limit=10{(cursor is null ? "" : $"&cursor={cursor}")}");
            numbers.AddRange(page.GetProperty("items").EnumerateArray().Select(trade => trade.GetProperty("number").GetInt32()));
            cursor = page.GetProperty("next").GetString();
        }
        while (cursor is not null);

        Assert.InRange(numbers.Count, 12, int.MaxValue);
        Assert.Equal(Enumerable.Range(1, numbers.Count).Reverse(), numbers);
    }

    [Fact]
    public async Task Read_after_the_sequence_of_an_answer_shows_the_order()
    {
        using var trader = await Trader.OpenAsync(platform);
        for (var number = 0; number < 5; number++)
        {
            var (id, sequence) = await trader.PlaceAsync(await trader.RestingOrderAsync());

            var page = await trader.GetAsync($"{trader.Path}/orders?after={sequence}");

            Assert.Equal(id, page.GetProperty("items")[0].GetProperty("orderId").GetGuid());
            Assert.InRange(page.GetProperty("sequence").GetInt64(), sequence, long.MaxValue);
        }
    }

    [Fact]
    public async Task Read_after_what_never_comes_waits_two_seconds_and_shows_what_there_is()
    {
        using var trader = await Trader.OpenAsync(platform);
        var start = TimeProvider.System.GetTimestamp();

        await trader.GetAsync($"{trader.Path}/orders?after={long.MaxValue}");

        Assert.InRange(TimeProvider.System.GetElapsedTime(start), TimeSpan.FromSeconds(1.9), TimeSpan.FromSeconds(10));
    }

    [Theory]
    [InlineData("update platform.mt_doc_trade set data = '{}'")]
    [InlineData("delete from platform.mt_doc_trade")]
    [InlineData("truncate platform.mt_doc_trade")]
    public async Task Trade_history_refuses_change_in_the_database_itself(string statement)
    {
        await using var connection = new NpgsqlConnection(platform.Connection);
        await connection.OpenAsync(Cancel);
        await using var command = new NpgsqlCommand(statement, connection);

        var refused = await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteNonQueryAsync(Cancel));

        Assert.Equal(PostgresErrorCodes.RestrictViolation, refused.SqlState);
    }

    [Fact]
    public async Task Another_pools_order_looks_like_none_at_all()
    {
        using var owner = await Trader.OpenAsync(platform);
        using var stranger = await Trader.OpenAsync(platform);
        var (id, _) = await owner.PlaceAsync(await owner.RestingOrderAsync());
        await owner.OrderWhenAsync(id, "working");
        var before = await owner.EventsAsync();

        foreach (var path in (string[])[$"orders/{id}", $"orders/{id}/events"])
        {
            using var own = await stranger.Http.GetAsync($"{stranger.Path}/{path}", Cancel);
            using var foreign = await stranger.Http.GetAsync($"{owner.Path}/{path}", Cancel);
            await Problem.ExpectAsync(own, 404, "not_found");
            await Problem.ExpectAsync(foreign, 404, "not_found");
        }
        using var cancel = await stranger.CancelAsync(id);
        await Problem.ExpectAsync(cancel, 404, "not_found");
        Assert.Equal(before, await owner.EventsAsync());
    }

    [Fact]
    public async Task Every_decimal_is_a_string()
    {
        using var trader = await Trader.OpenAsync(platform);
        var (id, _) = await trader.PlaceAsync(new { market = Trader.Market, side = "buy", type = "market", quoteQuantity = "30" });
        var after = $"after={(await trader.OrderWhenAsync(id, "filled")).GetProperty("sequence").GetInt64()}";
        string[] counts = ["sequence", "number", "version", "attempt", "tradeNumber"];

        foreach (var path in (string[])[$"orders?{after}", $"orders/{id}/events", $"trades?{after}", $"positions?{after}", $"pnl?{after}"])
            Assert.All(Numbers(await trader.GetAsync($"{trader.Path}/{path}"), path), name => Assert.Contains(name, counts));
    }

    // The names of all members that are JSON numbers.
    private static IEnumerable<string> Numbers(JsonElement json, string name) => json.ValueKind switch
    {
        JsonValueKind.Number => [name],
        JsonValueKind.Object => json.EnumerateObject().SelectMany(member => Numbers(member.Value, member.Name)),
        JsonValueKind.Array => json.EnumerateArray().SelectMany(item => Numbers(item, name)),
        _ => [],
    };
}
