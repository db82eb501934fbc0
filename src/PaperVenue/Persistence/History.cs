using Microsoft.Data.Sqlite;
using Platform.PaperVenue.Matching;

namespace Platform.PaperVenue.Persistence;

/// <summary>Which rows of a list to read; null means no bound. Times are Unix milliseconds, inclusive.</summary>
/// <param name="FromId">With it, or with a start time, the page holds the oldest rows; else the newest.</param>
public sealed record Page(long? FromId, long? StartTime, long? EndTime, int Limit);

/// <summary>
/// Reads what is committed. Whatever a client was told is committed, so a client always reads its own writes.
/// </summary>
public sealed class History(VenueStore store, IReadOnlyDictionary<string, Instrument> instruments)
{
    public IReadOnlyList<BalanceChanged> Balances(long accountId) => Query(
        "SELECT account_id, asset, free, locked FROM balances WHERE account_id = $0 ORDER BY asset",
        row => new BalanceChanged(row.GetInt64(0), row.GetString(1), new(Rows.Amount(row, 2), Rows.Amount(row, 3))),
        accountId);

    /// <summary>Unix milliseconds of the newest step of any order; 0 before the first.</summary>
    public long LastUpdate(long accountId) => Query(
        "SELECT coalesce(max(updated_at), 0) FROM orders WHERE account_id = $0", row => row.GetInt64(0), accountId)[0];

    /// <summary>Null when there is none; an order that is named by both ids must have both.</summary>
    public Order? Order(long accountId, string symbol, long? orderId, string? clientOrderId)
    {
        if (orderId is not { } id)
            return OrderByClientId(accountId, symbol, clientOrderId!);
        var order = Query(
            $"SELECT {Rows.OrderColumns} FROM orders WHERE order_id = $0 AND account_id = $1 AND symbol = $2",
            ReadOrder, id, accountId, symbol).FirstOrDefault();
        return clientOrderId is null || string.Equals(order?.ClientOrderId, clientOrderId, StringComparison.Ordinal)
            ? order
            : null;
    }

    /// <param name="symbol">Null for every market.</param>
    public IReadOnlyList<Order> OpenOrders(long accountId, string? symbol) => [.. Query(
            $"""
            SELECT {Rows.OrderColumns} FROM orders
            WHERE account_id = $0 AND status < 2 AND ($1 IS NULL OR symbol = $1) ORDER BY order_id
            """,
            row => instruments.ContainsKey(row.GetString(2)) ? ReadOrder(row) : null,
            accountId, (object?)symbol ?? DBNull.Value)
        .OfType<Order>()];

    /// <summary>Ascending by order id.</summary>
    public IReadOnlyList<Order> Orders(long accountId, string symbol, Page page) => Ascending(
        Query(
            $"""
            SELECT {Rows.OrderColumns} FROM orders
            WHERE account_id = $0 AND symbol = $1 AND order_id >= $2 AND created_at BETWEEN $3 AND $4
            ORDER BY order_id {Direction(page)} LIMIT $5
            """,
            ReadOrder, accountId, symbol, page.FromId ?? 0, page.StartTime ?? 0, page.EndTime ?? long.MaxValue,
            page.Limit),
        page);

    /// <summary>Ascending by trade id.</summary>
    /// <param name="orderId">Null for the trades of every order.</param>
    public IReadOnlyList<AccountTrade> Trades(long accountId, string symbol, long? orderId, Page page) => Ascending(
        Query(
            $"""
            SELECT {Rows.TradeColumns} FROM trades
            WHERE account_id = $0 AND symbol = $1 AND trade_id >= $2 AND at BETWEEN $3 AND $4
                AND ($5 IS NULL OR order_id = $5)
            ORDER BY trade_id {Direction(page)} LIMIT $6
            """,
            Rows.Trade, accountId, symbol, page.FromId ?? 0, page.StartTime ?? 0, page.EndTime ?? long.MaxValue,
            (object?)orderId ?? DBNull.Value, page.Limit),
        page);

    // The newest, when several orders had the client order id one after the other.
    private Order? OrderByClientId(long accountId, string symbol, string clientOrderId) => Query(
        $"""
        SELECT {Rows.OrderColumns} FROM orders
        WHERE account_id = $0 AND symbol = $1 AND client_order_id = $2 ORDER BY order_id DESC LIMIT 1
        """,
        ReadOrder, accountId, symbol, clientOrderId).FirstOrDefault();

    private static string Direction(Page page) => FromTheOldest(page) ? "ASC" : "DESC";

    private static bool FromTheOldest(Page page) => page.FromId is not null || page.StartTime is not null;

    private static List<T> Ascending<T>(List<T> rows, Page page)
    {
        if (!FromTheOldest(page))
            rows.Reverse();
        return rows;
    }

    private Order ReadOrder(SqliteDataReader row) => Rows.Order(row, instruments);

    private List<T> Query<T>(string sql, Func<SqliteDataReader, T> read, params object[] values)
    {
        using var connection = new SqliteConnection(store.ReadConnectionString);
        connection.Open();
        using var command = new SqliteCommand(sql, connection);
        for (var i = 0; i < values.Length; i++)
            command.Parameters.AddWithValue($"${i}", values[i]);
        using var row = command.ExecuteReader();
        var rows = new List<T>();
        while (row.Read())
            rows.Add(read(row));
        return rows;
    }
}
