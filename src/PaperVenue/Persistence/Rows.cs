using System.Globalization;
using Microsoft.Data.Sqlite;
using Platform.PaperVenue.Matching;

namespace Platform.PaperVenue.Persistence;

/// <summary>One side of a trade, as its account sees it.</summary>
/// <param name="At">Unix milliseconds.</param>
public sealed record AccountTrade(
    long AccountId, string Symbol, long TradeId, long OrderId, decimal Price, decimal Quantity,
    Commission Commission, bool IsBuyer, bool IsMaker, long At)
{
    public static AccountTrade Of(Trade trade, Order order) => new(
        order.AccountId, order.Symbol, trade.Id, order.OrderId, trade.Price, trade.Quantity,
        order.OrderId == trade.TakerOrderId ? trade.TakerCommission : trade.MakerCommission,
        order.Side == Side.Buy, order.OrderId == trade.MakerOrderId, trade.At);
}

/// <summary>How rows become records.</summary>
public static class Rows
{
    public const string OrderColumns = """
        order_id, account_id, symbol, client_order_id, side, type, time_in_force, quantity, quote_quantity, price,
        self_trade_prevention, status, executed_quantity, executed_quote, prevented_quantity, created_at, updated_at
        """;

    public const string TradeColumns = """
        account_id, symbol, trade_id, order_id, price, quantity, commission_asset, commission, is_buyer, is_maker, at
        """;

    /// <param name="instruments">By symbol.</param>
    public static Order Order(SqliteDataReader row, IReadOnlyDictionary<string, Instrument> instruments) => new(
        row.GetInt64(0), row.GetInt64(1), instruments[row.GetString(2)], row.GetString(3), (Side)row.GetInt32(4),
        (OrderType)row.GetInt32(5), (TimeInForce)row.GetInt32(6), Amount(row, 7), Amount(row, 8), Amount(row, 9),
        (SelfTradePrevention)row.GetInt32(10), (OrderStatus)row.GetInt32(11), Amount(row, 12), Amount(row, 13),
        Amount(row, 14), row.GetInt64(15), row.GetInt64(16));

    public static AccountTrade Trade(SqliteDataReader row) => new(
        row.GetInt64(0), row.GetString(1), row.GetInt64(2), row.GetInt64(3), Amount(row, 4), Amount(row, 5),
        new(row.GetString(6), Amount(row, 7)), row.GetBoolean(8), row.GetBoolean(9), row.GetInt64(10));

    public static decimal Amount(SqliteDataReader row, int column) =>
        decimal.Parse(row.GetString(column), CultureInfo.InvariantCulture);
}
