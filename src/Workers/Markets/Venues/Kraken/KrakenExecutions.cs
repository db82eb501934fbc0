using System.Net.WebSockets;
using System.Text.Json;
using Platform.Domain.Values;
using Platform.Workers.Markets.Venues.Wire;

namespace Platform.Workers.Markets.Venues.Kraken;

/// <summary>Puts together what the channel "executions" tells in parts.</summary>
internal sealed class KrakenExecutions(int knownMax)
{
    private readonly Dictionary<string, VenueOrder> known = new(StringComparer.Ordinal);

    /// <summary>Null for a message that concerns no order.</summary>
    /// <exception cref="WebSocketException">The venue refused the subscription.</exception>
    public IReadOnlyList<VenueOrder>? Read(ReadOnlyMemory<byte> message)
    {
        using var document = JsonDocument.Parse(message);
        var root = document.RootElement;
        if (root.TryGetProperty("success", out var success) && !success.GetBoolean())
            throw new WebSocketException($"Subscription refused: {root.TextOrNone("error")}");
        if (!root.Is("channel", "executions"))
            return null;

        return [.. root.GetProperty("data").EnumerateArray().Select(Merge).OfType<VenueOrder>()];
    }

    private VenueOrder? Merge(JsonElement report)
    {
        var number = report.Text("order_id");
        var before = known.GetValueOrDefault(number);
        if (before is null && report.TextOrNone("symbol") is null)
            return null;

        var order = before is null ? First(number, report) : before;
        order = order with
        {
            ClientOrderId = report.TextOrNone("cl_ord_id") ?? order.ClientOrderId,
            Status = StatusOf(report.Text("order_status")),
            Filled = report.DecimalOrNone("cum_qty") is { } filled ? Quantity.From(filled) : order.Filled,
            QuoteFilled = report.DecimalOrNone("cum_cost") is { } cost ? Notional.From(cost) : order.QuoteFilled,
            At = report.Time("timestamp"),
            Reason = report.TextOrNone("reason") ?? order.Reason,
        };
        if (order.Status is VenueOrderStatus.New or VenueOrderStatus.PartiallyFilled)
        {
            if (known.Count < knownMax || before is not null)
                known[number] = order;
        }
        else
        {
            known.Remove(number);
        }

        return report.Is("exec_type", "trade") || report.TextOrNone("exec_id") is not null && report.DecimalOrNone("last_qty") is not null
            ? order with { Fills = [FillOf(order, report)] }
            : order;
    }

    private static VenueOrder First(string number, JsonElement report)
    {
        var type = (report.TextOrNone("order_type"), IsPostOnly(report)) switch
        {
            ("limit", true) => VenueOrderType.LimitMaker,
            ("limit", _) => VenueOrderType.Limit,
            _ => VenueOrderType.Market,
        };
        return new(
            report.Text("symbol"), number, report.TextOrNone("cl_ord_id"), VenueOrderStatus.New,
            KrakenOrders.SideOf(report.Text("side")), type, report.PriceOrNone("limit_price"),
            Quantity.From(report.DecimalOrNone("order_qty") ?? 0), Quantity.Zero, Notional.Zero, [], At: null);
    }

    private static bool IsPostOnly(JsonElement report) =>
        report.TryGetProperty("post_only", out var flag) && flag.ValueKind is JsonValueKind.True;

    private static VenueFill FillOf(VenueOrder order, JsonElement report)
    {
        var (price, quantity) = (report.Price("last_price"), report.Quantity("last_qty"));
        var fee = report.TryGetProperty("fees", out var fees) && fees.GetArrayLength() > 0 ? fees[0] : (JsonElement?)null;
        var quote = order.VenueSymbol[(order.VenueSymbol.IndexOf('/', StringComparison.Ordinal) + 1)..];
        return new(
            order.VenueSymbol, report.TryGetProperty("trade_id", out _) ? $"{report.Whole("trade_id")}" : report.Text("exec_id"),
            order.VenueOrderId, order.Side, price, quantity,
            report.DecimalOrNone("cost") is { } cost ? Notional.From(cost) : price * quantity,
            new(fee?.Decimal("qty") ?? 0, Asset.From(KrakenNames.OursOf(fee?.Text("asset") ?? quote))),
            report.TextOrNone("liquidity_ind") switch { "m" => true, "t" => false, _ => null }, report.Time("timestamp"));
    }

    /// <exception cref="JsonException">It is no status of an order.</exception>
    private static VenueOrderStatus StatusOf(string status) => status switch
    {
        "pending_new" or "new" => VenueOrderStatus.New,
        "partially_filled" => VenueOrderStatus.PartiallyFilled,
        "filled" => VenueOrderStatus.Filled,
        "canceled" => VenueOrderStatus.Canceled,
        "expired" => VenueOrderStatus.Expired,
        _ => throw new JsonException($"Unknown status '{status}' of an order."),
    };
}
