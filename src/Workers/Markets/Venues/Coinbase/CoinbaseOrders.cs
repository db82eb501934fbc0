using System.Text.Json;
using Platform.Domain.Values;
using Platform.Workers.Markets.Venues.Wire;

namespace Platform.Workers.Markets.Venues.Coinbase;

/// <summary>Orders and fills as Coinbase tells them, by REST and on the stream (Advanced Trade API, 2026-07).</summary>
internal static class CoinbaseOrders
{
    public static VenueOrder OrderOf(JsonElement order)
    {
        // An object of one member, whose name is the kind of order.
        var terms = order.GetProperty("order_configuration").EnumerateObject().Single().Value;
        var filled = order.QuantityOrZero("filled_size");
        return new(
            order.Text("product_id"), order.Text("order_id"), order.TextOrNone("client_order_id"),
            StatusOf(order.Text("status"), filled), SideOf(order.Text("side")),
            TypeOf(order, terms),
            terms.PriceOrNone("limit_price"), terms.QuantityOrZero("base_size"), filled, order.Notional("filled_value"), Fills: [],
            order.TimeOrNone("last_fill_time") ?? order.TimeOrNone("created_time"), ReasonOf(order));
    }

    /// <summary>The stream names the same things otherwise, and neither the fills nor what they were worth.</summary>
    /// <param name="at">When the venue sent it.</param>
    public static VenueOrder StreamedOf(JsonElement order, DateTimeOffset at)
    {
        var filled = order.Quantity("cumulative_quantity");
        return new(
            order.Text("product_id"), order.Text("order_id"), order.TextOrNone("client_order_id"),
            StatusOf(order.Text("status"), filled), SideOf(order.Text("order_side")),
            TypeOf(order, order),
            order.PriceOrNone("limit_price"), filled + order.QuantityOrZero("leaves_quantity"), filled, QuoteFilled: null,
            Fills: [], at, ReasonOf(order));
    }

    /// <summary>The size may be in quote units; fees are in them always.</summary>
    public static VenueFill FillOf(JsonElement fill)
    {
        var (price, size, symbol) = (fill.Price("price"), fill.Decimal("size"), fill.Text("product_id"));
        var isInQuote = fill.TryGetProperty("size_in_quote", out var inQuote) && inQuote.GetBoolean();
        return new(
            symbol, fill.Text("trade_id"), fill.Text("order_id"), SideOf(fill.Text("side")), price,
            Quantity.From(isInQuote ? size / price.Value : size),
            isInQuote ? Notional.From(size) : price * Quantity.From(size),
            new(fill.Decimal("commission"), Asset.From(QuoteOf(symbol))),
            fill.TextOrNone("liquidity_indicator") switch { "MAKER" => true, "TAKER" => false, _ => null },
            fill.Time("trade_time"));
    }

    /// <summary>A future's name ends with the exchange that lists it; all of those are in dollars.</summary>
    private static string QuoteOf(string symbol) =>
        symbol.EndsWith("-CDE", StringComparison.Ordinal) ? "USD" : symbol[(symbol.IndexOf('-', StringComparison.Ordinal) + 1)..];

    // The stream writes it in small letters.
    private static VenueOrderType TypeOf(JsonElement order, JsonElement terms)
    {
        if (string.Equals(order.Text("order_type"), "MARKET", StringComparison.OrdinalIgnoreCase))
            return VenueOrderType.Market;
        return terms.TryGetProperty("post_only", out var only) && only.ValueKind is JsonValueKind.True
            ? VenueOrderType.LimitMaker
            : VenueOrderType.Limit;
    }

    private static VenueSide SideOf(string side) => side switch
    {
        "BUY" => VenueSide.Buy,
        "SELL" => VenueSide.Sell,
        _ => throw new JsonException($"No such side: {side}."),
    };

    private static VenueOrderStatus StatusOf(string status, Quantity filled) => status switch
    {
        "OPEN" or "PENDING" or "QUEUED" or "CANCEL_QUEUED" or "EDIT_QUEUED" =>
            filled > Quantity.Zero ? VenueOrderStatus.PartiallyFilled : VenueOrderStatus.New,
        "FILLED" => VenueOrderStatus.Filled,
        "CANCELLED" => VenueOrderStatus.Canceled,
        "EXPIRED" => VenueOrderStatus.Expired,
        "FAILED" => VenueOrderStatus.Rejected,
        _ => throw new JsonException($"No such status: {status}."),
    };

    private static string? ReasonOf(JsonElement order) => order.TextOrNone("reject_message")
        ?? order.TextOrNone("cancel_message") ?? order.TextOrNone("cancel_reason")
        ?? (order.TextOrNone("reject_reason") is { } reason and not "REJECT_REASON_UNSPECIFIED" ? reason : null);
}
