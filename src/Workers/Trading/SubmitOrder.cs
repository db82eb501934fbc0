using Marten;
using Platform.Domain.Trading;
using Platform.Workers.Markets;
using Wolverine;

namespace Platform.Workers.Trading;

/// <summary>
/// Takes an order to its venue. That it is being sent is committed before the call: whoever runs this again after a
/// crash sees it, and the venue is asked instead of getting a second order.
/// </summary>
public static class SubmitOrderHandler
{
    /// <summary>Outside any transaction: a slow venue holds no lock. Null when there is nothing to send.</summary>
    public static async Task<VenueReply?> LoadAsync(
        SubmitOrder message, Envelope envelope, IDocumentStore store, OrderEntry entry, TimeProvider time,
        CancellationToken cancellationToken)
    {
        await using var session = store.LightweightSession(envelope.TenantId!);
        (session.CorrelationId, session.CausationId) = (envelope.CorrelationId, envelope.Id.ToString());
        session.LastModifiedBy = envelope.UserName;
        var stream = await session.Events.FetchForWriting<Order>(message.OrderId.Value, cancellationToken);
        var order = stream.Aggregate ?? throw new OrderMissingException(message.OrderId.Value);
        if (OrderDecider.Decide(new SendOrder(order.Id, time.GetUtcNow()), order).Recorded() is [OrderSent sent])
        {
            stream.AppendOne(sent);
            await session.SaveChangesAsync(cancellationToken);
            return await entry.SubmitAsync(order, cancellationToken);
        }

        return order is { Lifecycle: Lifecycle.Sent, VenueOrderId: null }
            ? new VenueReply.Unknown(DoubtCause.Interrupted, "The platform stopped before an answer was recorded.")
            : null;
    }

    public static async Task<OutgoingMessages> HandleAsync(
        SubmitOrder message, VenueReply? reply, IDocumentSession session, MarketBoard board, TimeProvider time,
        CancellationToken cancellationToken)
    {
        var file = await OrderFile.OpenAsync(session, message.AccountId, message.OrderId, board, cancellationToken);
        var order = file.Order ?? throw new OrderMissingException(message.OrderId.Value);
        var events = reply is null
            ? OrderDecider.Decide(new SendOrder(order.Id, time.GetUtcNow()), order).Recorded()
            : OrderDecider.Decide(reply, order).Recorded();
        // Denied here, or answered; what is to be sent is sent above and nowhere else.
        file.Append([.. events.Where(happened => happened is not OrderSent)]);
        return reply is VenueReply.Reported { Report: var report } ? FollowUp.For(file.Order, report) : FollowUp.For(file.Order);
    }
}
