using Npgsql;
using Platform.Api.Tests.Operation;

namespace Platform.Api.Tests.Lists;

/// <summary>A platform in a process of its own whose demo pool has a long history.</summary>
public sealed class LongTrades : IAsyncLifetime
{
    public const int Rows = 200_000;

    public PlatformProcess Platform { get; private set; } = null!;

    public string Pool { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        Platform = await PlatformProcess.StartAsync(CancellationToken.None);
        (_, Pool) = await Platform.SignInAsync(CancellationToken.None);
        await InsertAsync();
    }

    public ValueTask DisposeAsync() => Platform.DisposeAsync();

    /// <summary>Rows fetched from the trades since the database was made.</summary>
    public async Task<long> ReadSoFarAsync(CancellationToken cancel) => (long)await ScalarAsync(
        "select coalesce(idx_tup_fetch, 0)::bigint from pg_stat_user_tables where relname = 'mt_doc_trade'", cancel);

    /// <summary>The exact sum of a member over the trades whose asset is that, both as SQL.</summary>
    public async Task<decimal> SumAsync(string member, string asset, string code, CancellationToken cancel) => (decimal)await ScalarAsync(
        $"select coalesce(sum(({member})::numeric), 0) from platform.mt_doc_trade where tenant_id = '{Pool}' and {asset} = '{code}'", cancel);

    // As the projection writes them, with amounts of every length and fees in three assets.
    private Task<object> InsertAsync() => ScalarAsync(
        $$"""
        insert into platform.mt_doc_trade (tenant_id, id, data)
        select '{{Pool}}', id, jsonb_build_object(
            'id', id, 'number', n, 'poolId', '{{Pool}}', 'accountId', gen_random_uuid(), 'orderId', gen_random_uuid(),
            'market', (array['BTC-USDT', 'ETH-USDT', 'ETH-BTC'])[1 + n % 3], 'side', (array['Buy', 'Sell'])[1 + n % 2], 'sequence', n,
            'fill', jsonb_build_object(
                'executionId', id, 'venueTradeId', n::text, 'quantity', (n * 0.00001234)::text, 'price', (60000 + n * 0.01)::text,
                'quoteQuantity', (n * 0.00001234 * (60000 + n * 0.01))::text, 'liquidity', 'Taker',
                'fee', jsonb_build_object('amount', (n * 0.0000000123)::text, 'asset', (array['BTC', 'USDT', 'BNB'])[1 + n % 3]),
                'transactTime', to_char(timestamptz '2026-01-01' + n * interval '1 s', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')))
        from (select n, gen_random_uuid() id from generate_series(1, {{Rows}}) n) rows;
        analyze platform.mt_doc_trade;
        select 1
        """, CancellationToken.None);

    private async Task<object> ScalarAsync(string sql, CancellationToken cancel)
    {
        await using var database = new NpgsqlConnection(Platform.Connection);
        await database.OpenAsync(cancel);
        await using var command = new NpgsqlCommand(sql, database) { CommandTimeout = 120 };
        return (await command.ExecuteScalarAsync(cancel))!;
    }
}
