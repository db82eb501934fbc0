using Marten;
using Platform.Domain.Identity;
using Platform.Domain.Values;
using Platform.Projections;
using Platform.Projections.Trading;
using Platform.Workers.Realtime;

namespace Platform.Api.Trading;

/// <summary><c>orders/{poolId}</c>: a pool's orders as they change, each row whole.</summary>
public sealed class OrdersTopic(IDocumentStore store) : ITopicFamily
{
    public const string FamilyName = "orders";

    // A blotter shows what is open and what just ended; the rest is paged over REST.
    private const int OpenMax = 500;
    private const int ClosedMax = 50;

    public string Name => FamilyName;

    public Permission Permission => PoolPermissions.ReadTrading;

    public TopicShape Shape => TopicShape.Keyed;

    public async ValueTask<TopicSnapshot?> SnapshotAsync(string entity, CancellationToken cancellationToken)
    {
        if (!Guid.TryParse(entity, out var pool))
            return null;

        await using var session = store.QuerySession(PoolId.From(pool).Tenant);
        // Read first: rows read later can only show more than that, which their own deltas repeat.
        var progress = await session.ProgressOfAsync(TradingStore.ReadModels, cancellationToken);
        var open = await session.Query<OrderView>().Where(view => view.IsOpen)
            .OrderByDescending(view => view.CreatedAt).Take(OpenMax).ToListAsync(cancellationToken);
        var closed = await session.Query<OrderView>().Where(view => !view.IsOpen)
            .OrderByDescending(view => view.CreatedAt).Take(ClosedMax).ToListAsync(cancellationToken);
        return new(open.Concat(closed).DistinctBy(view => view.Id).Select(OrderResponse.Of).ToList(), progress);
    }
}
