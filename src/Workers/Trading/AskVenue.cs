using Marten;
using Microsoft.Extensions.Options;
using Platform.Domain.Trading;
using Platform.Workers.Markets;
using Wolverine;

namespace Platform.Workers.Trading;

/// <summary>What the venue said to a question.</summary>
/// <param name="AskedAt">Our clock before asking: what the venue did not know then it may learn later.</param>
public sealed record VenueWord(VenueReply Reply, DateTimeOffset AskedAt);

/// <summary>
/// Settles by the venue's own word what became of an order. It does not repeat itself: as long as an order is not
/// settled the reconciler comes back to it.
/// </summary>
public static class AskVenueHandler
{
    /// <summary>Null when nothing is open about the order.</summary>
    public static async Task<VenueWord?> LoadAsync(
        AskVenue message, Envelope envelope, IDocumentStore store, OrderEntry entry, TimeProvider time,
        CancellationToken cancellationToken)
    {
        await using var session = store.QuerySession(envelope.TenantId!);
        var order = await session.Events.AggregateStreamAsync<Order>(message.OrderId.Value, token: cancellationToken)
            ?? throw new OrderMissingException(message.OrderId.Value);
        if (order.IsSettled || order.Lifecycle is Lifecycle.Intended)
            return null;

        var askedAt = time.GetUtcNow();
        return new(await entry.AskAsync(order, cancellationToken), askedAt);
    }

    public static async Task<OutgoingMessages> HandleAsync(
        AskVenue message, VenueWord? word, IDocumentSession session, MarketBoard board, IOptions<TradingOptions> options,
        CancellationToken cancellationToken)
    {
        if (word is null)
            return [];

        var file = await OrderFile.OpenAsync(session, message.AccountId, message.OrderId, board, cancellationToken);
        var order = file.Order ?? throw new OrderMissingException(message.OrderId.Value);
        var absence = new RecordAbsence(order.Id, word.AskedAt, options.Value.ReceiveWindow, options.Value.SubmitPatience);
        var gone = word.Reply is VenueReply.Absent ? OrderDecider.Decide(absence, order).Recorded() : [];
        file.Append(gone.Count > 0 ? gone : OrderDecider.Decide(word.Reply, order).Recorded());
        return Next(file.Order);
    }

    // Only what the answer made possible; whoever is still in doubt waits for the reconciler's next round.
    private static OutgoingMessages Next(Order order) => order switch
    {
        { Lifecycle: Lifecycle.Intended } => [new SubmitOrder(order.AccountId, order.Id)],
        { IsOpen: true, Doubt: null, CancelPending: true, VenueOrderId: not null } => [new SubmitCancel(order.AccountId, order.Id)],
        _ => [],
    };
}
