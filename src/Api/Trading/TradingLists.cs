using System.Globalization;
using System.Text.Json;
using Platform.Api.Lists;
using Platform.Domain.Trading;
using Platform.Projections.Trading;

namespace Platform.Api.Trading;

/// <summary>What can be asked of the lists of trading.</summary>
public static class TradingLists
{
    public static ListOf<OrderResponse> Orders { get; } = new("orders", "orderId", "-createdAt",
    [
        Field<OrderResponse>.Uuid("orderId", order => order.OrderId.Value, OrderColumns.Id),
        Field<OrderResponse>.Text("market", order => order.Market.Value, OrderColumns.Market) with { IsSearched = true },
        Field<OrderResponse>.Word<Side>("side", order => order.Side, OrderColumns.Side),
        Field<OrderResponse>.Word<OrderType>("type", order => order.Type, OrderColumns.Type),
        Field<OrderResponse>.Word<TimeInForce>("timeInForce", order => order.TimeInForce, OrderColumns.TimeInForce),
        Field<OrderResponse>.Money("quantity", order => order.Quantity?.Value, order => order.Market.Base.Value, OrderColumns.Quantity)
            with { IsNullable = true },
        Field<OrderResponse>.Money("quoteQuantity", order => order.QuoteQuantity?.Value, order => order.Market.Quote.Value),
        Field<OrderResponse>.Exact("limitPrice", order => order.LimitPrice?.Value, OrderColumns.LimitPrice) with { IsNullable = true },
        Field<OrderResponse>.Word<OrderStatus>("status", order => order.Status, OrderColumns.Status),
        Field<OrderResponse>.Text("ordStatus", order => order.OrdStatus.ToString()),
        Field<OrderResponse>.Boolean("isOpen", order => order.IsOpen, OrderColumns.IsOpen),
        Field<OrderResponse>.Money(
            "filledQuantity", order => order.FilledQuantity.Value, order => order.Market.Base.Value, OrderColumns.FilledQuantity),
        Field<OrderResponse>.Money("leavesQuantity", order => order.LeavesQuantity?.Value, order => order.Market.Base.Value),
        Field<OrderResponse>.Exact("averagePrice", order => order.AveragePrice?.Value),
        Field<OrderResponse>.Money("filledQuote", order => order.FilledQuote.Value, order => order.Market.Quote.Value),
        Field<OrderResponse>.Nested("fees", order => string.Join("; ", order.Fees)),
        Field<OrderResponse>.Text("clientOrderId", order => order.ClientOrderId.Value, OrderColumns.ClientOrderId) with { IsSearched = true },
        Field<OrderResponse>.Text("venueOrderId", order => order.VenueOrderId?.Value, OrderColumns.VenueOrderId)
            with { IsSearched = true, IsNullable = true },
        Field<OrderResponse>.Text("reason", order => order.Reason),
        Field<OrderResponse>.Time("createdAt", order => order.CreatedAt, OrderColumns.CreatedAt) with { IsSortable = true },
        Field<OrderResponse>.Time("closedAt", order => order.ClosedAt, OrderColumns.ClosedAt) with { IsNullable = true },
        Field<OrderResponse>.Whole("sequence", order => order.Sequence, OrderColumns.Sequence) with { IsSortable = true },
    ]) { HasSequence = true };

    public static ListOf<TradeResponse> Trades { get; } = new("trades", "executionId", "-number",
    [
        Field<TradeResponse>.Uuid("executionId", trade => trade.ExecutionId.Value, TradeColumns.Id),
        Field<TradeResponse>.Text("venueTradeId", trade => trade.VenueTradeId, TradeColumns.VenueTradeId) with { IsSearched = true },
        Field<TradeResponse>.Whole("number", trade => trade.Number, TradeColumns.Number) with { IsSortable = true },
        Field<TradeResponse>.Uuid("orderId", trade => trade.OrderId.Value, TradeColumns.OrderId),
        Field<TradeResponse>.Text("market", trade => trade.Market.Value, TradeColumns.Market) with { IsSearched = true },
        Field<TradeResponse>.Word<Side>("side", trade => trade.Side, TradeColumns.Side),
        Field<TradeResponse>.Exact("price", trade => trade.Price.Value, TradeColumns.Price),
        Field<TradeResponse>.Money("quantity", trade => trade.Quantity.Value, trade => trade.Market.Base.Value, TradeColumns.Quantity),
        Field<TradeResponse>.Money(
            "quoteQuantity", trade => trade.QuoteQuantity.Value, trade => trade.Market.Quote.Value, TradeColumns.QuoteQuantity),
        Field<TradeResponse>.Money("fee.amount", trade => trade.Fee.Amount, trade => trade.Fee.Asset.Value, TradeColumns.FeeAmount),
        Field<TradeResponse>.Text("fee.asset", trade => trade.Fee.Asset.Value, TradeColumns.FeeAsset) with { IsExported = false },
        Field<TradeResponse>.Word<Liquidity>("liquidity", trade => trade.Liquidity, TradeColumns.Liquidity),
        Field<TradeResponse>.Time("executedAt", trade => trade.ExecutedAt, TradeColumns.ExecutedAt) with { IsSortable = true },
        Field<TradeResponse>.Whole("sequence", trade => trade.Sequence, TradeColumns.Sequence),
    ]) { HasSequence = true };

    /// <summary>In memory: a pool holds a few dozen assets.</summary>
    public static ListOf<PositionResponse> Positions { get; } = new("positions", "asset", "asset",
    [
        Field<PositionResponse>.Text("asset", position => position.Asset.Value) with { IsSortable = true, IsSearched = true },
        Field<PositionResponse>.Exact("quantity", position => position.Quantity) with { IsSortable = true },
        Field<PositionResponse>.Exact("available", position => position.Available) with { IsSortable = true },
        Field<PositionResponse>.Exact("reserved", position => position.Reserved) with { IsSortable = true },
        Field<PositionResponse>.Exact("cost", position => position.Cost) with { IsSortable = true, IsSummed = true },
        Field<PositionResponse>.Exact("averageCost", position => position.AverageCost) with { IsNullable = true },
        Field<PositionResponse>.Exact("mark", position => position.Mark) with { IsNullable = true },
        Field<PositionResponse>.Exact("value", position => position.Value) with { IsSortable = true, IsNullable = true, IsSummed = true },
        Field<PositionResponse>.Exact("unrealized", position => position.Unrealized)
            with { IsSortable = true, IsNullable = true, IsSummed = true },
        Field<PositionResponse>.Exact("realized", position => position.Realized) with { IsSortable = true, IsSummed = true },
        Field<PositionResponse>.Nested(
            "lots", position => string.Join("; ", position.Lots.Select(lot => string.Create(
                CultureInfo.InvariantCulture, $"{lot.Remaining} at {lot.UnitCost}")))),
    ]) { HasSequence = true };

    /// <summary>In memory: an order fills in a few pieces.</summary>
    public static ListOf<OrderEventResponse> OrderEvents { get; } = new("order-events", "version", "version",
    [
        Field<OrderEventResponse>.Whole("sequence", e => e.Sequence),
        Field<OrderEventResponse>.Whole("version", e => e.Version) with { IsSortable = true },
        Field<OrderEventResponse>.Text("type", e => e.Type) with { IsSearched = true },
        Field<OrderEventResponse>.Time("at", e => e.At),
        Field<OrderEventResponse>.Text("actor", e => e.Actor) with { IsNullable = true },
        Field<OrderEventResponse>.Text("rayId", e => e.RayId) with { IsNullable = true },
        Field<OrderEventResponse>.Nested("data", e => JsonSerializer.Serialize(e.Data, e.Data.GetType(), ApiJson.Options)),
    ]) { HasSequence = true };
}
