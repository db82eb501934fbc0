using Marten;
using Platform.Domain.Markets;
using Platform.Domain.Trading;
using Platform.Domain.Values;

namespace Platform.Audit.Tests;

/// <summary>Pools with an account, a deposit and filled orders: seven events for each order.</summary>
internal static class TradingHistory
{
    private static readonly VenueId Venue = VenueId.From("paper");
    private static readonly Asset Usdt = Asset.From("USDT");
    private static readonly Symbol Market = Symbol.From("BTC-USDT");
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Appends one pool's history, each order in a transaction of its own.</summary>
    public static async Task AppendAsync(IDocumentStore store, PoolId pool, int orders)
    {
        var account = AccountId.For(pool, Venue);
        await SaveAsync(store, pool, session => session.Events.StartStream<Account>(
            account.Value,
            new AccountOpened(account, pool, Venue, Usdt, LotMethod.Fifo, FeePolicy.Capitalized),
            new FundsDeposited(account, "first", new(1_000_000m, Usdt), 1m, Start)));
        for (var i = 1; i <= orders; i++)
        {
            await OrderAsync(store, pool, account, i);
        }
    }

    private static Task OrderAsync(IDocumentStore store, PoolId pool, AccountId account, int number)
    {
        var order = OrderId.For(pool, EnsureKey.From($"order-{number}"));
        var client = ClientOrderId.For(order);
        var venueOrder = VenueOrderId.From($"v-{number}");
        var side = number % 3 == 0 ? Side.Sell : Side.Buy;
        var quantity = Quantity.From(0.001m * (1 + (number % 7)));
        var price = Price.From(50_000m + (number % 100));
        var at = Start.AddSeconds(number);
        var terms = new OrderTerms(Market, side, OrderType.Limit, TimeInForce.GoodTillCancel, quantity, null, price);
        var execution = ExecutionId.For(Venue, Market, $"t-{number}", venueOrder, side);
        var fill = new Fill(execution, $"t-{number}", quantity, price, price * quantity, new(0.01m, Usdt), Liquidity.Taker, at);
        var held = side is Side.Buy ? new Money((price * quantity).Value, Usdt) : new Money(quantity.Value, Market.Base);

        return SaveAsync(store, pool, session =>
        {
            session.Events.StartStream<Order>(
                order.Value,
                new OrderIntended(
                    order, pool, account, Venue, client, EnsureKey.From($"order-{number}"), terms, IntentPrice: null),
                new OrderSent(order, client, 1, at),
                new OrderAccepted(order, venueOrder, at),
                new FillRecorded(order, fill, ReportSource.Stream));
            session.Events.Append(
                account.Value,
                new FundsReserved(account, order, held),
                new FillBooked(account, order, number, Market, side, fill, QuoteRate: 1m, FeeRate: 1m),
                new ReservationReleased(account, order));
        });
    }

    private static async Task SaveAsync(IDocumentStore store, PoolId pool, Action<IDocumentSession> append)
    {
        await using var session = store.LightweightSession(pool.Tenant);
        session.LastModifiedBy = "trader";
        session.CorrelationId = "4bf92f3577b34da6a3ce929d0e0e4736";
        session.SetHeader("note", "caf\u00e9");
        append(session);
        await session.SaveChangesAsync();
    }
}
