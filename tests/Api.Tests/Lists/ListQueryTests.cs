
namespace Platform.Api.Tests.Lists;

/// <summary>The query language of all lists, asked over HTTP: what it refuses, by name, and what it makes of the rest.</summary>
public sealed class ListQueryTests(PlatformHost platform)
{
    /// <summary>As many code points as a search may have, each of them four bytes and two UTF-16 units.</summary>
    private static readonly string Emojis = string.Concat(Enumerable.Repeat("%F0%9F%98%80", 256));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string, string, string?, string> Limits => new()
    {
        { "limit=9", "invalid_limit", "limit", "10 to 500" },
        { "limit=501", "invalid_limit", "limit", "10 to 500" },
        { "limit=-1", "invalid_limit", "limit", "10 to 500" },
        { "limit=1e3", "invalid_limit", "limit", "10 to 500" },
        { "limit=", "invalid_limit", "limit", "10 to 500" },
        { "limit=%00", "invalid_limit", "limit", "10 to 500" },
        { "limit=%2050", "invalid_limit", "limit", "10 to 500" },
        { "limit=10&limit=20", "duplicate_parameter", "limit", "twice" },
    };

    public static TheoryData<string, string, string?, string> Searches => new()
    {
        { "search=" + new string('x', 257), "invalid_search", "search", "1 to 256" },
        { "search=", "invalid_search", "search", "1 to 256" },
        { "search=%00", "invalid_search", "search", "market, clientOrderId, venueOrderId" },
    };

    public static TheoryData<string, string, string?, string> Sorts => new()
    {
        { "sort=password", "unknown_field", "sort", "createdAt, sequence" },
        { "sort=slot;drop%20table", "unknown_field", "sort", "createdAt, sequence" },
        { "sort=", "unknown_field", "sort", "createdAt, sequence" },
        { "sort=--createdAt", "unknown_field", "sort", "createdAt, sequence" },
        { "sort=-status", "unknown_field", "sort", "createdAt, sequence" },
    };

    public static TheoryData<string, string, string?, string> Refused => new()
    {
        { "Limit=10", "unknown_parameter", "Limit", "limit, cursor" },
        { "status=open", "unknown_parameter", "status", "filter.isOpen" },
        { "filter.secret=eq:1", "unknown_field", "filter.secret", "market, side" },
        { "filter.=eq:1", "unknown_field", "filter.", "market, side" },
        { "filter.fees=eq:1", "unknown_field", "filter.fees", "market, side" },
        { "filter.market=like:BTC", "unknown_operator", "filter.market", "eq, ne, in, prefix" },
        { "filter.market=BTC-USDT", "unknown_operator", "filter.market", "eq, ne, in, prefix" },
        { "filter.isOpen=lt:true", "unknown_operator", "filter.isOpen", "eq, ne" },
        { "filter.side=is:null", "unknown_operator", "filter.side", "eq, ne, in" },
        { "filter.isOpen=eq:yes", "invalid_filter", "filter.isOpen", "true or false" },
        { "filter.side=eq:both", "invalid_filter", "filter.side", "buy, sell" },
        { "filter.quantity=gt:1e3", "invalid_filter", "filter.quantity", "plain decimal" },
        { "filter.quantity=gt:NaN", "invalid_filter", "filter.quantity", "plain decimal" },
        { "filter.quantity=is:nothing", "invalid_filter", "filter.quantity", "is:null or is:set" },
        { "filter.createdAt=ge:yesterday", "invalid_filter", "filter.createdAt", "RFC 3339" },
        { "filter.createdAt=ge:2026-01-01", "invalid_filter", "filter.createdAt", "RFC 3339" },
        { "filter.createdAt=ge:2026-01-01T00:00:00", "invalid_filter", "filter.createdAt", "RFC 3339" },
        { "filter.createdAt=ge:infinity", "invalid_filter", "filter.createdAt", "RFC 3339" },
        { "filter.orderId=eq:1", "invalid_filter", "filter.orderId", "UUID" },
        { "filter.market=eq:a%00b", "invalid_filter", "filter.market", "NUL" },
        { "filter.market=in:" + string.Join(',', Enumerable.Range(1, 51)), "invalid_filter", "filter.market", "50 values" },
        { string.Join('&', Enumerable.Range(1, 21).Select(number => $"filter.sequence=gt:{number}")), "invalid_filter", null, "20 filters" },
        { "fields=orderId,password", "unknown_field", "fields", "orderId, market" },
        { "fields=", "unknown_field", "fields", "orderId, market" },
        { "count=estimate", "invalid_count", "count", "none, approximate or exact" },
        { "after=soon", "invalid_after", "after", "sequence" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task What_cannot_be_asked_is_refused_with_what_can(string query, string code, string? field, string allowed)
    {
        using var trader = await Trader.OpenAsync(platform);
        using var answer = await trader.Http.GetAsync($"{trader.Path}/orders?{query}", Cancel);

        Assert.Contains(allowed, await Problem.ExpectAsync(answer, 400, code, field), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Limits))]
    public Task Attack_07_limit_that_is_none_is_refused(string query, string code, string? field, string allowed) =>
        What_cannot_be_asked_is_refused_with_what_can(query, code, field, allowed);

    [Theory]
    [MemberData(nameof(Searches))]
    public Task Attack_08_search_that_is_none_is_refused(string query, string code, string? field, string allowed) =>
        What_cannot_be_asked_is_refused_with_what_can(query, code, field, allowed);

    [Theory]
    [MemberData(nameof(Sorts))]
    public Task Attack_10_sort_by_what_is_no_member_is_refused(string query, string code, string? field, string allowed) =>
        What_cannot_be_asked_is_refused_with_what_can(query, code, field, allowed);

    [Fact]
    public async Task Attack_08_search_of_256_characters_is_taken_whatever_they_are()
    {
        using var trader = await Trader.OpenAsync(platform);

        foreach (var search in (string[])[Emojis, "%CC%81%CC%81%CC%81", "%E2%80%AEabc", "%25", "_", "%5C", "'%20OR%201=1--", "$1", "%23name"])
            Assert.Empty((await trader.GetAsync($"{trader.Path}/orders?search={search}")).GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task Attack_11_what_is_SQL_elsewhere_is_only_a_value_in_a_list()
    {
        using var trader = await Trader.OpenAsync(platform);
        await PlacedAsync(trader, 1);

        foreach (var text in (string[])["' OR 1=1--", "$1", "#name", "\"; drop table platform.mt_doc_orderview; --", "{0}", @"\"])
        {
            Assert.Empty(await IdsAsync(trader, $"filter.clientOrderId=eq:{Uri.EscapeDataString(text)}"));
            Assert.Empty(await IdsAsync(trader, $"filter.clientOrderId=prefix:{Uri.EscapeDataString(text)}"));
            Assert.Single(await IdsAsync(trader, $"filter.clientOrderId=ne:{Uri.EscapeDataString(text)}"));
        }
    }

    [Fact]
    public async Task Filters_search_and_sort_find_what_they_say()
    {
        using var trader = await Trader.OpenAsync(platform);
        var placed = await PlacedAsync(trader, 3);
        using var canceled = await trader.CancelAsync(placed[0]);
        var closed = await trader.OrderWhenAsync(placed[0], "canceled");
        var after = $"after={closed.GetProperty("sequence").GetInt64()}";

        Assert.Equal(Enumerable.Reverse(placed[1..]), await IdsAsync(trader, $"{after}&filter.isOpen=eq:true"));
        Assert.Equal(placed[..1], await IdsAsync(trader, $"{after}&filter.status=in:canceled,filled"));
        Assert.Equal(placed[..1], await IdsAsync(trader, $"{after}&filter.closedAt=is:set"));
        Assert.Equal(placed, await IdsAsync(trader, $"{after}&sort=createdAt&search=btc-us"));
        Assert.Equal(placed[0], (await IdsAsync(trader, $"{after}&sort=-sequence"))[0]);
        Assert.Equal(placed[1..2], await IdsAsync(trader, $"filter.orderId=eq:{placed[1]}"));
        Assert.Equal(placed.AsEnumerable().Reverse(), await IdsAsync(trader, "filter.quantity=ge:0.0005&filter.quantity=lt:0.00051&filter.side=eq:buy"));
        Assert.Empty(await IdsAsync(trader, "filter.quantity=gt:0.0005"));
        Assert.Empty(await IdsAsync(trader, "filter.createdAt=lt:2026-01-01T00:00:00%2B02:00"));
    }

    [Fact]
    public async Task Only_the_members_asked_for_are_answered()
    {
        using var trader = await Trader.OpenAsync(platform);
        await PlacedAsync(trader, 1);

        var page = await trader.GetAsync($"{trader.Path}/orders?fields=status,orderId,fees&count=exact");

        Assert.Equal(["status", "orderId", "fees"], page.GetProperty("items")[0].EnumerateObject().Select(member => member.Name));
        Assert.Equal(1, page.GetProperty("count").GetInt64());
    }

    [Theory]
    [InlineData("/v1/markets")]
    [InlineData("/v1/pools")]
    [InlineData("{pool}/positions")]
    [InlineData("{pool}/trades")]
    [InlineData("{pool}/orders")]
    public async Task Every_list_speaks_the_same_language(string path)
    {
        using var trader = await Trader.OpenAsync(platform);
        path = path.Replace("{pool}", trader.Path, StringComparison.Ordinal);

        var page = await trader.GetAsync($"{path}?limit=10&count=exact");
        Assert.Equal(["items", "next", "sequence", "count"], page.EnumerateObject().Select(member => member.Name));
        Assert.InRange(page.GetProperty("items").GetArrayLength(), 0, 10);
        using var refused = await trader.Http.GetAsync($"{path}?limit=9", Cancel);
        await Problem.ExpectAsync(refused, 400, "invalid_limit", "limit");
        using var unknown = await trader.Http.GetAsync($"{path}?sort=password", Cancel);
        await Problem.ExpectAsync(unknown, 400, "unknown_field", "sort");
    }

    internal static async Task<List<Guid>> PlacedAsync(Trader trader, int count)
    {
        List<Guid> placed = [];
        for (var number = 0; number < count; number++)
            placed.Add((await trader.PlaceAsync(await trader.RestingOrderAsync("0.0005"))).OrderId);
        foreach (var order in placed)
            await trader.OrderWhenAsync(order, "working");
        return placed;
    }

    private static async Task<List<Guid>> IdsAsync(Trader trader, string query)
    {
        var page = await trader.GetAsync($"{trader.Path}/orders?{query}");
        return [.. page.GetProperty("items").EnumerateArray().Select(order => order.GetProperty("orderId").GetGuid())];
    }
}
