using Platform.Domain.Trading;
using Platform.Domain.Values;

namespace Platform.Domain.Tests.Trading;

public sealed class VenueReplyTests : OrderSpec
{
    private static readonly VenueReply Refusal = new VenueReply.Refused("-2010", "Account has insufficient balance.");
    private static readonly OrderRejected Rejected = new(Id, "-2010", "Account has insufficient balance.");

    private static Decision<OrderEvent> Reply(VenueReply reply, params OrderEvent[] past) => OrderDecider.Decide(reply, Given(past));

    [Fact]
    public void Order_that_the_venue_took_is_accepted() =>
        Then(Reply(new VenueReply.Reported(Report(VenueOrderState.New, 0)), Intended, Sent), Accepted);

    [Fact]
    public void Order_that_the_venue_refused_is_rejected_in_the_venues_words() => Then(Reply(Refusal, Intended, Sent), Rejected);

    [Theory]
    [InlineData(DoubtCause.Timeout)]
    [InlineData(DoubtCause.ServerError)]
    [InlineData(DoubtCause.Disconnected)]
    [InlineData(DoubtCause.Unreadable)]
    [InlineData(DoubtCause.Throttled)]
    [InlineData(DoubtCause.Interrupted)]
    public void Order_without_an_answer_is_doubted_and_never_rejected(DoubtCause cause) =>
        Then(Reply(Silence(cause), Intended, Sent), Doubted with { Cause = cause });

    [Fact]
    public void Order_doubted_twice_is_doubted_once() => Then(Reply(Silence(DoubtCause.Timeout), Intended, Sent, Doubted));

    [Fact]
    public void Order_that_the_venue_does_not_know_yet_is_doubted() => Then(
        Reply(new VenueReply.Absent(), Intended, Sent),
        new OrderDoubted(Id, DoubtCause.NotSeenYet, "The venue does not know the order yet."));

    [Fact]
    public void Order_in_doubt_that_the_venue_does_not_know_stays_in_doubt() =>
        Then(Reply(new VenueReply.Absent(), Intended, Sent, Doubted));

    [Fact]
    public void Order_in_doubt_that_the_venue_refused_after_all_is_rejected() => Then(Reply(Refusal, Intended, Sent, Doubted), Rejected);

    [Fact]
    public void Order_in_doubt_that_the_venue_knows_is_resolved() => Then(
        Reply(new VenueReply.Reported(Report(VenueOrderState.New, 0)), Intended, Sent, Doubted), Found, Accepted);

    [Fact]
    public void Refusal_of_an_order_that_the_venue_already_took_changes_nothing() => Then(Reply(Refusal, Intended, Sent, Accepted));

    [Fact]
    public void Silence_about_an_order_that_the_venue_already_took_changes_nothing() =>
        Then(Reply(Silence(DoubtCause.Timeout), Intended, Sent, Accepted));

    [Fact]
    public void Absence_of_an_order_that_the_venue_already_took_changes_nothing() =>
        Then(Reply(new VenueReply.Absent(), Intended, Sent, Accepted));

    [Fact]
    public void Late_reply_to_a_closed_order_changes_nothing()
    {
        Then(Reply(Refusal, Intended, Sent, Accepted, Canceled));
        Then(Reply(Silence(DoubtCause.Timeout), Intended, Sent, Accepted, Canceled));
    }
}
