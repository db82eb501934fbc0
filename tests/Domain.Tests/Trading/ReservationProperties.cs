using CsCheck;
using Platform.Domain.Trading;
using Platform.Domain.Values;

namespace Platform.Domain.Tests.Trading;

public sealed class ReservationProperties : AccountSpec
{
    /// <param name="Key">Which of a few orders; the same one again is the same order.</param>
    /// <param name="Percent">How much of the order a fill takes.</param>
    private sealed record Step(int Key, Side Side, int Quantity, int Price, int Percent, bool Ends);

    private static readonly Gen<Step[]> Steps = Gen.Select(
        Gen.Int[0, 9], Gen.Enum<Side>(), Gen.Int[1, 300], Gen.Int[1, 20_000], Gen.Int[0, 100], Gen.Bool,
        (key, side, quantity, price, percent, ends) => new Step(key, side, quantity, price, percent, ends)).Array[1, 40];

    [Fact]
    public void Orders_together_never_hold_more_than_there_is() => Steps.Sample(steps =>
    {
        var account = GivenAccount(Opened, Deposited(10_000, Usdt), Deposited(2, Btc, 100));
        Dictionary<int, Order> orders = [];
        foreach (var step in steps)
        {
            account = orders.TryGetValue(step.Key, out var order)
                ? MovedOn(step, order, account, orders)
                : Placed(step, account, orders);

            foreach (var asset in new[] { Usdt, Btc })
                Assert.InRange(account.ReservedOf(asset), 0, account.BalanceOf(asset));
        }
    }, iter: 2000);

    private static Account Placed(Step step, Account account, Dictionary<int, Order> orders)
    {
        var key = EnsureKey.From($"order-{step.Key}");
        var intended = Intended with
        {
            OrderId = OrderId.For(Pool, key), EnsureKey = key,
            Terms = Terms with { Side = step.Side, Quantity = Quantity.From(step.Quantity * 0.01m), LimitPrice = Price.From(step.Price) },
        };
        return AccountDecider.Decide(intended, account).Match(
            entries =>
            {
                orders[step.Key] = Given(intended, Sent with { OrderId = intended.OrderId });
                return Folded(account, entries);
            },
            _ => account);
    }

    // Fills at the limit price or better for its owner, as every venue must.
    private static Account MovedOn(Step step, Order order, Account account, Dictionary<int, Order> orders)
    {
        var quantity = decimal.Round(order.LeavesQuantity!.Value.Value * step.Percent / 100, 4);
        var price = order.Terms.LimitPrice!.Value.Value * (order.Terms.Side is Side.Buy ? 0.9m : 1.1m);
        List<OrderEvent> happened = [];
        if (quantity > 0)
        {
            var fill = Fill($"t-{order.Executions.Count}-{step.Key}", quantity);
            happened.Add(new FillRecorded(
                order.Id, fill with { Price = Price.From(price), QuoteQuantity = Notional.From(price * quantity) }, ReportSource.Stream));
        }
        if (step.Ends && order.IsOpen)
            happened.Add(new OrderCanceled(order.Id, order.CumulativeQuantity, Noon));
        // A late fill may find its funds taken by then; that shortfall is the venue's doing and not an order's.
        if (!order.IsOpen)
            return account;

        foreach (var each in happened)
        {
            orders[step.Key] = order = Order.Evolve(order, each)!;
            account = Folded(account, AccountDecider.Follow(each, order, account, _ => null));
        }
        return account;
    }

    private static Account Folded(Account account, IEnumerable<AccountEvent> entries) =>
        entries.Aggregate(account, (before, entry) => Domain.Trading.Account.Evolve(before, entry)!);
}
