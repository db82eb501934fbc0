using CsCheck;
using Platform.Domain.Trading;
using Platform.Domain.Values;

namespace Platform.Domain.Tests.Trading;

public sealed class InDoubtProperties : AccountSpec
{
    private static readonly TimeSpan ReceiveWindow = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private enum Step { Send, Silence, NotThere, AskedAndAbsent, Cancel, CancelSilence, CancelNotThere }

    private static readonly Gen<(Step Step, int Seconds)[]> Steps = Gen.Select(Gen.Enum<Step>(), Gen.Int[0, 12]).Array[0, 40];

    [Fact]
    public void Order_that_the_venue_never_speaks_of_is_never_rejected_nor_accepted() => Steps.Sample(steps =>
        Assert.DoesNotContain(
            Lived(steps).Happened, happened => happened is OrderRejected or OrderAccepted or OrderFilled or OrderCanceled), iter: 2000);

    [Fact]
    public void Every_further_attempt_follows_a_proof_that_the_venue_cannot_take_the_one_before() => Steps.Sample(steps =>
    {
        DateTimeOffset? sentAt = null;
        var attempts = 0;
        var provenAbsent = true;
        foreach (var happened in Lived(steps).Happened)
        {
            if (happened is OrderSent sent)
            {
                Assert.True(provenAbsent && sent.ClientOrderId == ClientOrder);
                Assert.Equal(++attempts, sent.Attempt);
                Assert.True(sentAt is null || sent.SentAt > sentAt + ReceiveWindow);
                (sentAt, provenAbsent) = (sent.SentAt, false);
            }
            provenAbsent |= happened is OrderResolved { Evidence: Evidence.Absent };
        }
    }, iter: 2000);

    [Fact]
    public void Funds_are_held_exactly_as_long_as_the_order_is_open() => Steps.Sample(steps =>
    {
        var desk = Lived(steps);

        Assert.Equal(desk.Order!.IsOpen ? 200 : 0, desk.Account.ReservedOf(Usdt));
    }, iter: 1000);

    [Fact]
    public void Order_that_stays_unheard_of_ends_when_patience_does() => Steps.Sample(steps =>
    {
        var late = Noon.AddHours(1);
        var desk = Lived(steps);
        desk = desk.With(OrderDecider.Decide(new SendOrder(Id, late), desk.Order!), _ => null);
        desk = desk.With(OrderDecider.Decide(new RecordAbsence(Id, late.AddMinutes(2), ReceiveWindow, Patience), desk.Order!), _ => null);

        Assert.False(desk.Order!.IsOpen);
        Assert.Equal(1000, desk.Account.AvailableOf(Usdt));
    }, iter: 1000);

    private static Desk Lived((Step Step, int Seconds)[] steps)
    {
        var now = Noon;
        var desk = Desk.Open(Opened, Deposited(1000, Usdt), Reserved).With(Intended, _ => null);
        foreach (var (step, seconds) in steps)
        {
            now = now.AddSeconds(seconds);
            desk = desk.With(Decide(step, desk.Order!, now), _ => null);
        }
        return desk;
    }

    private static Decision<OrderEvent> Decide(Step step, Order order, DateTimeOffset now) => step switch
    {
        Step.Send => OrderDecider.Decide(new SendOrder(Id, now), order),
        Step.Silence => OrderDecider.Decide(Silence(DoubtCause.Timeout), order),
        Step.NotThere => OrderDecider.Decide(new VenueReply.Absent(), order),
        Step.AskedAndAbsent => OrderDecider.Decide(new RecordAbsence(Id, now, ReceiveWindow, Patience), order),
        Step.Cancel => OrderDecider.Decide(new CancelOrder(Account, Id), order),
        Step.CancelSilence => OrderDecider.Decide(new RecordCancelReply(Id, Silence(DoubtCause.ServerError)), order),
        _ => OrderDecider.Decide(new RecordCancelReply(Id, new VenueReply.Absent()), order),
    };
}
