using System.Text.Json;
using Platform.Domain.Values;
using Platform.Workers.Markets.Venues.Wire;

namespace Platform.Workers.Markets.Venues.Binance;

/// <summary>What Binance answers about an account in futures, in our words.</summary>
internal static class BinanceFuturesAccountAnswers
{
    /// <summary>
    /// The venue lists contracts of which nothing is held, too. The second version of the route told the leverage, the third tells
    /// in which asset profit is reckoned.
    /// </summary>
    public static IReadOnlyList<VenuePosition> PositionsOf(JsonElement positions) =>
    [
        .. from position in positions.EnumerateArray()
           let contracts = position.Decimal("positionAmt")
           where contracts != 0
           select new VenuePosition(
               position.Text("symbol"), contracts, position.PriceOrNone("entryPrice"), position.PriceOrNone("markPrice"),
               position.PriceOrNone("liquidationPrice"), position.DecimalOrNone("leverage"),
               position.TextOrNone("marginAsset") is { } asset
                   ? new Money(position.Decimal("unRealizedProfit"), Asset.From(asset))
                   : null,
               position.MillisecondsOrNone("updateTime")),
    ];

    /// <summary>Where several assets back each other, more may be available of one than there is of it: no more than that is told.</summary>
    public static IReadOnlyList<VenueBalance> CollateralOf(JsonElement balances) =>
    [
        .. from balance in balances.EnumerateArray()
           let held = balance.Decimal("balance")
           let free = Math.Clamp(balance.Decimal("availableBalance"), 0, Math.Max(0, held))
           where held > 0
           select new VenueBalance(balance.Text("asset"), Quantity.From(free), Quantity.From(held - free)),
    ];

    /// <summary>"Algo orders" of the kind CONDITIONAL; one that closes the position names no quantity.</summary>
    public static TriggerOrder TriggerOf(JsonElement order) => new(
        order.Text("symbol"), $"{order.Whole("algoId")}", order.TextOrNone("clientAlgoId"),
        order.Is("side", "BUY") ? VenueSide.Buy : VenueSide.Sell, StateOf(order.Text("algoStatus")),
        [new(order.Price("triggerPrice"), KindOf(order.Text("workingType")), order.PriceOrNone("price"))],
        order.QuantityOrZero("quantity") is var quantity && quantity > Quantity.Zero ? quantity : null,
        order.TextOrNone("actualOrderId"), order.Milliseconds("updateTime"));

    public static TriggerPriceKind KindOf(string type) => type switch
    {
        "CONTRACT_PRICE" => TriggerPriceKind.Last,
        "MARK_PRICE" => TriggerPriceKind.Mark,
        _ => throw new JsonException($"No such price: {type}."),
    };

    public static TriggerState StateOf(string status) => status switch
    {
        "NEW" => TriggerState.Waiting,
        "TRIGGERING" or "TRIGGERED" or "FINISHED" => TriggerState.Triggered,
        "CANCELED" or "EXPIRED" => TriggerState.Canceled,
        "REJECTED" => TriggerState.Failed,
        _ => throw new JsonException($"No such state: {status}."),
    };
}
