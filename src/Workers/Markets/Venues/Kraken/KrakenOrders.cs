using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Platform.Domain.Values;
using Platform.Workers.Markets.Venues.Wire;

namespace Platform.Workers.Markets.Venues.Kraken;

/// <summary>Reads and writes Kraken's words for orders (docs.kraken.com, spot trading, 2026-07).</summary>
internal static class KrakenOrders
{
    /// <summary>Null where the venue has no such order: it knows no fill-or-kill, and quote quantities only to buy at the market.</summary>
    public static IReadOnlyList<(string Name, string? Value)>? ParametersOf(NewVenueOrder order)
    {
        var byQuote = order.QuoteQuantity is not null;
        if (order.TimeInForce is VenueTimeInForce.FillOrKill
            || (byQuote && (order.Side, order.Type) is not (VenueSide.Buy, VenueOrderType.Market)))
            return null;
        return
        [
            ("pair", order.Instrument.VenueSymbol),
            ("type", order.Side is VenueSide.Buy ? "buy" : "sell"),
            ("ordertype", order.Type is VenueOrderType.Market ? "market" : "limit"),
            ("volume", WireDecimal.Format(order.Quantity?.Value ?? order.QuoteQuantity!.Value.Value)),
            ("price", order.LimitPrice is { } limit ? WireDecimal.Format(limit.Value) : null),
            ("oflags", (order.Type, byQuote) switch
            {
                (VenueOrderType.LimitMaker, _) => "post,fciq",
                (_, true) => "viqc,fciq",
                _ => "fciq",
            }),
            ("timeinforce", order.TimeInForce is VenueTimeInForce.ImmediateOrCancel ? "IOC" : null),
            ("cl_ord_id", order.ClientOrderId),
        ];
    }

    /// <summary>The same order for the WebSocket.</summary>
    public static SpokenCall Spoken(NewVenueOrder order)
    {
        var parameters = new JsonObject
        {
            ["order_type"] = order.Type is VenueOrderType.Market ? "market" : "limit",
            ["side"] = order.Side is VenueSide.Buy ? "buy" : "sell",
            ["symbol"] = KrakenNames.StreamNameOf(order.Instrument),
            ["cl_ord_id"] = order.ClientOrderId,
            ["fee_preference"] = "quote",
        };
        if (order.QuoteQuantity is { } quote)
            parameters["cash_order_qty"] = quote.Value;
        else
            parameters["order_qty"] = order.Quantity!.Value.Value;
        if (order.LimitPrice is { } limit)
            parameters["limit_price"] = limit.Value;
        if (order.Type is not VenueOrderType.Market)
            parameters["time_in_force"] = order.TimeInForce is VenueTimeInForce.ImmediateOrCancel ? "ioc" : "gtc";
        if (order.Type is VenueOrderType.LimitMaker)
            parameters["post_only"] = true;
        return new("add_order", parameters);
    }

    /// <summary>By WebSocket it says which one it was, and otherwise that there was none.</summary>
    public static int CountOfCanceled(JsonElement answer) =>
        answer.TryGetProperty("count", out var count) ? count.GetInt32() : 1;

    /// <summary>AddOrder tells the number alone: how far it went is asked, or comes by the stream.</summary>
    public static VenueOrder Placed(NewVenueOrder order, JsonElement answer) => new(
        order.Instrument.VenueSymbol, NumberOf(answer), order.ClientOrderId, VenueOrderStatus.New,
        order.Side, order.Type, order.LimitPrice, order.Quantity ?? Quantity.Zero, Quantity.Zero, Notional.Zero, [], At: null);

    /// <summary>The members of "open" or "closed", or of QueryOrders: an order under each number.</summary>
    public static IReadOnlyList<VenueOrder> Orders(JsonElement byNumber) =>
        [.. byNumber.EnumerateObject().Select(entry => OrderOf(entry.Name, entry.Value))];

    /// <summary>The numbers of its fills, where they were asked for.</summary>
    public static IReadOnlyList<string> TradesOf(JsonElement order) => order.TryGetProperty("trades", out var trades)
        ? [.. trades.EnumerateArray().Select(trade => trade.GetString()!)]
        : [];

    /// <summary>The members of TradesHistory's "trades" or of QueryTrades, oldest first.</summary>
    /// <param name="quote">In which the fee is paid, as every order of ours asks for (fciq).</param>
    public static IReadOnlyList<VenueFill> Fills(JsonElement byNumber, Asset quote) =>
        [.. byNumber.EnumerateObject().Select(entry => FillOf(entry.Name, entry.Value, quote)).OrderBy(fill => fill.At)];

    private static VenueOrder OrderOf(string number, JsonElement order)
    {
        var description = order.GetProperty("descr");
        var flags = (order.TextOrNone("oflags") ?? string.Empty).Split(',');
        var (quantity, filled) = (order.Quantity("vol"), order.Quantity("vol_exec"));
        var limit = description.PriceOrNone("price");
        var type = (description.Text("ordertype"), flags.Contains("post", StringComparer.Ordinal)) switch
        {
            ("limit", true) => VenueOrderType.LimitMaker,
            ("limit" or "stop-loss-limit" or "take-profit-limit", _) => VenueOrderType.Limit,
            _ => VenueOrderType.Market,
        };
        return new(
            description.Text("pair"), number, order.TextOrNone("cl_ord_id"), StatusOf(order.Text("status"), filled),
            SideOf(description.Text("type")), type, type is VenueOrderType.Market ? null : limit,
            flags.Contains("viqc", StringComparer.Ordinal) ? Quantity.Zero : quantity, filled,
            Notional.From(order.Decimal("cost")), [], EndOf(order), order.TextOrNone("reason"));
    }

    private static DateTimeOffset EndOf(JsonElement order) => KrakenMarketAnswers.Seconds(
        order.TryGetProperty("closetm", out var closed) ? closed : order.GetProperty("opentm"));

    /// <exception cref="JsonException">It is no status of an order.</exception>
    private static VenueOrderStatus StatusOf(string status, Quantity filled) => status switch
    {
        "pending" => VenueOrderStatus.New,
        "open" => filled > Quantity.Zero ? VenueOrderStatus.PartiallyFilled : VenueOrderStatus.New,
        "closed" => VenueOrderStatus.Filled,
        "canceled" => VenueOrderStatus.Canceled,
        "expired" => VenueOrderStatus.Expired,
        _ => throw new JsonException($"Unknown status '{status}' of an order."),
    };

    private static VenueFill FillOf(string number, JsonElement fill, Asset quote) => new(
        fill.Text("pair"), fill.TryGetProperty("trade_id", out var id) ? id.GetInt64().ToString(CultureInfo.InvariantCulture) : number,
        fill.Text("ordertxid"), SideOf(fill.Text("type")), fill.Price("price"), fill.Quantity("vol"),
        Notional.From(fill.Decimal("cost")), new(fill.Decimal("fee"), quote),
        fill.TryGetProperty("maker", out var isMaker) ? isMaker.GetBoolean() : null,
        KrakenMarketAnswers.Seconds(fill.GetProperty("time")));

    private static string NumberOf(JsonElement answer) =>
        answer.TryGetProperty("txid", out var numbers) ? numbers[0].GetString()! : answer.Text("order_id");

    /// <exception cref="JsonException">It is neither.</exception>
    internal static VenueSide SideOf(string side) => side switch
    {
        "buy" => VenueSide.Buy,
        "sell" => VenueSide.Sell,
        _ => throw new JsonException($"Unknown side '{side}'."),
    };
}
