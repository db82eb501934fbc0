using System.Text.Json;
using Platform.PaperVenue.Matching;
using Platform.PaperVenue.Persistence;

namespace Platform.PaperVenue.Protocol;

/// <summary>Orders and account trades as the REST interface and the WebSocket API write them.</summary>
public static class OrderJson
{
    /// <summary>An answer to GET order, openOrders and allOrders.</summary>
    public static void Write(Utf8JsonWriter json, Order order)
    {
        json.WriteStartObject();
        json.WriteString("symbol", order.Symbol);
        json.WriteNumber("orderId", order.OrderId);
        json.WriteNumber("orderListId", -1);
        json.WriteString("clientOrderId", order.ClientOrderId);
        json.WriteAmount("price", order.Price);
        json.WriteAmount("origQty", order.StatedQuantity);
        json.WriteAmount("executedQty", order.ExecutedQuantity);
        json.WriteAmount("cummulativeQuoteQty", order.ExecutedQuote);
        WriteKind(json, order);
        json.WriteAmount("stopPrice", 0);
        json.WriteAmount("icebergQty", 0);
        json.WriteNumber("time", order.CreatedAt);
        json.WriteNumber("updateTime", order.UpdatedAt);
        json.WriteBoolean("isWorking", true);
        json.WriteNumber("workingTime", order.CreatedAt);
        json.WriteAmount("origQuoteOrderQty", order.QuoteQuantity);
        WriteSelfTradePrevention(json, order);
        json.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter json, AccountTrade trade)
    {
        json.WriteStartObject();
        json.WriteString("symbol", trade.Symbol);
        json.WriteNumber("id", trade.TradeId);
        json.WriteNumber("orderId", trade.OrderId);
        json.WriteNumber("orderListId", -1);
        json.WriteAmount("price", trade.Price);
        json.WriteAmount("qty", trade.Quantity);
        json.WriteAmount("quoteQty", trade.Price * trade.Quantity);
        json.WriteAmount("commission", trade.Commission.Amount);
        json.WriteString("commissionAsset", trade.Commission.Asset);
        json.WriteNumber("time", trade.At);
        json.WriteBoolean("isBuyer", trade.IsBuyer);
        json.WriteBoolean("isMaker", trade.IsMaker);
        json.WriteBoolean("isBestMatch", true);
        json.WriteEndObject();
    }

    /// <summary>The answer to a new order.</summary>
    /// <param name="detail">ACK, RESULT or FULL.</param>
    public static void WritePlaced(Utf8JsonWriter json, Outcome outcome, string detail)
    {
        var order = outcome.Order!;
        json.WriteStartObject();
        json.WriteString("symbol", order.Symbol);
        json.WriteNumber("orderId", order.OrderId);
        json.WriteNumber("orderListId", -1);
        json.WriteString("clientOrderId", order.ClientOrderId);
        json.WriteNumber("transactTime", order.UpdatedAt);
        if (detail is not "ACK")
        {
            WriteProgress(json, order);
            json.WriteNumber("workingTime", order.CreatedAt);
            if (detail is "FULL")
                WriteFills(json, outcome);
            WriteSelfTradePrevention(json, order);
        }
        json.WriteEndObject();
    }

    public static void WriteCanceled(Utf8JsonWriter json, Order order, string cancelClientOrderId)
    {
        json.WriteStartObject();
        json.WriteString("symbol", order.Symbol);
        json.WriteString("origClientOrderId", order.ClientOrderId);
        json.WriteNumber("orderId", order.OrderId);
        json.WriteNumber("orderListId", -1);
        json.WriteString("clientOrderId", cancelClientOrderId);
        json.WriteNumber("transactTime", order.UpdatedAt);
        WriteProgress(json, order);
        WriteSelfTradePrevention(json, order);
        json.WriteEndObject();
    }

    private static void WriteProgress(Utf8JsonWriter json, Order order)
    {
        json.WriteAmount("price", order.Price);
        json.WriteAmount("origQty", order.StatedQuantity);
        json.WriteAmount("executedQty", order.ExecutedQuantity);
        json.WriteAmount("origQuoteOrderQty", order.QuoteQuantity);
        json.WriteAmount("cummulativeQuoteQty", order.ExecutedQuote);
        WriteKind(json, order);
    }

    private static void WriteKind(Utf8JsonWriter json, Order order)
    {
        json.WriteString("status", Spelling.Of(order.Status));
        json.WriteString("timeInForce", Spelling.Of(order.TimeInForce));
        json.WriteString("type", Spelling.Of(order.Type));
        json.WriteString("side", Spelling.Of(order.Side));
    }

    private static void WriteSelfTradePrevention(Utf8JsonWriter json, Order order)
    {
        json.WriteString("selfTradePreventionMode", Spelling.Of(order.SelfTradePrevention));
        if (order.PreventedQuantity > 0)
            json.WriteAmount("preventedQuantity", order.PreventedQuantity);
    }

    private static void WriteFills(Utf8JsonWriter json, Outcome outcome)
    {
        json.WriteStartArray("fills");
        foreach (var trade in outcome.Events.OfType<OrdersTraded>().Select(traded => traded.Trade))
        {
            json.WriteStartObject();
            json.WriteAmount("price", trade.Price);
            json.WriteAmount("qty", trade.Quantity);
            json.WriteAmount("commission", trade.TakerCommission.Amount);
            json.WriteString("commissionAsset", trade.TakerCommission.Asset);
            json.WriteNumber("tradeId", trade.Id);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
