using System.Text.Json;
using Marten;
using Npgsql;
using Platform.Api.Lists;
using Platform.Api.Trading;
using Platform.Projections;
using Platform.Tests.Support;

namespace Platform.Api.Tests.Lists;

/// <summary>However long a list is, one of its pages is a range of an index.</summary>
public sealed class ListPlanTests(LongLists lists) : IClassFixture<LongLists>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Every way to sort every list of the store, and the filters that people use all day.</summary>
    public static TheoryData<string, string, bool, string?> Questions => new(
        from list in (ListDeclaration[])[TradingLists.Orders, TradingLists.Trades]
        from each in list.Sortable
        from isDescending in (bool[])[true, false]
        select (list.Name, each.Name, isDescending, (string?)null))
    {
        { "orders", "createdAt", true, "isOpen=true" },
        { "orders", "createdAt", true, "market=ETH-USDT" },
        { "trades", "number", true, "orderId=0199f2b0-0000-7000-8000-000000000009" },
    };

    [Theory]
    [MemberData(nameof(Questions))]
    public async Task Page_deep_in_a_long_list_is_found_by_an_index(string listName, string sort, bool isDescending, string? filter)
    {
        ListDeclaration list = listName is "orders" ? TradingLists.Orders : TradingLists.Trades;
        var asked = ListProperties.Whole() with { Sort = new(sort, isDescending), Filters = FiltersOf(list, filter) };
        var middle = new Keyset([.. list.KeysOf(asked.Sort).Select(Middle)]);
        var table = listName is "orders" ? "platform.mt_doc_orderview" : "platform.mt_doc_trade";

        using var page = Assert.Single(new ListSql(list, asked, table, LongLists.Pool).Pages(middle, () => 51).ToList());
        var plan = await PlanAsync(page);

        Assert.DoesNotContain("Seq Scan", plan, StringComparison.Ordinal);
        Assert.DoesNotContain("\"Sort\"", plan, StringComparison.Ordinal);
        Assert.Contains("\"Index Scan\"", plan, StringComparison.Ordinal);
        Assert.InRange(RowsRead(plan), 0, 60);
    }

    private static IReadOnlyList<ListFilter> FiltersOf(ListDeclaration list, string? filter) =>
        filter?.Split('=') is [var name, var value] ? [new(name, ListOperator.Eq, [list.Of(name).Kind.Parse(value)!])] : [];

    private static object Middle(ListField field)
    {
        if (field.Kind == FieldKind.Time)
            return new DateTimeOffset(2026, 1, 1, 7, 0, 0, TimeSpan.Zero);

        return field.Kind == FieldKind.Whole ? (long)LongLists.Rows / 2 : Guid.Parse(LongLists.Pool);
    }

    // By the busiest step of the plan, with what it read in vain.
    private static decimal RowsRead(string plan)
    {
        using var json = JsonDocument.Parse(plan);
        return Nodes(json.RootElement[0].GetProperty("Plan")).Max(node =>
            node.GetProperty("Actual Rows").GetDecimal()
            + (node.TryGetProperty("Rows Removed by Filter", out var removed) ? removed.GetDecimal() : 0));
    }

    private static IEnumerable<JsonElement> Nodes(JsonElement node) =>
        [node, .. node.TryGetProperty("Plans", out var plans) ? plans.EnumerateArray().SelectMany(Nodes) : []];

    private async Task<string> PlanAsync(NpgsqlCommand page)
    {
        await using var database = new NpgsqlConnection(lists.Connection);
        await database.OpenAsync(Cancel);
        (page.Connection, page.CommandText) = (database, $"explain (analyze, format json) {page.CommandText}");
        return (string)(await page.ExecuteScalarAsync(Cancel))!;
    }
}

/// <summary>One pool with many orders and trades, as far as lists look at them.</summary>
public sealed class LongLists : IAsyncLifetime
{
    public const int Rows = 50_000;
    public const string Pool = "0199f2b0-0000-7000-8000-000000000001";

    private DocumentStore store = null!;

    public string Connection { get; private set; } = "";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Connection = await TestDatabase.CreateAsync("list_plans");
        store = DocumentStore.For(options => options.UsePlatform(Connection));
        await PlatformSchema.ApplyAsync(store, Cancel);
        await ExecuteAsync(
            $$"""
            insert into platform.mt_doc_orderview (tenant_id, id, data)
            select '{{Pool}}', gen_random_uuid(), jsonb_build_object(
                'isOpen', n % 100 = 0, 'sequence', n, 'createdAt', to_char(timestamptz '2026-01-01' + n * interval '1 s', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
                'state', jsonb_build_object('terms', jsonb_build_object('symbol', case when n % 50 = 0 then 'ETH-USDT' else 'BTC-USDT' end)))
            from generate_series(1, {{Rows}}) n;
            insert into platform.mt_doc_trade (tenant_id, id, data)
            select '{{Pool}}', gen_random_uuid(), jsonb_build_object(
                'number', n, 'orderId', '0199f2b0-0000-7000-8000-' || lpad((n / 3)::text, 12, '0'),
                'fill', jsonb_build_object('transactTime', to_char(timestamptz '2026-01-01' + n * interval '1 s', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')))
            from generate_series(1, {{Rows}}) n;
            analyze platform.mt_doc_orderview;
            analyze platform.mt_doc_trade;
            """);
    }

    public async ValueTask DisposeAsync()
    {
        await store.DisposeAsync();
        await TestDatabase.DropAsync(Connection);
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var database = new NpgsqlConnection(Connection);
        await database.OpenAsync(Cancel);
        await using var command = new NpgsqlCommand(sql, database);
        await command.ExecuteNonQueryAsync(Cancel);
    }
}
