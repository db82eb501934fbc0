using System.Globalization;
using System.Text.Json;

namespace Platform.Simulation;

/// <summary>An order that a client will place.</summary>
/// <param name="Key">Its idempotency key, the same at every try.</param>
/// <param name="Body">The request as JSON, the same at every try.</param>
/// <param name="IsCalledOff">The client cancels it as soon as it is accepted, wherever it is by then.</param>
public sealed record PlannedOrder(string Key, string Body, bool IsCalledOff);

/// <summary>Orders of every kind that a venue takes without a refusal, drawn from a seed.</summary>
public sealed class OrderMix(Random random, IReadOnlyList<(MarketRow Market, decimal Last)> markets)
{
    public PlannedOrder Plan(string key)
    {
        var (market, last) = markets[random.Next(markets.Count)];
        var (side, worse) = random.Next(2) == 0 ? ("buy", 1) : ("sell", -1);

        return random.Next(6) switch
        {
            0 or 1 => Order(key, market, side, "market", new { quantity = Text(Quantity(market, last)) }),
            2 => Order(key, market, "buy", "market", new { quoteQuantity = Text(4 * market.MinNotional) }),
            3 => Limit(key, market, side, last, 1 + 0.01m * worse, "IOC"),
            4 => Limit(key, market, side, last, 1 - 0.0005m * worse, "GTC"),
            _ => Limit(key, market, side, last, 1 - 0.05m * worse, "GTC"),
        };
    }

    /// <summary>An order far off the market that its client calls off.</summary>
    public PlannedOrder PlanCalledOff(string key)
    {
        var (market, last) = markets[random.Next(markets.Count)];

        return Limit(key, market, "buy", last, 0.95m, "GTC") with { IsCalledOff = true };
    }

    private PlannedOrder Limit(
        string key, MarketRow market, string side, decimal last, decimal factor, string timeInForce)
    {
        var price = Math.Floor(last * factor / market.TickSize) * market.TickSize;

        return Order(
            key, market, side, "limit",
            new { quantity = Text(Quantity(market, price)), limitPrice = Text(price), timeInForce });
    }

    // Three to seven times the smallest order, so that a market that moves meanwhile refuses none.
    private decimal Quantity(MarketRow market, decimal price) =>
        Math.Ceiling(random.Next(3, 8) * market.MinNotional / price / market.LotSize) * market.LotSize;

    private static PlannedOrder Order(string key, MarketRow market, string side, string type, object terms)
    {
        var body = JsonSerializer.SerializeToNode(terms)!.AsObject();
        body["market"] = market.Market;
        body["side"] = side;
        body["type"] = type;

        return new(key, body.ToJsonString(), IsCalledOff: false);
    }

    private static string Text(decimal value) => value.ToString(CultureInfo.InvariantCulture);
}
