using Npgsql;

namespace Platform.Tests.Support;

/// <summary>A long history for a pool: the trades' rows as the projection writes them, and nothing behind them.</summary>
public static class PastTrades
{
    /// <summary>Amounts of every length, in three markets, with fees in three assets; numbered from 1.</summary>
    public static async Task InsertAsync(string connection, string pool, int rows, CancellationToken cancel)
    {
        await using var database = new NpgsqlConnection(connection);
        await database.OpenAsync(cancel);
        await using var command = new NpgsqlCommand(
            $$"""
            insert into platform.mt_doc_trade (tenant_id, id, data)
            select '{{pool}}', id, jsonb_build_object(
                'id', id, 'number', n, 'poolId', '{{pool}}', 'accountId', gen_random_uuid(), 'orderId', gen_random_uuid(),
                'market', (array['BTC-USDT', 'ETH-USDT', 'ETH-BTC'])[1 + n % 3], 'side', (array['Buy', 'Sell'])[1 + n % 2], 'sequence', n,
                'fill', jsonb_build_object(
                    'executionId', id, 'venueTradeId', n::text, 'quantity', (n * 0.00001234)::text, 'price', (60000 + n * 0.01)::text,
                    'quoteQuantity', (n * 0.00001234 * (60000 + n * 0.01))::text, 'liquidity', 'Taker',
                    'fee', jsonb_build_object('amount', (n * 0.0000000123)::text, 'asset', (array['BTC', 'USDT', 'BNB'])[1 + n % 3]),
                    'transactTime', to_char(timestamptz '2026-01-01' + n * interval '1 s', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')))
            from (select n, gen_random_uuid() id from generate_series(1, {{rows}}) n) rows;
            analyze platform.mt_doc_trade
            """, database) { CommandTimeout = 120 };
        await command.ExecuteNonQueryAsync(cancel);
    }
}
