using Platform.PaperVenue.Matching;

namespace Platform.PaperVenue.Protocol;

/// <summary>Reads what an order's parameters say, and refuses what they must not.</summary>
public static class OrderRequest
{
    // Order types of the protocol that this venue does not trade, with the words Binance has for that.
    private static readonly Dictionary<string, string> Untraded = new(StringComparer.Ordinal)
    {
        ["STOP_LOSS"] = "Stop loss orders are not supported for this symbol.",
        ["STOP_LOSS_LIMIT"] = "Stop loss limit orders are not supported for this symbol.",
        ["TAKE_PROFIT"] = "Take profit orders are not supported for this symbol.",
        ["TAKE_PROFIT_LIMIT"] = "Take profit limit orders are not supported for this symbol.",
    };

    public static NewOrder Read(Parameters parameters, long accountId, Func<string> newId)
    {
        var symbol = parameters.RequiredText("symbol");
        var side = Spelling.ReadSide(parameters.RequiredText("side"))
            ?? throw new RefusedException(Refusals.InvalidSide);
        var type = ReadType(parameters);
        RefuseUntraded(parameters);
        var (quantity, quoteQuantity) = ReadAmounts(parameters, type);
        return new(
            accountId, symbol, parameters.ClientOrderId("newClientOrderId") ?? newId(), side, type,
            ReadTimeInForce(parameters, type), quantity, quoteQuantity, ReadPrice(parameters, type),
            ReadSelfTradePrevention(parameters));
    }

    /// <summary>ACK, RESULT or FULL; market and limit orders are answered in full when nothing is said.</summary>
    public static string ResponseDetail(Parameters parameters, OrderType type) =>
        parameters.Text("newOrderRespType") switch
        {
            null => type == OrderType.LimitMaker ? "ACK" : "FULL",
            var detail and ("ACK" or "RESULT" or "FULL") => detail,
            _ => throw new RefusedException(Refusals.NotValid("newOrderRespType")),
        };

    /// <summary>The order that a cancel or a question is about.</summary>
    public static (long? OrderId, string? ClientOrderId) Named(Parameters parameters)
    {
        var orderId = parameters.Number("orderId");
        var clientOrderId = parameters.ClientOrderId("origClientOrderId");
        return orderId is null && clientOrderId is null
            ? throw new RefusedException(Refusals.MissingEither("origClientOrderId", "orderId"))
            : (orderId, clientOrderId);
    }

    private static OrderType ReadType(Parameters parameters)
    {
        var word = parameters.RequiredText("type");
        if (Untraded.TryGetValue(word, out var words))
            throw new RefusedException(Refusal.NewOrder(words));
        return Spelling.ReadOrderType(word) ?? throw new RefusedException(Refusals.InvalidOrderType);
    }

    private static void RefuseUntraded(Parameters parameters)
    {
        if (parameters.Amount("icebergQty") is > 0)
            throw new RefusedException(Refusal.NewOrder("Iceberg orders are not supported for this symbol."));
        string[] others = ["stopPrice", "trailingDelta", "pegPriceType"];
        if (Array.Find(others, name => parameters.Text(name) is not null) is { } unexpected)
            throw new RefusedException(Refusals.NotRequired(unexpected));
    }

    private static (decimal Quantity, decimal QuoteQuantity) ReadAmounts(Parameters parameters, OrderType type)
    {
        var quantity = parameters.Amount("quantity");
        var quoteQuantity = parameters.Amount("quoteOrderQty");
        return (type, quantity, quoteQuantity) switch
        {
            (OrderType.Market, null, null) =>
                throw new RefusedException(Refusals.MissingEither("quantity", "quoteOrderQty")),
            (OrderType.Market, not null, not null) => throw new RefusedException(Refusals.InvalidCombination),
            (OrderType.Market, null, 0) => throw new RefusedException(Refusal.Filter("NOTIONAL")),
            (not OrderType.Market, _, not null) => throw new RefusedException(Refusals.NotRequired("quoteOrderQty")),
            (not OrderType.Market, null, _) => throw new RefusedException(Refusals.Missing("quantity")),
            _ => (quantity ?? 0, quoteQuantity ?? 0),
        };
    }

    private static decimal ReadPrice(Parameters parameters, OrderType type) => (type, parameters.Amount("price")) switch
    {
        (OrderType.Market, not null) => throw new RefusedException(Refusals.NotRequired("price")),
        (OrderType.Market, null) => 0,
        (_, null) => throw new RefusedException(Refusals.Missing("price")),
        (_, { } price) => price,
    };

    private static TimeInForce ReadTimeInForce(Parameters parameters, OrderType type) =>
        (type, parameters.Text("timeInForce")) switch
        {
            (OrderType.Limit, null) => throw new RefusedException(Refusals.Missing("timeInForce")),
            (OrderType.Limit, { } word) =>
                Spelling.ReadTimeInForce(word) ?? throw new RefusedException(Refusals.InvalidTimeInForce),
            (_, not null) => throw new RefusedException(Refusals.NotRequired("timeInForce")),
            _ => TimeInForce.Gtc,
        };

    private static SelfTradePrevention ReadSelfTradePrevention(Parameters parameters) =>
        parameters.Text("selfTradePreventionMode") is { } word
            ? Spelling.ReadSelfTradePrevention(word)
                ?? throw new RefusedException(Refusals.NotValid("selfTradePreventionMode"))
            : SelfTradePrevention.ExpireMaker;
}
