using Platform.Domain.Trading;
using Platform.Domain.Values;

namespace Platform.Domain.Tests.Trading;

public sealed class RecordAbsenceTests : OrderSpec
{
    private static readonly TimeSpan ReceiveWindow = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private static readonly OrderSent SentAgain = Sent with { Attempt = 2, SentAt = Noon.AddSeconds(58) };

    private static Decision<OrderEvent> Absent(double secondsAfterNoon, params OrderEvent[] past) =>
        OrderDecider.Decide(new RecordAbsence(Id, Noon.AddSeconds(secondsAfterNoon), ReceiveWindow, Patience), Given(past));

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public void Absence_within_the_receive_window_proves_nothing(double seconds) => Then(Absent(seconds, Intended, Sent, Doubted));

    [Fact]
    public void Absence_after_the_receive_window_resolves_the_doubt()
    {
        Then(Absent(5.001, Intended, Sent, Doubted), NeverArrived);
        var order = Given(Intended, Sent, Doubted, NeverArrived);
        Assert.Equal((OrderStatus.Intended, null, 1), (order.Status, order.Doubt, order.Attempt));
    }

    [Fact]
    public void Receive_window_counts_from_the_last_attempt() =>
        Then(Absent(62, Intended, Sent, Doubted, NeverArrived, SentAgain, Doubted));

    [Fact]
    public void Patience_counts_from_the_first_attempt() => Then(
        Absent(64, Intended, Sent, Doubted, NeverArrived, SentAgain, Doubted),
        new OrderExpired(Id, Quantity.Zero, "The venue never saw the order.", Noon.AddSeconds(64)));

    [Fact]
    public void Absence_after_patience_expires_the_order() => Then(
        Absent(60.001, Intended, Sent, Doubted),
        new OrderExpired(Id, Quantity.Zero, "The venue never saw the order.", Noon.AddSeconds(60.001)));

    [Fact]
    public void Absence_of_an_order_never_sent_says_nothing() => Then(Absent(100, Intended));

    [Fact]
    public void Absence_of_an_order_that_the_venue_took_is_not_believed() => Then(Absent(100, Intended, Sent, Accepted));

    [Fact]
    public void Absence_of_a_closed_order_changes_nothing() => Then(Absent(100, Intended, Sent, Accepted, Canceled));

    [Fact]
    public void Absence_reported_twice_is_recorded_once() => Then(Absent(6, Intended, Sent, Doubted, NeverArrived));
}
