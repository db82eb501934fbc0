using System.Text.Json.Serialization;
using Platform.Domain.Values;

namespace Platform.Workers.Markets.Venues.Binance;

/// <summary>An order to send. Exactly one of the quantities is set; a market order names no price.</summary>
/// <param name="ClientOrderId">1 to 36 of letters, digits and <c>. : / _ -</c>; the same twice is one order while open.</param>
/// <param name="QuoteQuantity">Market orders only: how much quote asset to spend or to receive.</param>
/// <param name="TimeInForce">Limit orders only.</param>
public sealed record NewBinanceOrder(
    Symbol Market, BinanceSide Side, BinanceOrderType Type, string ClientOrderId,
    Quantity? Quantity, Notional? QuoteQuantity, Price? LimitPrice, BinanceTimeInForce? TimeInForce);

/// <summary>The venue's full answer to a new order.</summary>
/// <param name="VenueSymbol">As the venue writes it, for example BTCUSDT.</param>
/// <param name="Price">The limit; null on a market order.</param>
/// <param name="QuoteFilled">What was traded so far, in quote units.</param>
public sealed record PlacedBinanceOrder(
    [property: JsonPropertyName("symbol")] string VenueSymbol,
    long OrderId,
    string ClientOrderId,
    DateTimeOffset TransactTime,
    Price? Price,
    [property: JsonPropertyName("origQty")] Quantity Quantity,
    [property: JsonPropertyName("executedQty")] Quantity Filled,
    [property: JsonPropertyName("cummulativeQuoteQty")] Notional QuoteFilled,
    BinanceOrderStatus Status,
    BinanceOrderType Type,
    BinanceSide Side,
    IReadOnlyList<BinanceFill> Fills,
    BinanceTimeInForce TimeInForce = BinanceTimeInForce.Gtc);

/// <summary>One execution inside the answer to a new order.</summary>
/// <param name="Commission">Above zero means paid; in units of <paramref name="CommissionAsset"/>.</param>
public sealed record BinanceFill(
    Price Price,
    [property: JsonPropertyName("qty")] Quantity Quantity,
    decimal Commission,
    string CommissionAsset,
    long TradeId);

/// <summary>What the venue knows of one order.</summary>
/// <param name="QuoteFilled">Traded so far, in quote units; null for an old order of which the venue lost it.</param>
/// <param name="Quantity">Zero on a market order by quote quantity until it trades.</param>
public sealed record BinanceOrder(
    [property: JsonPropertyName("symbol")] string VenueSymbol,
    long OrderId,
    string ClientOrderId,
    Price? Price,
    [property: JsonPropertyName("origQty")] Quantity Quantity,
    [property: JsonPropertyName("executedQty")] Quantity Filled,
    [property: JsonPropertyName("cummulativeQuoteQty")] Notional? QuoteFilled,
    BinanceOrderStatus Status,
    BinanceOrderType Type,
    BinanceSide Side,
    [property: JsonPropertyName("time")] DateTimeOffset CreatedAt,
    [property: JsonPropertyName("updateTime")] DateTimeOffset UpdatedAt,
    BinanceTimeInForce TimeInForce = BinanceTimeInForce.Gtc,
    [property: JsonPropertyName("origQuoteOrderQty")] Notional QuoteQuantity = default);

/// <summary>The venue's answer to a cancel: the order as it then was.</summary>
/// <param name="OrigClientOrderId">The canceled order's client order id.</param>
/// <param name="ClientOrderId">The name of the cancel itself.</param>
public sealed record CanceledBinanceOrder(
    [property: JsonPropertyName("symbol")] string VenueSymbol,
    string OrigClientOrderId,
    long OrderId,
    string ClientOrderId,
    Price? Price,
    [property: JsonPropertyName("origQty")] Quantity Quantity,
    [property: JsonPropertyName("executedQty")] Quantity Filled,
    [property: JsonPropertyName("cummulativeQuoteQty")] Notional QuoteFilled,
    BinanceOrderStatus Status,
    BinanceOrderType Type,
    BinanceSide Side,
    DateTimeOffset? TransactTime = null);

/// <summary>One of the account's own trades.</summary>
/// <param name="Commission">Above zero means paid; in units of <paramref name="CommissionAsset"/>.</param>
public sealed record BinanceTrade(
    [property: JsonPropertyName("symbol")] string VenueSymbol,
    long Id,
    long OrderId,
    Price Price,
    [property: JsonPropertyName("qty")] Quantity Quantity,
    [property: JsonPropertyName("quoteQty")] Notional QuoteQuantity,
    decimal Commission,
    string CommissionAsset,
    DateTimeOffset Time,
    bool IsBuyer,
    bool IsMaker);
