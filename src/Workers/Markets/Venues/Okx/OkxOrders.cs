using System.Text.Json;
using Platform.Domain.Values;
using Platform.Workers.Markets.Venues.Wire;

namespace Platform.Workers.Markets.Venues.Okx;

/// <summary>
/// Orders and fills as OKX tells them, by REST, on the stream and of spreads alike (API v5, 2026-07). The venue writes fees
/// below zero where they are paid.
/// </summary>
internal static class OkxOrders
{
    public static VenueOrder OrderOf(JsonElement order)
    {
        var price = order.PriceOrNone("px");
        return new(
            NameOf(order), order.Text("ordId"), order.TextOrNone("clOrdId"), StatusOf(order.Text("state")), SideOf(order),
            TypeOf(order.Text("ordType"), price), price,
            // Market orders on spot may be for so much of the quote asset.
            order.Is("tgtCcy", "quote_ccy") ? Quantity.Zero : order.Quantity("sz"),
            order.QuantityOrZero("accFillSz"), QuoteFilled: null, FillsOf(order), order.MillisecondsOrNone("uTime"),
            ReasonOf(order));
    }

    public static VenueFill FillOf(JsonElement fill) => FillOf(fill, fill.DecimalOrNone("fee"), fill.TextOrNone("feeCcy"), "ts");

    private static VenueFill FillOf(JsonElement fill, decimal? fee, string? feeAsset, string timeName)
    {
        var (price, quantity) = (fill.Price("fillPx"), fill.Quantity("fillSz"));
        return new(
            NameOf(fill), fill.Text("tradeId"), fill.Text("ordId"), SideOf(fill), price, quantity, price * quantity,
            new(-(fee ?? 0), Asset.From(feeAsset ?? throw new JsonException("A fee without its asset."))),
            fill.TextOrNone("execType") switch { "M" => true, "T" => false, _ => null }, fill.Milliseconds(timeName));
    }

    // The fee of an order is that of all its fills: it is this fill's own while there is no other.
    private static IReadOnlyList<VenueFill> FillsOf(JsonElement order)
    {
        if (order.QuantityOrZero("fillSz") is var last && (last == Quantity.Zero || order.TextOrNone("tradeId") is null or "0"))
            return [];
        if (order.DecimalOrNone("fillFee") is { } own)
            return [FillOf(order, own, order.TextOrNone("fillFeeCcy"), "fillTime")];
        return last == order.Quantity("accFillSz") && order.TextOrNone("feeCcy") is { } asset
            ? [FillOf(order, order.DecimalOrNone("fee"), asset, "fillTime")]
            : [];
    }

    private static string NameOf(JsonElement told) => told.TextOrNone("instId") ?? told.Text("sprdId");

    internal static VenueSide SideOf(JsonElement told) => told.Text("side") switch
    {
        "buy" => VenueSide.Buy,
        "sell" => VenueSide.Sell,
        var side => throw new JsonException($"No such side: {side}."),
    };

    private static VenueOrderStatus StatusOf(string state) => state switch
    {
        "live" => VenueOrderStatus.New,
        "partially_filled" => VenueOrderStatus.PartiallyFilled,
        "filled" => VenueOrderStatus.Filled,
        "canceled" or "mmp_canceled" => VenueOrderStatus.Canceled,
        _ => throw new JsonException($"No such state: {state}."),
    };

    private static VenueOrderType TypeOf(string type, Price? price) => type switch
    {
        "post_only" or "mmp_and_post_only" => VenueOrderType.LimitMaker,
        "market" or "optimal_limit_ioc" => VenueOrderType.Market,
        _ => price is null ? VenueOrderType.Market : VenueOrderType.Limit,
    };

    // Liquidations and the like are orders that nobody of ours placed.
    private static string? ReasonOf(JsonElement order) => order.TextOrNone("cancelSourceReason")
        ?? (order.TextOrNone("category") is { } category and not "normal" ? category : null);
}
