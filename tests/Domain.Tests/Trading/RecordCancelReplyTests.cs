using Platform.Domain.Trading;
using Platform.Domain.Values;

namespace Platform.Domain.Tests.Trading;

public sealed class RecordCancelReplyTests : OrderSpec
{
    private static readonly VenueReply Refusal = new VenueReply.Refused("-2011", "Order is being settled.");

    private static Decision<OrderEvent> Reply(VenueReply reply, params OrderEvent[] past) =>
        OrderDecider.Decide(new RecordCancelReply(Id, reply), Given(past));

    [Fact]
    public void Cancel_that_the_venue_carried_out_closes_the_order() => Then(
        Reply(new VenueReply.Reported(Report(VenueOrderState.Canceled, 0)), Intended, Sent, Accepted, CancelRequested), Canceled);

    [Fact]
    public void Cancel_that_came_after_the_last_fill_leaves_the_order_filled() => Then(
        Reply(
            new VenueReply.Reported(Report(VenueOrderState.Filled, 2, Fill("t-1", 2))), Intended, Sent, Accepted, CancelRequested),
        Filled("t-1", 2), new OrderFilled(Id, Quantity.From(2), Noon));

    [Fact]
    public void Cancel_that_the_venue_refused_leaves_the_order_as_it_was()
    {
        var refused = new OrderCancelRefused(Id, "-2011", "Order is being settled.");

        Then(Reply(Refusal, Intended, Sent, Accepted, CancelRequested), refused);
        Assert.Equal(OrderStatus.Working, Given(Intended, Sent, Accepted, CancelRequested, refused).Status);
    }

    [Fact]
    public void Cancel_without_an_answer_puts_the_order_in_doubt() =>
        Then(Reply(Silence(DoubtCause.Timeout), Intended, Sent, Accepted, CancelRequested), Doubted);

    [Fact]
    public void Cancel_without_an_answer_twice_is_doubted_once() =>
        Then(Reply(Silence(DoubtCause.Timeout), Intended, Sent, Accepted, CancelRequested, Doubted));

    [Fact]
    public void Unknown_order_is_no_refusal_of_the_cancel() =>
        Then(Reply(new VenueReply.Absent(), Intended, Sent, Accepted, CancelRequested));

    [Fact]
    public void Refusal_of_a_cancel_that_nobody_waits_for_changes_nothing()
    {
        Then(Reply(Refusal, Intended, Sent, Accepted));
        Then(Reply(Refusal, Intended, Sent, Accepted, CancelRequested, Canceled));
        Then(Reply(Silence(DoubtCause.Timeout), Intended, Sent, Accepted, CancelRequested, Canceled));
    }

    [Fact]
    public void Doubted_cancel_of_an_order_still_working_is_resolved_and_still_pending()
    {
        Then(
            OrderDecider.Decide(Report(VenueOrderState.New, 0), Given(Intended, Sent, Accepted, CancelRequested, Doubted)),
            Found);
        Assert.Equal(OrderStatus.PendingCancel, Given(Intended, Sent, Accepted, CancelRequested, Doubted, Found).Status);
    }
}
