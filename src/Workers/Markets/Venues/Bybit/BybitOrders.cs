using System.Text.Json;
using Platform.Domain.Markets;
using Platform.Domain.Values;
using Platform.Workers.Markets.Venues.Wire;

namespace Platform.Workers.Markets.Venues.Bybit;

/// <summary>Orders and executions as Bybit tells them, by REST and on the stream alike (API v5, 2026-07).</summary>
internal static class BybitOrders
{
    public static VenueOrder OrderOf(JsonElement order)
    {
        var type = (order.TextOrNone("orderType"), order.TextOrNone("timeInForce")) switch
        {
            (_, "PostOnly") => VenueOrderType.LimitMaker,
            ("Market", _) => VenueOrderType.Market,
            _ => VenueOrderType.Limit,
        };
        return new(
            order.Text("symbol"), order.Text("orderId"), order.TextOrNone("orderLinkId"), StatusOf(order.Text("orderStatus")),
            SideOf(order), type, type is VenueOrderType.Market ? null : order.PriceOrNone("price"),
            order.Is("marketUnit", "quoteCoin") ? Quantity.Zero : order.Quantity("qty"), order.QuantityOrZero("cumExecQty"),
            order.DecimalOrNone("cumExecValue") is { } value ? Notional.From(value) : null, Fills: [],
            order.MillisecondsOrNone("updatedTime"), ReasonOf(order));
    }

    /// <summary>Fees are above zero where they are paid. Old rows leave their asset out: then it is what is received.</summary>
    public static VenueFill FillOf(JsonElement execution, Instrument instrument)
    {
        var side = SideOf(execution);
        var received = instrument.Derivative?.SettleAsset
            ?? (side is VenueSide.Buy ? instrument.Market.Base : instrument.Market.Quote);
        return new(
            execution.Text("symbol"), execution.Text("execId"), execution.Text("orderId"), side,
            execution.Price("execPrice"), execution.Quantity("execQty"), execution.Notional("execValue"),
            new(execution.Decimal("execFee"), execution.TextOrNone("feeCurrency") is { } asset ? Asset.From(asset) : received),
            execution.GetProperty("isMaker").GetBoolean(), execution.Milliseconds("execTime"));
    }

    private static VenueSide SideOf(JsonElement told) => told.Text("side") switch
    {
        "Buy" => VenueSide.Buy,
        "Sell" => VenueSide.Sell,
        var side => throw new JsonException($"No such side: {side}."),
    };

    private static VenueOrderStatus StatusOf(string status) => status switch
    {
        "New" or "Created" or "Untriggered" or "Triggered" or "Active" => VenueOrderStatus.New,
        "PartiallyFilled" => VenueOrderStatus.PartiallyFilled,
        "Filled" => VenueOrderStatus.Filled,
        "Cancelled" or "PartiallyFilledCanceled" or "Deactivated" => VenueOrderStatus.Canceled,
        "Rejected" => VenueOrderStatus.Rejected,
        _ => throw new JsonException($"No such status: {status}."),
    };

    private static string? ReasonOf(JsonElement order) => (order.TextOrNone("rejectReason"), order.TextOrNone("cancelType")) switch
    {
        ({ } reason and not "EC_NoError", _) => reason,
        (_, { } cancel and not "UNKNOWN") => cancel,
        _ => null,
    };
}
