using Platform.Domain.Trading;
using Platform.Domain.Values;

namespace Platform.Domain.Tests.Trading;

public sealed class OrderStatusTests : OrderSpec
{
    public static TheoryData<OrderStatus, char, bool, OrderEvent[]> Lives => new()
    {
        { OrderStatus.Intended, 'A', true, [Intended] },
        { OrderStatus.Sent, 'A', true, [Intended, Sent] },
        { OrderStatus.InDoubt, 'A', true, [Intended, Sent, Doubted] },
        { OrderStatus.Intended, 'A', true, [Intended, Sent, Doubted, NeverArrived] },
        { OrderStatus.Working, '0', true, [Intended, Sent, Accepted] },
        { OrderStatus.PartiallyFilled, '1', true, [Intended, Sent, Accepted, Filled("t-1", 1)] },
        { OrderStatus.PendingCancel, '6', true, [Intended, Sent, Accepted, Filled("t-1", 1), CancelRequested] },
        { OrderStatus.InDoubt, 'A', true, [Intended, Sent, Accepted, CancelRequested, Doubted] },
        { OrderStatus.Filled, '2', false, [Intended, Sent, Accepted, Filled("t-1", 2), new OrderFilled(Id, Quantity.From(2), Noon)] },
        { OrderStatus.Canceled, '4', false, [Intended, Sent, Accepted, CancelRequested, Canceled] },
        { OrderStatus.Rejected, '8', false, [Intended, Sent, Doubted, new OrderRejected(Id, "-2010", "No.")] },
        { OrderStatus.Expired, 'C', false, [Intended, Sent, Accepted, new OrderExpired(Id, Quantity.Zero, "Ended.", Noon)] },
        { OrderStatus.Denied, '8', false, [Intended, CancelRequested, new OrderDenied(Id, "canceled_unsent", "Canceled.")] },
    };

    [Theory]
    [MemberData(nameof(Lives))]
    public void Status_follows_from_the_facts(OrderStatus status, char fix, bool isOpen, OrderEvent[] past)
    {
        var order = Given(past);

        Assert.Equal((status, fix, isOpen, isOpen), (order.Status, order.Status.FixCode, order.IsOpen, order.Status.IsOpen));
    }

    [Fact]
    public void Leaves_quantity_is_what_may_still_be_filled() =>
        Assert.Equal(Quantity.From(1.5m), Given(Intended, Sent, Accepted, Filled("t-1", 0.5m)).LeavesQuantity);

    [Fact]
    public void Order_by_quote_quantity_has_no_leaves_quantity() =>
        Assert.Null(Given(Intended with { Terms = Terms with { Quantity = null } }).LeavesQuantity);

    [Fact]
    public void Fact_of_an_order_that_never_began_makes_none() => Assert.Null(Order.Evolve(order: null, Sent));

    [Fact]
    public void Fold_keeps_the_first_and_the_last_sending_apart()
    {
        var again = Sent with { Attempt = 2, SentAt = Noon.AddMinutes(1) };
        var order = Given(Intended, Sent, Doubted, NeverArrived, again);

        Assert.Equal((2, Noon, Noon.AddMinutes(1)), (order.Attempt, order.FirstSentAt, order.SentAt));
    }
}
