using System.Text.Json.Serialization;
using Platform.Domain.Values;

namespace Platform.Workers.Markets.Venues.Binance;

/// <summary>What the user stream says of the account (user-data-stream.md, 2026-07). Closed: both cases are here.</summary>
public abstract record BinanceUserReport
{
    private protected BinanceUserReport() { }
}

/// <summary>Something happened to an order: a fill where <see cref="ExecutionType"/> is Trade.</summary>
/// <param name="ClientOrderId">On a cancel the name of the cancel; the order's is then the original one.</param>
/// <param name="OrigClientOrderId">The canceled order's client order id; empty otherwise.</param>
/// <param name="Price">The limit; null on a market order.</param>
/// <param name="RejectReason">NONE unless rejected.</param>
/// <param name="LastPrice">Of this fill; null where there is none.</param>
/// <param name="QuoteFilled">Traded so far, in quote units.</param>
/// <param name="Commission">Of this fill, above zero means paid; in units of <paramref name="CommissionAsset"/>.</param>
/// <param name="CommissionAsset">Null where nothing was paid.</param>
/// <param name="TradeId">-1 where this is no fill.</param>
/// <param name="LastQuoteReported">Of this fill, in quote units; null where the venue leaves it out.</param>
/// <param name="ExpiryReason">Why the order expired, in the venue's words; null otherwise.</param>
public sealed record BinanceExecutionReport(
    [property: JsonPropertyName("E")] DateTimeOffset EventTime,
    [property: JsonPropertyName("s")] string VenueSymbol,
    [property: JsonPropertyName("c")] string ClientOrderId,
    [property: JsonPropertyName("S")] BinanceSide Side,
    [property: JsonPropertyName("o")] BinanceOrderType Type,
    [property: JsonPropertyName("f")] BinanceTimeInForce TimeInForce,
    [property: JsonPropertyName("q")] Quantity Quantity,
    [property: JsonPropertyName("p")] Price? Price,
    [property: JsonPropertyName("C")] string OrigClientOrderId,
    [property: JsonPropertyName("x")] BinanceExecutionType ExecutionType,
    [property: JsonPropertyName("X")] BinanceOrderStatus Status,
    [property: JsonPropertyName("r")] string RejectReason,
    [property: JsonPropertyName("i")] long OrderId,
    [property: JsonPropertyName("l")] Quantity LastQuantity,
    [property: JsonPropertyName("z")] Quantity Filled,
    [property: JsonPropertyName("L")] Price? LastPrice,
    [property: JsonPropertyName("Z")] Notional QuoteFilled,
    [property: JsonPropertyName("n")] decimal Commission,
    [property: JsonPropertyName("N")] string? CommissionAsset,
    [property: JsonPropertyName("T")] DateTimeOffset TransactTime,
    [property: JsonPropertyName("t")] long TradeId,
    [property: JsonPropertyName("m")] bool IsMaker,
    [property: JsonPropertyName("Y")] Notional? LastQuoteReported = null,
    [property: JsonPropertyName("eR")] string? ExpiryReason = null) : BinanceUserReport
{
    /// <summary>The client order id of the order itself, whether it was reported by its own name or by its cancel's.</summary>
    [JsonIgnore]
    public string OrderClientOrderId => OrigClientOrderId.Length > 0 ? OrigClientOrderId : ClientOrderId;

    /// <summary>What this fill was worth in quote units; zero where this is no fill.</summary>
    [JsonIgnore]
    public Notional LastQuoteQuantity =>
        LastQuoteReported ?? (LastPrice is { } price ? price * LastQuantity : Notional.Zero);
}

/// <summary>The balances that an event may have changed, as they are now.</summary>
public sealed record BinanceAccountPosition(
    [property: JsonPropertyName("E")] DateTimeOffset EventTime,
    [property: JsonPropertyName("u")] DateTimeOffset UpdatedAt,
    [property: JsonPropertyName("B")] IReadOnlyList<BinancePositionBalance> Balances) : BinanceUserReport;

/// <param name="Locked">Held by open orders.</param>
public sealed record BinancePositionBalance(
    [property: JsonPropertyName("a")] string Asset,
    [property: JsonPropertyName("f")] Quantity Free,
    [property: JsonPropertyName("l")] Quantity Locked);
