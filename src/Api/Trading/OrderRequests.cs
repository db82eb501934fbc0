using System.Text.Json.Serialization;
using Platform.Domain.Trading;
using Platform.Domain.Values;

namespace Platform.Api.Trading;

/// <summary>An order to place; decimals are strings.</summary>
/// <param name="Market">BASE-QUOTE.</param>
/// <param name="Quantity">In the base asset; null when a quote quantity is named.</param>
/// <param name="QuoteQuantity">In the quote asset, market orders only; null otherwise.</param>
/// <param name="LimitPrice">Null on a market order.</param>
/// <param name="TimeInForce">GTC, IOC or FOK; null takes GTC for limit orders, IOC for market orders.</param>
public sealed record PlaceOrderRequest(
    Symbol Market, Side Side, OrderType Type, Quantity? Quantity = null, Notional? QuoteQuantity = null,
    Price? LimitPrice = null, TimeInForce? TimeInForce = null)
{
    [JsonIgnore]
    public OrderTerms Terms => new(
        Market, Side, Type,
        TimeInForce ?? (Type is OrderType.Market
            ? Domain.Trading.TimeInForce.ImmediateOrCancel
            : Domain.Trading.TimeInForce.GoodTillCancel),
        Quantity, QuoteQuantity, LimitPrice);
}

/// <summary>Where a command's effect is to be seen.</summary>
/// <param name="Sequence">Give it as <c>after</c> to a read that must show the effect.</param>
public sealed record OrderReference(OrderId OrderId, long Sequence);
