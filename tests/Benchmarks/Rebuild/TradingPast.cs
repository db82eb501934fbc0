using Marten;
using Platform.Domain.Markets;
using Platform.Domain.Trading;
using Platform.Domain.Values;

namespace Platform.Benchmarks.Rebuild;

/// <summary>Pools whose orders were bought and sold in turn, each filled at once: eight events for each order.</summary>
internal static class TradingPast
{
    /// <summary>In all pools.</summary>
    public const int Orders = Pools * OrdersPerPool;

    private const int Pools = 4;
    private const int OrdersPerPool = 600;
    private const int OrdersPerTransaction = 50;

    private static readonly VenueId Venue = VenueId.From("paper");
    private static readonly Symbol Market = Symbol.From("BTC-USDT");
    private static readonly Quantity Quantity = Quantity.From(0.001m);
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static async Task AppendAsync(IDocumentStore store, CancellationToken cancel)
    {
        for (var number = 0; number < Pools; number++)
            await PoolAsync(store, PoolId.From(Guid.CreateVersion7()), cancel);
    }

    private static async Task PoolAsync(IDocumentStore store, PoolId pool, CancellationToken cancel)
    {
        var account = AccountId.For(pool, Venue);
        await using (var session = store.LightweightSession(pool.Tenant))
        {
            session.Events.StartStream<Account>(
                account.Value,
                new AccountOpened(account, pool, Venue, Market.Quote, LotMethod.Fifo, FeePolicy.Capitalized),
                new FundsDeposited(account, "opening", new(1_000_000m, Market.Quote), 1m, Start));
            await session.SaveChangesAsync(cancel);
        }

        foreach (var numbers in Enumerable.Range(1, OrdersPerPool).Chunk(OrdersPerTransaction))
        {
            await using var session = store.LightweightSession(pool.Tenant);
            foreach (var number in numbers)
                Append(session, pool, account, number);
            await session.SaveChangesAsync(cancel);
        }
    }

    private static void Append(IDocumentSession session, PoolId pool, AccountId account, int number)
    {
        var key = EnsureKey.From($"order-{number}");
        var order = OrderId.For(pool, key);
        var (client, venueOrder) = (ClientOrderId.For(order), VenueOrderId.From($"{number}"));
        var side = number % 2 == 0 ? Side.Sell : Side.Buy;
        var price = Price.From(60_000m + (number % 100));
        var at = Start.AddSeconds(number);
        var terms = new OrderTerms(Market, side, OrderType.Limit, TimeInForce.GoodTillCancel, Quantity, null, price);
        var fill = new Fill(
            ExecutionId.For(Venue, Market, $"{number}", venueOrder, side), $"{number}", Quantity, price, price * Quantity,
            new(0.06m, Market.Quote), Liquidity.Taker, at);
        var held = side is Side.Buy
            ? new Money((price * Quantity).Value, Market.Quote)
            : new Money(Quantity.Value, Market.Base);

        session.Events.StartStream<Order>(
            order.Value,
            new OrderIntended(order, pool, account, Venue, client, key, terms, price),
            new OrderSent(order, client, Attempt: 1, at),
            new OrderAccepted(order, venueOrder, at),
            new FillRecorded(order, fill, ReportSource.Stream),
            new OrderFilled(order, Quantity, at));
        session.Events.Append(
            account.Value,
            new FundsReserved(account, order, held),
            new FillBooked(account, order, number, Market, side, fill, QuoteRate: 1m, FeeRate: 1m),
            new ReservationReleased(account, order));
    }
}
