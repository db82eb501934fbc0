using Marten;
using Platform.Domain.Trading;
using Platform.Projections;
using Platform.Projections.Trading;

namespace Platform.Workers.Trading;

/// <summary>Finds orders across pools, for what serves them all.</summary>
public sealed class OpenOrders(IDocumentStore store)
{
    /// <summary>So many are looked after in one round; the rest has its turn in the next.</summary>
    public const int PageMax = 500;

    /// <summary>Orders that are open or lack fills, longest untouched first.</summary>
    public async Task<IReadOnlyList<OrderView>> UnsettledAsync(CancellationToken cancellationToken)
    {
        await using var session = store.QuerySession();
        return await session.Query<OrderView>()
            .Where(view => view.AnyTenant() && !view.IsSettled)
            .OrderBy(view => view.UpdatedAt).Take(PageMax).ToListAsync(cancellationToken);
    }

    /// <summary>The order of that client order id, as of now; null when it is none of ours.</summary>
    public async Task<Order?> FindAsync(ClientOrderId clientOrderId, CancellationToken cancellationToken)
    {
        if (clientOrderId.OrderId is not { } orderId)
            return null;

        await using var anywhere = store.QuerySession();
        var tenants = await anywhere.AdvancedSql.QueryAsync<string>(
            $"select tenant_id from {PlatformStore.Schema}.mt_streams where id = ?", cancellationToken, orderId.Value);
        if (tenants is not [var tenant])
            return null;

        await using var session = store.QuerySession(tenant);
        return await session.Events.AggregateStreamAsync<Order>(orderId.Value, token: cancellationToken);
    }
}
