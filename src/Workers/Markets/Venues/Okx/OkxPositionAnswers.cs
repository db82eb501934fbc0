using System.Text.Json;
using Platform.Domain.Values;
using Platform.Workers.Markets.Venues.Wire;

namespace Platform.Workers.Markets.Venues.Okx;

/// <summary>Orders that wait for a price at OKX ("algo orders": trigger, conditional, oco; API v5, 2026-07), and positions.</summary>
internal static class OkxPositionAnswers
{
    private const string AtMarket = "-1";

    // Of a trigger, of a stop and of a profit to take.
    private static readonly (string Price, string Kind, string Limit)[] TriggerNames =
    [
        ("triggerPx", "triggerPxType", "ordPx"),
        ("slTriggerPx", "slTriggerPxType", "slOrdPx"),
        ("tpTriggerPx", "tpTriggerPxType", "tpOrdPx"),
    ];

    public static TriggerOrder TriggerOf(JsonElement order) => new(
        order.Text("instId"), order.Text("algoId"), order.TextOrNone("algoClOrdId"), OkxOrders.SideOf(order),
        StateOf(order.Text("state")),
        [.. TriggersOf(order)],
        order.TextOrNone("sz") is null ? null : order.Quantity("sz"),
        order.TextOrNone("ordId"), order.MillisecondsOrNone("uTime") ?? order.Milliseconds("cTime"));

    public static VenuePosition PositionOf(JsonElement position)
    {
        var contracts = position.Decimal("pos");
        return new(
            position.Text("instId"), position.Is("posSide", "short") ? -contracts : contracts,
            position.PriceOrNone("avgPx"), position.PriceOrNone("markPx"), position.PriceOrNone("liqPx"),
            position.DecimalOrNone("lever"), new(position.Decimal("upl"), Asset.From(position.Text("ccy"))),
            position.MillisecondsOrNone("uTime"));
    }

    public static ClosedPosition ClosedOf(JsonElement position)
    {
        var (asset, contracts) = (Asset.From(position.Text("ccy")), position.Decimal("closeTotalPos"));
        return new(
            position.Text("instId"), position.Is("direction", "short") ? -contracts : contracts,
            position.Price("openAvgPx"), position.Price("closeAvgPx"), new(position.Decimal("realizedPnl"), asset),
            new(-position.Decimal("fee"), asset), new(position.Decimal("fundingFee"), asset),
            position.Milliseconds("cTime"), position.Milliseconds("uTime"));
    }

    /// <summary>Whether long and short of one instrument are held apart; otherwise they are one position.</summary>
    public static bool IsHedged(JsonElement config) => config.Is("posMode", "long_short_mode");

    private static IEnumerable<PriceTrigger> TriggersOf(JsonElement order)
    {
        foreach (var (price, kind, limit) in TriggerNames)
            if (order.PriceOrNone(price) is { } at)
                yield return new(
                    at, KindOf(order.TextOrNone(kind)), order.Is(limit, AtMarket) ? null : order.PriceOrNone(limit));
    }

    private static TriggerPriceKind KindOf(string? kind) => kind switch
    {
        null or "last" => TriggerPriceKind.Last,
        "mark" => TriggerPriceKind.Mark,
        "index" => TriggerPriceKind.Index,
        _ => throw new JsonException($"No such price: {kind}."),
    };

    private static TriggerState StateOf(string state) => state switch
    {
        "live" or "pause" or "partially_effective" => TriggerState.Waiting,
        "effective" or "order_placed" or "filled" => TriggerState.Triggered,
        "canceled" => TriggerState.Canceled,
        "order_failed" or "partially_failed" => TriggerState.Failed,
        _ => throw new JsonException($"No such state: {state}."),
    };
}
