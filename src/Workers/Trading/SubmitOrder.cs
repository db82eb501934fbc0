using Marten;
using Platform.Domain.Markets.Registry;
using Platform.Domain.Trading;
using Platform.Workers.Markets;
using Platform.Workers.Markets.Registry;
using Wolverine;

namespace Platform.Workers.Trading;

/// <summary>
/// Takes an order to its venue. That it is being sent is committed before the call: whoever runs this again after a
/// crash sees it, and the venue is asked instead of getting a second order.
/// </summary>
public static class SubmitOrderHandler
{
    // While the database restarts; after that the reconciler brings the order back.
    private static readonly TimeSpan GatePatience = TimeSpan.FromSeconds(5);

    /// <summary>Outside any transaction: a slow venue holds no lock. Null when there is nothing to send.</summary>
    public static async Task<VenueReply?> LoadAsync(
        SubmitOrder message, Envelope envelope, IDocumentStore store, OrderEntry entry, KillSwitches switches, TimeProvider time,
        CancellationToken cancellationToken)
    {
        await using var session = store.LightweightSession(envelope.TenantId!);
        (session.CorrelationId, session.CausationId) = (envelope.CorrelationId, envelope.Id.ToString());
        session.LastModifiedBy = envelope.UserName;
        var stream = await session.Events.FetchForWriting<Order>(message.OrderId.Value, cancellationToken);
        var order = stream.Aggregate ?? throw new OrderMissingException(message.OrderId.Value);
        // What may not leave is not recorded as sent; between this and the call the gate is asked once more.
        if (await switches.AskAsync(order.VenueId, VenueActivity.Trade, GatePatience, cancellationToken) is VenueGate.Open
            && OrderDecider.Decide(new SendOrder(order.Id, time.GetUtcNow()), order).Recorded() is [OrderSent sent])
        {
            stream.AppendOne(sent);
            await session.SaveChangesAsync(cancellationToken);
            return await entry.SubmitAsync(Order.Evolve(order, sent)!, cancellationToken);
        }

        return order is { Lifecycle: Lifecycle.Sent, VenueOrderId: null }
            ? new VenueReply.Unknown(DoubtCause.Interrupted, "The platform stopped before an answer was recorded.")
            : null;
    }

    public static async Task<OutgoingMessages> HandleAsync(
        SubmitOrder message, VenueReply? reply, IDocumentSession session, MarketBoard board, KillSwitches switches, TimeProvider time,
        CancellationToken cancellationToken)
    {
        var file = await OrderFile.OpenAsync(session, message.AccountId, message.OrderId, board, cancellationToken);
        var order = file.Order ?? throw new OrderMissingException(message.OrderId.Value);
        var closed = switches.IsKilled(order.VenueId, VenueActivity.Trade) ? VenueKill.TradingKilled : null;
        var events = reply is null
            ? OrderDecider.Decide(new SendOrder(order.Id, time.GetUtcNow(), closed), order).Recorded()
            : OrderDecider.Decide(reply, order).Recorded();
        // Denied here, or answered; what is to be sent is sent above and nowhere else.
        file.Append([.. events.Where(happened => happened is not OrderSent)]);
        return reply is VenueReply.Reported { Report: var report } ? FollowUp.For(file.Order, report) : FollowUp.For(file.Order);
    }
}
