using Platform.Domain.Trading;
using Wolverine;

namespace Platform.Workers.Trading;

/// <summary>What has to happen next to an order that the venue said something about; rides in the same commit.</summary>
internal static class FollowUp
{
    // Long enough for a late answer of the user stream to make the question needless.
    private static readonly TimeSpan DoubtPause = TimeSpan.FromMilliseconds(500);

    public static OutgoingMessages For(Order order) => order switch
    {
        // The venue proved that it never saw the order.
        { Lifecycle: Lifecycle.Intended, Attempt: > 0 } => [new SubmitOrder(order.AccountId, order.Id)],
        { IsOpen: true, Doubt: not null } => [new AskVenue(order.AccountId, order.Id).DelayedFor(DoubtPause)],
        { IsOpen: true, CancelPending: true, VenueOrderId: not null } => [new SubmitCancel(order.AccountId, order.Id)],
        { IsOpen: false, IsSettled: false } => [new AskVenue(order.AccountId, order.Id)],
        _ => [],
    };

    /// <summary>A report may count fills that nobody has told us of.</summary>
    public static OutgoingMessages For(Order order, VenueReport report) =>
        report.CumulativeQuantity > order.CumulativeQuantity ? [new AskVenue(order.AccountId, order.Id)] : For(order);
}
