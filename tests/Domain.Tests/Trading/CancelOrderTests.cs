using Platform.Domain.Trading;
using Platform.Domain.Values;

namespace Platform.Domain.Tests.Trading;

public sealed class CancelOrderTests : OrderSpec
{
    private static Decision<OrderEvent> Cancel(params OrderEvent[] past) =>
        OrderDecider.Decide(new CancelOrder(Account, Id), Given(past));

    [Fact]
    public void Cancel_of_a_working_order_is_requested() => Then(Cancel(Intended, Sent, Accepted), CancelRequested);

    [Fact]
    public void Cancel_of_an_order_not_yet_sent_is_requested() => Then(Cancel(Intended), CancelRequested);

    [Fact]
    public void Cancel_of_an_order_in_doubt_is_requested() => Then(Cancel(Intended, Sent, Doubted), CancelRequested);

    [Fact]
    public void Cancel_asked_twice_is_requested_once() => Then(Cancel(Intended, Sent, Accepted, CancelRequested));

    [Fact]
    public void Cancel_may_be_asked_again_after_the_venue_refused_it() => Then(
        Cancel(Intended, Sent, Accepted, CancelRequested, new OrderCancelRefused(Id, "-2011", "Not now.")), CancelRequested);

    [Fact]
    public void Cancel_of_a_filled_order_is_refused() => ThenRefused(
        Cancel(Intended, Sent, Accepted, Filled("t-1", 2), new OrderFilled(Id, Quantity.From(2), Noon)), "order_not_open");

    [Fact]
    public void Cancel_of_a_canceled_order_is_refused() =>
        ThenRefused(Cancel(Intended, Sent, Accepted, CancelRequested, Canceled), "order_not_open");
}
