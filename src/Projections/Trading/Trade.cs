using JasperFx.Events;
using Marten;
using Marten.Events.Projections;
using Platform.Domain.Trading;
using Platform.Domain.Values;

namespace Platform.Projections.Trading;

/// <summary>One row of the trade history; once written it never changes, which the database itself enforces.</summary>
/// <param name="Number">1, 2, ... without a gap within the pool's account.</param>
/// <param name="Sequence">Of the event that booked it.</param>
public sealed record Trade(
    ExecutionId Id, long Number, PoolId PoolId, AccountId AccountId, OrderId OrderId, Symbol Market, Side Side, Fill Fill, long Sequence);

/// <summary>Writes each booked fill once into the trade history.</summary>
public sealed partial class TradeProjection : EventProjection
{
    public TradeProjection() => Name = nameof(Trade);

    public static void Project(IEvent<FillBooked> e, IDocumentOperations operations) => operations.Insert(Of(e));

    /// <summary>The row that a booked fill becomes; its pool is the tenant that the event lies under.</summary>
    public static Trade Of(IEvent<FillBooked> e) => new(
        e.Data.Fill.ExecutionId, e.Data.TradeNumber, PoolId.From(Guid.Parse(e.TenantId)), e.Data.AccountId, e.Data.OrderId,
        e.Data.Symbol, e.Data.Side, e.Data.Fill, e.Sequence);
}
