using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Platform.PaperVenue.Persistence;

/// <summary>The prepared statements of a commit; prepared once, for they run thousands of times a second.</summary>
public sealed class CommitStatements : IDisposable
{
    private readonly Statement orders;
    private readonly Statement balances;
    private readonly Statement trades;
    private readonly Statement sequences;

    public CommitStatements(SqliteConnection connection)
    {
        orders = new(connection, $"""
            INSERT INTO orders ({Rows.OrderColumns})
            VALUES ($0, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
            ON CONFLICT (order_id) DO UPDATE SET
                status = excluded.status, executed_quantity = excluded.executed_quantity,
                executed_quote = excluded.executed_quote, prevented_quantity = excluded.prevented_quantity,
                updated_at = excluded.updated_at
            """, 17);
        balances = new(connection, """
            INSERT INTO balances (account_id, asset, free, locked) VALUES ($0, $1, $2, $3)
            ON CONFLICT DO UPDATE SET free = excluded.free, locked = excluded.locked
            """, 4);
        trades = new(
            connection,
            $"INSERT INTO trades ({Rows.TradeColumns}) VALUES ($0, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10)", 11);
        sequences = new(connection, """
            INSERT INTO sequences (name, ceiling) VALUES ($0, $1)
            ON CONFLICT DO UPDATE SET ceiling = excluded.ceiling
            """, 2);
    }

    public void Write(Changes changes, SqliteTransaction transaction)
    {
        foreach (var o in changes.Orders)
        {
            orders.Run(
                transaction, o.OrderId, o.AccountId, o.Symbol, o.ClientOrderId, (int)o.Side, (int)o.Type,
                (int)o.TimeInForce, Text(o.Quantity), Text(o.QuoteQuantity), Text(o.Price),
                (int)o.SelfTradePrevention, (int)o.Status, Text(o.ExecutedQuantity), Text(o.ExecutedQuote),
                Text(o.PreventedQuantity), o.CreatedAt, o.UpdatedAt);
        }
        foreach (var b in changes.Balances)
            balances.Run(transaction, b.AccountId, b.Asset, Text(b.Balance.Free), Text(b.Balance.Locked));
        foreach (var t in changes.Trades)
        {
            trades.Run(
                transaction, t.AccountId, t.Symbol, t.TradeId, t.OrderId, Text(t.Price), Text(t.Quantity),
                t.Commission.Asset, Text(t.Commission.Amount), t.IsBuyer, t.IsMaker, t.At);
        }
        foreach (var s in changes.Sequences)
            sequences.Run(transaction, s.Name, s.Ceiling);
    }

    public void Dispose()
    {
        orders.Dispose();
        balances.Dispose();
        trades.Dispose();
        sequences.Dispose();
    }

    private static string Text(decimal amount) => amount.ToString(CultureInfo.InvariantCulture);

    private sealed class Statement : IDisposable
    {
        private readonly SqliteCommand command;

        public Statement(SqliteConnection connection, string sql, int parameters)
        {
            command = new(sql, connection);
            for (var i = 0; i < parameters; i++)
                command.Parameters.Add(new SqliteParameter($"${i}", null));
        }

        public void Run(SqliteTransaction transaction, params ReadOnlySpan<object> values)
        {
            command.Transaction = transaction;
            for (var i = 0; i < values.Length; i++)
                command.Parameters[i].Value = values[i];
            command.ExecuteNonQuery();
        }

        public void Dispose() => command.Dispose();
    }
}
