using Marten;
using Platform.Domain.Trading;
using Platform.Workers.Markets;
using Wolverine;

namespace Platform.Workers.Trading;

/// <summary>Takes a requested cancel to the venue. Repeating it is harmless: the venue cancels an order once.</summary>
public static class SubmitCancelHandler
{
    /// <summary>Null when there is nothing to cancel at the venue, or not yet: then the order's own answer leads here.</summary>
    public static async Task<VenueReply?> LoadAsync(
        SubmitCancel message, Envelope envelope, IDocumentStore store, OrderEntry entry, CancellationToken cancellationToken)
    {
        await using var session = store.QuerySession(envelope.TenantId!);
        var order = await session.Events.AggregateStreamAsync<Order>(message.OrderId.Value, token: cancellationToken);
        return order is { IsOpen: true, CancelPending: true, VenueOrderId: not null }
            ? await entry.CancelAsync(order, cancellationToken)
            : null;
    }

    public static async Task<OutgoingMessages> HandleAsync(
        SubmitCancel message, VenueReply? reply, IDocumentSession session, MarketBoard board, CancellationToken cancellationToken)
    {
        if (reply is null)
            return [];

        var file = await OrderFile.OpenAsync(session, message.AccountId, message.OrderId, board, cancellationToken);
        var order = file.Order ?? throw new OrderMissingException(message.OrderId.Value);
        file.Append(OrderDecider.Decide(new RecordCancelReply(order.Id, reply), order).Recorded());
        return reply switch
        {
            // "Unknown order" is no refusal: it was filled or canceled meanwhile, and the venue says which.
            VenueReply.Absent => [new AskVenue(message.AccountId, message.OrderId)],
            VenueReply.Reported { Report: var report } => FollowUp.For(file.Order, report),
            VenueReply.Unknown => [new AskVenue(message.AccountId, message.OrderId)],
            _ => [],
        };
    }
}
