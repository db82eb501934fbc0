using Platform.Domain.Trading;
using Platform.Domain.Values;

namespace Platform.Domain.Tests.Trading;

public sealed class VenueReportTests : OrderSpec
{
    private static readonly OrderFilled AllFilled = new(Id, Quantity.From(2), Noon);

    private static Decision<OrderEvent> When(VenueReport report, params OrderEvent[] past) => OrderDecider.Decide(report, Given(past));

    [Fact]
    public void Fill_of_a_working_order_is_recorded() => Then(
        When(Report(VenueOrderState.PartiallyFilled, 0.5m, Fill("t-1", 0.5m)), Intended, Sent, Accepted), Filled("t-1", 0.5m));

    [Fact]
    public void Fill_before_the_acceptance_implies_it() => Then(
        When(Report(VenueOrderState.PartiallyFilled, 0.5m, Fill("t-1", 0.5m)), Intended, Sent), Accepted, Filled("t-1", 0.5m));

    [Fact]
    public void Fill_reported_twice_is_recorded_once() => Then(
        When(Report(VenueOrderState.PartiallyFilled, 0.5m, Fill("t-1", 0.5m)), Intended, Sent, Accepted, Filled("t-1", 0.5m)));

    [Fact]
    public void Fill_twice_in_one_report_is_recorded_once() => Then(
        When(Report(VenueOrderState.PartiallyFilled, 0.5m, Fill("t-1", 0.5m), Fill("t-1", 0.5m)), Intended, Sent, Accepted),
        Filled("t-1", 0.5m));

    [Fact]
    public void Last_fill_closes_the_order() => Then(
        When(Report(VenueOrderState.Filled, 2, Fill("t-2", 1.5m)), Intended, Sent, Accepted, Filled("t-1", 0.5m)),
        Filled("t-2", 1.5m), AllFilled);

    [Fact]
    public void Fills_that_add_up_close_the_order_whatever_state_the_report_names() => Then(
        When(Report(VenueOrderState.PartiallyFilled, 0.5m, Fill("t-1", 0.5m)), Intended, Sent, Accepted, Filled("t-2", 1.5m)),
        Filled("t-1", 0.5m), AllFilled);

    [Fact]
    public void Filled_order_whose_fills_are_still_missing_is_closed_but_not_settled()
    {
        Then(When(Report(VenueOrderState.Filled, 2), Intended, Sent, Accepted), AllFilled);
        Assert.False(Given(Intended, Sent, Accepted, AllFilled).IsSettled);
        Assert.True(Given(Intended, Sent, Accepted, AllFilled, Filled("t-1", 2)).IsSettled);
    }

    [Fact]
    public void Fill_beyond_what_was_asked_is_refused() => ThenRefused(
        When(Report(VenueOrderState.Filled, 2, Fill("t-2", 1.6m)), Intended, Sent, Accepted, Filled("t-1", 0.5m)), "overfill");

    [Fact]
    public void Fill_beyond_the_quote_quantity_is_refused()
    {
        var byQuote = Intended with { Terms = Terms with { Type = OrderType.Market, Quantity = null, QuoteQuantity = Notional.From(50), LimitPrice = null } };

        ThenRefused(When(Report(VenueOrderState.Filled, 0.6m, Fill("t-1", 0.6m)), byQuote, Sent), "overfill");
        Then(
            When(Report(VenueOrderState.Filled, 0.4m, Fill("t-1", 0.4m)), byQuote, Sent),
            Accepted, Filled("t-1", 0.4m), new OrderFilled(Id, Quantity.From(0.4m), Noon));
    }

    [Fact]
    public void Fill_racing_a_cancel_still_counts()
    {
        Then(
            When(Report(VenueOrderState.PartiallyFilled, 0.5m, Fill("t-1", 0.5m)), Intended, Sent, Accepted, CancelRequested),
            Filled("t-1", 0.5m));
        Assert.Equal(OrderStatus.PendingCancel, Given(Intended, Sent, Accepted, CancelRequested, Filled("t-1", 0.5m)).Status);
    }

    [Fact]
    public void Order_filled_before_its_cancel_arrived_is_filled() => Then(
        When(Report(VenueOrderState.Filled, 2, Fill("t-1", 2)), Intended, Sent, Accepted, CancelRequested),
        Filled("t-1", 2), AllFilled);

    [Fact]
    public void Late_fill_of_a_canceled_order_is_recorded_and_leaves_it_canceled()
    {
        Then(
            When(Report(VenueOrderState.PartiallyFilled, 0.5m, Fill("t-1", 0.5m)), Intended, Sent, Accepted, Canceled),
            Filled("t-1", 0.5m));
        var order = Given(Intended, Sent, Accepted, Canceled, Filled("t-1", 0.5m));
        Assert.Equal((OrderStatus.Canceled, Quantity.From(0.5m)), (order.Status, order.CumulativeQuantity));
    }

    [Fact]
    public void Late_fill_of_an_expired_order_names_it_at_the_venue() => Then(
        When(
            Report(VenueOrderState.PartiallyFilled, 0.5m, Fill("t-1", 0.5m)),
            Intended, Sent, Doubted, new OrderExpired(Id, Quantity.Zero, "The venue never saw the order.", Noon)),
        Accepted, Filled("t-1", 0.5m));

    [Fact]
    public void Cancel_that_the_venue_confirms_closes_the_order() => Then(
        When(Report(VenueOrderState.Canceled, 0.5m), Intended, Sent, Accepted, CancelRequested, Filled("t-1", 0.5m)),
        Canceled with { CumulativeQuantity = Quantity.From(0.5m) });

    [Fact]
    public void Order_that_ends_by_its_own_terms_is_expired() => Then(
        When(Report(VenueOrderState.Expired, 0), Intended, Sent),
        Accepted, new OrderExpired(Id, Quantity.Zero, "Ended by its own terms.", Noon));

    [Fact]
    public void Order_that_the_venue_ended_is_expired_in_the_venues_words() => Then(
        When(Report(VenueOrderState.Expired, 0) with { Reason = "STP" }, Intended, Sent, Accepted),
        new OrderExpired(Id, Quantity.Zero, "STP", Noon));

    [Fact]
    public void Order_that_the_venue_reports_rejected_is_rejected() => Then(
        When(Report(VenueOrderState.Rejected, 0), Intended, Sent),
        new OrderRejected(Id, "rejected", "The venue gave no reason."));

    [Fact]
    public void Any_report_ends_the_doubt() => Then(
        When(Report(VenueOrderState.PartiallyFilled, 0.5m, Fill("t-1", 0.5m)), Intended, Sent, Doubted),
        new OrderResolved(Id, Evidence.Found, "The venue says PartiallyFilled."), Accepted, Filled("t-1", 0.5m));

    [Fact]
    public void Order_thought_absent_that_turns_up_is_working_and_not_sent_again()
    {
        Then(When(Report(VenueOrderState.New, 0), Intended, Sent, Doubted, NeverArrived), Accepted);
        Then(OrderDecider.Decide(new SendOrder(Id, Noon), Given(Intended, Sent, Doubted, NeverArrived, Accepted)));
    }

    [Theory]
    [InlineData(VenueOrderState.New)]
    [InlineData(VenueOrderState.Canceled)]
    [InlineData(VenueOrderState.Expired)]
    public void Report_of_what_is_known_changes_nothing(VenueOrderState state) =>
        Then(When(Report(state, 0), Intended, Sent, Accepted, Canceled));
}
