using JasperFx.Events;
using Platform.Domain.Trading;
using Platform.Domain.Values;
using Platform.Projections.Trading;

namespace Platform.Api.Trading;

/// <summary>An order as callers see it.</summary>
/// <param name="OrdStatus">FIX 39.</param>
/// <param name="LeavesQuantity">Null on an order by quote quantity.</param>
/// <param name="AveragePrice">FIX 6; null until the first fill.</param>
/// <param name="Reason">Why it ended so, or is in doubt; null while there is nothing to say.</param>
/// <param name="Sequence">Of the last event that it shows.</param>
public sealed record OrderResponse(
    OrderId OrderId, Symbol Market, Side Side, OrderType Type, TimeInForce TimeInForce,
    Quantity? Quantity, Notional? QuoteQuantity, Price? LimitPrice, OrderStatus Status, char OrdStatus, bool IsOpen,
    Quantity FilledQuantity, Quantity? LeavesQuantity, Price? AveragePrice, Notional FilledQuote, IReadOnlyList<Money> Fees,
    ClientOrderId ClientOrderId, VenueOrderId? VenueOrderId, string? Reason,
    DateTimeOffset CreatedAt, DateTimeOffset? ClosedAt, long Sequence)
{
    public static OrderResponse Of(OrderView view)
    {
        var (order, terms) = (view.State, view.State.Terms);
        return new(
            order.Id, terms.Symbol, terms.Side, terms.Type, terms.TimeInForce, terms.Quantity, terms.QuoteQuantity,
            terms.LimitPrice, order.Status, order.Status.FixCode, order.IsOpen, order.CumulativeQuantity,
            order.LeavesQuantity,
            order.CumulativeQuantity == Domain.Values.Quantity.Zero ? null : order.CumulativeQuote / order.CumulativeQuantity,
            order.CumulativeQuote, view.Fees, order.ClientOrderId, order.VenueOrderId, view.Reason,
            view.CreatedAt, view.ClosedAt, view.Sequence);
    }
}

/// <summary>One fact of an order's life.</summary>
/// <param name="Type">The event's stored name.</param>
/// <param name="Actor">The user who caused it; null when the platform or the venue did.</param>
/// <param name="RayId">Of the request that caused it; null where none did.</param>
/// <param name="Data">What the event says.</param>
public sealed record OrderEventResponse(
    long Sequence, long Version, string Type, DateTimeOffset At, string? Actor, string? RayId, object Data)
{
    public static OrderEventResponse Of(IEvent e) => new(
        e.Sequence, e.Version, e.EventTypeName, e.Timestamp, e.UserName, Api.RayId.OfRequest(e.CorrelationId), e.Data);
}

/// <summary>One row of the trade history.</summary>
/// <param name="Number">1, 2, ... without a gap within the pool.</param>
public sealed record TradeResponse(
    ExecutionId ExecutionId, string VenueTradeId, long Number, OrderId OrderId, Symbol Market, Side Side, Price Price,
    Quantity Quantity, Notional QuoteQuantity, Money Fee, Liquidity Liquidity, DateTimeOffset ExecutedAt, long Sequence)
{
    public static TradeResponse Of(Trade trade) => new(
        trade.Id, trade.Fill.VenueTradeId, trade.Number, trade.OrderId, trade.Market, trade.Side, trade.Fill.Price,
        trade.Fill.Quantity, trade.Fill.QuoteQuantity, trade.Fill.Fee, trade.Fill.Liquidity, trade.Fill.TransactTime,
        trade.Sequence);
}
