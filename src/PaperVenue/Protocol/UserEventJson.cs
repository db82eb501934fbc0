using System.Text.Json;
using Platform.PaperVenue.Matching;

namespace Platform.PaperVenue.Protocol;

/// <summary>What one account is told about one step of one of its orders.</summary>
/// <param name="Execution">Binance's execution type: NEW, TRADE, CANCELED, EXPIRED, TRADE_PREVENTION.</param>
/// <param name="Trade">Set for TRADE only.</param>
/// <param name="CancelClientOrderId">Set for CANCELED only.</param>
/// <param name="Prevented">Set for TRADE_PREVENTION only.</param>
public sealed record ExecutionReport(
    Order Order, string Execution, long ExecutionId, Trade? Trade, string? CancelClientOrderId,
    TradePrevented? Prevented);

/// <summary>The events of the user data stream, one letter a member, as Binance spells them.</summary>
public static class UserEventJson
{
    public static void Write(Utf8JsonWriter json, ExecutionReport report, long at)
    {
        var order = report.Order;
        json.WriteStartObject();
        json.WriteString("e", "executionReport");
        json.WriteNumber("E", at);
        json.WriteString("s", order.Symbol);
        json.WriteString("c", report.CancelClientOrderId ?? order.ClientOrderId);
        WriteTerms(json, order);
        json.WriteAmount("P", 0);
        json.WriteAmount("F", 0);
        json.WriteNumber("g", -1);
        json.WriteString("C", report.CancelClientOrderId is null ? "" : order.ClientOrderId);
        json.WriteString("x", report.Execution);
        json.WriteString("X", Spelling.Of(order.Status));
        json.WriteString("r", "NONE");
        json.WriteNumber("i", order.OrderId);
        WriteExecution(json, report);
        json.WriteNumber("I", report.ExecutionId);
        json.WriteBoolean("w", order.IsResting);
        json.WriteBoolean("m", report.Trade?.MakerOrderId == order.OrderId);
        json.WriteBoolean("M", report.Trade is not null);
        json.WriteNumber("O", order.CreatedAt);
        json.WriteAmount("Z", order.ExecutedQuote);
        json.WriteAmount("Y", report.Trade?.QuoteQuantity ?? 0);
        json.WriteAmount("Q", order.QuoteQuantity);
        json.WriteNumber("W", order.CreatedAt);
        json.WriteString("V", Spelling.Of(order.SelfTradePrevention));
        if (report.Prevented is { } prevented)
            WritePrevented(json, prevented);
        json.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter json, IEnumerable<BalanceChanged> balances, long at)
    {
        json.WriteStartObject();
        json.WriteString("e", "outboundAccountPosition");
        json.WriteNumber("E", at);
        json.WriteNumber("u", at);
        json.WriteStartArray("B");
        foreach (var change in balances)
        {
            json.WriteStartObject();
            json.WriteString("a", change.Asset);
            json.WriteAmount("f", change.Balance.Free);
            json.WriteAmount("l", change.Balance.Locked);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteTerms(Utf8JsonWriter json, Order order)
    {
        json.WriteString("S", Spelling.Of(order.Side));
        json.WriteString("o", Spelling.Of(order.Type));
        json.WriteString("f", Spelling.Of(order.TimeInForce));
        json.WriteAmount("q", order.StatedQuantity);
        json.WriteAmount("p", order.Price);
    }

    private static void WriteExecution(Utf8JsonWriter json, ExecutionReport report)
    {
        var trade = report.Trade;
        json.WriteAmount("l", trade?.Quantity ?? 0);
        json.WriteAmount("z", report.Order.ExecutedQuantity);
        json.WriteAmount("L", trade?.Price ?? 0);
        if (trade is null)
        {
            json.WriteString("n", "0");
            json.WriteNull("N");
        }
        else
        {
            var commission = trade.MakerOrderId == report.Order.OrderId ? trade.MakerCommission : trade.TakerCommission;
            json.WriteAmount("n", commission.Amount);
            json.WriteString("N", commission.Asset);
        }
        json.WriteNumber("T", report.Order.UpdatedAt);
        json.WriteNumber("t", trade?.Id ?? -1);
    }

    private static void WritePrevented(Utf8JsonWriter json, TradePrevented prevented)
    {
        json.WriteNumber("v", prevented.MatchId);
        json.WriteAmount("A", prevented.Order.PreventedQuantity);
        json.WriteAmount("B", prevented.Quantity);
        json.WriteNumber("u", prevented.MatchId);
        json.WriteNumber("U", prevented.Counter.OrderId);
        json.WriteString("Cs", prevented.Counter.Symbol);
        json.WriteAmount("pl", prevented.Quantity);
        json.WriteAmount("pL", prevented.Counter.Price > 0 ? prevented.Counter.Price : prevented.Order.Price);
        json.WriteAmount("pY", prevented.Quantity * prevented.Counter.Price);
    }
}
