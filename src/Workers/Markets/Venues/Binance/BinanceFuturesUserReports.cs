using System.Net.WebSockets;
using System.Text.Json;
using Platform.Domain.Values;
using Platform.Workers.Markets.Venues.Wire;

namespace Platform.Workers.Markets.Venues.Binance;

/// <summary>What the stream of a futures account says (fapi, user data streams, 2026-07), in our words.</summary>
internal static class BinanceFuturesUserReports
{
    /// <summary>Null for what concerns nobody: TRADE_LITE says early, and in part, what ORDER_TRADE_UPDATE says.</summary>
    /// <exception cref="WebSocketException">The venue ends the stream.</exception>
    public static VenueUserReport? Of(JsonElement message) => message.TextOrNone("e") switch
    {
        "ORDER_TRADE_UPDATE" => new VenueUserReport.OfOrder(OrderOf(message.GetProperty("o"))),
        "ALGO_UPDATE" => new VenueUserReport.OfTrigger(TriggerOf(message.GetProperty("o"), message.Milliseconds("T"))),
        "ACCOUNT_UPDATE" when message.GetProperty("a").GetProperty("P") is var positions && positions.GetArrayLength() > 0 =>
            new VenueUserReport.OfPositions(positions.Each(position => PositionOf(position, message.Milliseconds("T")))),
        "listenKeyExpired" => throw new WebSocketException("Ended by the venue."),
        _ => null,
    };

    // What the venue closes by itself comes with its words for it (autoclose, adl_autoclose, settlement_autoclose) as the client order id.
    private static VenueOrder OrderOf(JsonElement order)
    {
        var (quantity, filled) = (order.Quantity("q"), order.Quantity("z"));
        return new(
            order.Text("s"), IdOf(order, "i"), order.TextOrNone("c"), StatusOf(order.Text("X"), filled == quantity), SideOf(order),
            order.Text("o").Contains("MARKET", StringComparison.Ordinal) ? VenueOrderType.Market : VenueOrderType.Limit,
            order.PriceOrNone("p"), quantity, filled, QuoteFilled: null, order.QuantityOrZero("l") > Quantity.Zero ? [FillOf(order)] : [],
            order.Milliseconds("T"));
    }

    // Where nothing was paid the venue leaves the asset out: zero of any asset is nothing.
    private static VenueFill FillOf(JsonElement order)
    {
        var (price, contracts) = (order.Price("L"), order.Quantity("l"));
        return new(
            order.Text("s"), IdOf(order, "t"), IdOf(order, "i"), SideOf(order), price, contracts, price * contracts,
            new(order.DecimalOrNone("n") ?? 0, Asset.From(order.TextOrNone("N") ?? "USD")), order.GetProperty("m").GetBoolean(),
            order.Milliseconds("T"), order.DecimalOrNone("rp"));
    }

    private static VenuePosition PositionOf(JsonElement position, DateTimeOffset at) => new(
        position.Text("s"), position.Decimal("pa"), position.PriceOrNone("ep"), MarkPrice: null, LiquidationPrice: null, Leverage: null,
        Unrealized: null, at);

    private static TriggerOrder TriggerOf(JsonElement order, DateTimeOffset at) => new(
        order.Text("s"), IdOf(order, "aid"), order.TextOrNone("caid"), SideOf(order), BinanceFuturesAccountAnswers.StateOf(order.Text("X")),
        [new(order.Price("tp"), BinanceFuturesAccountAnswers.KindOf(order.Text("wt")), order.PriceOrNone("p"))],
        order.QuantityOrZero("q") is var quantity && quantity > Quantity.Zero ? quantity : null, order.TextOrNone("ai"), at);

    private static VenueSide SideOf(JsonElement order) => order.Is("S", "BUY") ? VenueSide.Buy : VenueSide.Sell;

    private static VenueOrderStatus StatusOf(string status, bool isFilled) => status switch
    {
        "NEW" => VenueOrderStatus.New,
        "PARTIALLY_FILLED" => VenueOrderStatus.PartiallyFilled,
        "FILLED" => VenueOrderStatus.Filled,
        "CANCELED" => VenueOrderStatus.Canceled,
        "REJECTED" => VenueOrderStatus.Rejected,
        "EXPIRED" or "EXPIRED_IN_MATCH" => VenueOrderStatus.Expired,
        // Taken over by the insurance fund, or by whoever stands on the other side.
        "NEW_INSURANCE" or "NEW_ADL" => isFilled ? VenueOrderStatus.Filled : VenueOrderStatus.New,
        _ => throw new JsonException($"No such status: {status}."),
    };

    private static string IdOf(JsonElement order, string name) => $"{order.Whole(name)}";
}
