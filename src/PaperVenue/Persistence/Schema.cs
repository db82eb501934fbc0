namespace Platform.PaperVenue.Persistence;

/// <summary>The tables. Amounts are decimal text, times Unix milliseconds; house accounts are never stored.</summary>
public static class Schema
{
    public const string Sql = """
        CREATE TABLE IF NOT EXISTS api_keys (
            api_key TEXT PRIMARY KEY, secret TEXT NOT NULL, account_id INTEGER NOT NULL) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS sequences (
            name TEXT PRIMARY KEY, ceiling INTEGER NOT NULL) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS balances (
            account_id INTEGER NOT NULL, asset TEXT NOT NULL, free TEXT NOT NULL, locked TEXT NOT NULL,
            PRIMARY KEY (account_id, asset)) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS orders (
            order_id INTEGER PRIMARY KEY, account_id INTEGER NOT NULL, symbol TEXT NOT NULL,
            client_order_id TEXT NOT NULL, side INTEGER NOT NULL, type INTEGER NOT NULL,
            time_in_force INTEGER NOT NULL, quantity TEXT NOT NULL, quote_quantity TEXT NOT NULL,
            price TEXT NOT NULL, self_trade_prevention INTEGER NOT NULL, status INTEGER NOT NULL,
            executed_quantity TEXT NOT NULL, executed_quote TEXT NOT NULL, prevented_quantity TEXT NOT NULL,
            created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL);
        CREATE INDEX IF NOT EXISTS orders_by_account ON orders (account_id, symbol, order_id);
        CREATE INDEX IF NOT EXISTS orders_by_client_id ON orders (account_id, symbol, client_order_id, order_id);
        CREATE INDEX IF NOT EXISTS orders_by_update ON orders (account_id, updated_at);
        CREATE INDEX IF NOT EXISTS orders_open ON orders (account_id, symbol, order_id) WHERE status < 2;
        CREATE TABLE IF NOT EXISTS trades (
            account_id INTEGER NOT NULL, symbol TEXT NOT NULL, trade_id INTEGER NOT NULL,
            order_id INTEGER NOT NULL, price TEXT NOT NULL, quantity TEXT NOT NULL, commission TEXT NOT NULL,
            commission_asset TEXT NOT NULL, is_buyer INTEGER NOT NULL, is_maker INTEGER NOT NULL, at INTEGER NOT NULL,
            PRIMARY KEY (account_id, symbol, trade_id, order_id)) WITHOUT ROWID;
        CREATE INDEX IF NOT EXISTS trades_by_order ON trades (order_id);
        """;
}
