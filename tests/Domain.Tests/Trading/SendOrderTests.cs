using Platform.Domain.Markets.Registry;
using Platform.Domain.Trading;
using Platform.Domain.Values;

namespace Platform.Domain.Tests.Trading;

public sealed class SendOrderTests : OrderSpec
{
    private static readonly DateTimeOffset Later = Noon.AddMinutes(1);

    private static Decision<OrderEvent> Send(DateTimeOffset at, params OrderEvent[] past) =>
        OrderDecider.Decide(new SendOrder(Id, at), Given(past));

    [Fact]
    public void Unsent_order_is_denied_where_trading_was_stopped() => Then(
        OrderDecider.Decide(new SendOrder(Id, Noon, VenueKill.TradingKilled), Given(Intended)),
        new OrderDenied(Id, "venue_killed", VenueKill.TradingKilled.Detail));

    [Fact]
    public void Order_that_may_be_at_the_venue_is_not_denied_where_trading_was_stopped() =>
        Then(OrderDecider.Decide(new SendOrder(Id, Later, VenueKill.TradingKilled), Given(Intended, Sent, Doubted)));

    [Fact]
    public void Intended_order_is_sent() => Then(Send(Noon, Intended), Sent);

    [Fact]
    public void Order_sent_before_is_not_sent_again() => Then(Send(Later, Intended, Sent));

    [Fact]
    public void Order_in_doubt_is_not_sent_again() => Then(Send(Later, Intended, Sent, Doubted));

    [Fact]
    public void Working_order_is_not_sent_again() => Then(Send(Later, Intended, Sent, Accepted));

    [Fact]
    public void Closed_order_is_not_sent_again() => Then(Send(Later, Intended, Sent, Accepted, Canceled));

    [Fact]
    public void Order_that_the_venue_never_saw_is_sent_as_the_second_attempt() =>
        Then(Send(Later, Intended, Sent, Doubted, NeverArrived), Sent with { Attempt = 2, SentAt = Later });

    [Fact]
    public void Order_canceled_before_sending_is_denied() => Then(
        Send(Noon, Intended, CancelRequested), new OrderDenied(Id, "canceled_unsent", "Canceled before it was sent."));

    [Fact]
    public void Order_canceled_in_doubt_that_the_venue_never_saw_is_denied() => Then(
        Send(Later, Intended, Sent, Doubted, CancelRequested, NeverArrived),
        new OrderDenied(Id, "canceled_unsent", "Canceled before it was sent."));
}
