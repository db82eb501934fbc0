using Marten;
using Platform.Domain.Markets;
using Platform.Domain.Trading;
using Platform.Domain.Values;

namespace Platform.Benchmarks.Append;

/// <summary>Events as the platform stores most of them: fills of an order.</summary>
internal static class FillsOf
{
    private static readonly VenueId Venue = VenueId.From("paper");
    private static readonly Symbol Market = Symbol.From("BTC-USDT");
    private static readonly Quantity Quantity = Quantity.From(0.001m);
    private static readonly Price Price = Price.From(60_000m);
    private static readonly DateTimeOffset At = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Begins an order that can be filled without end.</summary>
    public static async Task<OrderId> IntendAsync(IDocumentStore store, PoolId pool, CancellationToken cancel)
    {
        var key = EnsureKey.From($"{Guid.CreateVersion7()}");
        var order = OrderId.For(pool, key);
        var terms = new OrderTerms(
            Market, Side.Buy, OrderType.Market, TimeInForce.GoodTillCancel, Quantity.From(1_000_000), null, null);
        await using var session = store.LightweightSession(pool.Tenant);
        session.Events.StartStream<Order>(
            order.Value,
            new OrderIntended(order, pool, AccountId.For(pool, Venue), Venue, ClientOrderId.For(order), key, terms, Price));
        await session.SaveChangesAsync(cancel);

        return order;
    }

    /// <param name="from">The first one's number within the order.</param>
    public static IReadOnlyList<object> Order(OrderId order, int from, int count) =>
        [.. Enumerable.Range(from, count).Select(number => Fill(order, $"{number}"))];

    private static FillRecorded Fill(OrderId order, string trade) => new(
        order,
        new(
            ExecutionId.For(Venue, Market, trade, VenueOrderId.From("1"), Side.Buy), trade, Quantity, Price,
            Price * Quantity, new(0.06m, Market.Quote), Liquidity.Taker, At),
        ReportSource.Stream);
}
