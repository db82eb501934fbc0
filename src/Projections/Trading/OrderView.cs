using JasperFx.Events;
using Marten.Events.Aggregation;
using Platform.Domain.Trading;
using Platform.Domain.Values;

namespace Platform.Projections.Trading;

/// <summary>One row of the order blotter: the order as its rules see it, and what only a screen needs.</summary>
/// <param name="IsSettled">Closed, and every fill that the venue counted is known.</param>
/// <param name="Fees">Sum of fees by asset.</param>
/// <param name="Reason">Why it was denied, rejected or expired, or is in doubt; null while there is nothing to say.</param>
/// <param name="ClosedAt">Null while the order is open.</param>
/// <param name="Sequence">Of the last event that this row has seen.</param>
public sealed record OrderView(
    OrderId Id, Order State, bool IsOpen, bool IsSettled, IReadOnlyList<Money> Fees, string? Reason,
    DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, DateTimeOffset? ClosedAt, long Sequence);

/// <summary>Folds an order's stream into its row.</summary>
public sealed class OrderViewProjection : SingleStreamProjection<OrderView, OrderId>
{
    public OrderViewProjection() => Name = nameof(OrderView);

    public override OrderView? Evolve(OrderView? snapshot, OrderId id, IEvent e)
    {
        if (e.Data is not OrderEvent happened || Order.Evolve(snapshot?.State, happened) is not { } state)
            return snapshot;

        return new(
            id, state, state.IsOpen, state.IsSettled, FeesAfter(snapshot, happened), ReasonAfter(snapshot, happened),
            snapshot?.CreatedAt ?? e.Timestamp, e.Timestamp,
            state.IsOpen ? null : snapshot?.ClosedAt ?? e.Timestamp,
            e.Sequence);
    }

    private static IReadOnlyList<Money> FeesAfter(OrderView? row, OrderEvent happened)
    {
        var fees = row?.Fees ?? [];
        if (happened is not FillRecorded { Fill.Fee: { Amount: not 0 } fee })
            return fees;

        var before = fees.FirstOrDefault(paid => paid.Asset == fee.Asset, fee with { Amount = 0 });
        return [.. fees.Where(paid => paid.Asset != fee.Asset), fee with { Amount = before.Amount + fee.Amount }];
    }

    private static string? ReasonAfter(OrderView? row, OrderEvent happened) => happened switch
    {
        OrderDenied e => e.Reason,
        OrderRejected e => e.Reason,
        OrderExpired e => e.Reason,
        OrderCancelRefused e => e.Reason,
        OrderDoubted e => e.Detail,
        OrderResolved or OrderCanceled or OrderFilled => null,
        _ => row?.Reason,
    };
}
