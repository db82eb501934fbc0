using Marten;
using Platform.Domain.Identity;
using Platform.Domain.Values;
using Platform.Projections.Trading;
using Platform.Workers.Realtime;

namespace Platform.Api.Trading;

/// <summary><c>trades/{poolId}</c>: a pool's trades in order; its sequence is the trade's own number, so nothing is ever missed.</summary>
public sealed class TradesTopic(IDocumentStore store) : INumberedLog
{
    public const string FamilyName = "trades";

    private const int LatestMax = 50;

    public string Name => FamilyName;

    public Permission Permission => PoolPermissions.ReadTrading;

    public async ValueTask<TopicSnapshot?> SnapshotAsync(string entity, CancellationToken cancellationToken)
    {
        if (!Guid.TryParse(entity, out var pool))
            return null;

        await using var session = store.QuerySession(PoolId.From(pool).Tenant);
        var latest = await session.Query<Trade>().OrderByDescending(trade => trade.Number).Take(LatestMax)
            .ToListAsync(cancellationToken);
        return new(latest.Reverse().Select(TradeResponse.Of).ToList(), latest is [var newest, ..] ? newest.Number : 0);
    }

    public async ValueTask<IReadOnlyList<NumberedRow>> MissedAsync(
        string entity, long from, int limit, CancellationToken cancellationToken)
    {
        if (!Guid.TryParse(entity, out var pool))
            return [];

        await using var session = store.QuerySession(PoolId.From(pool).Tenant);
        var rows = await session.Query<Trade>().Where(trade => trade.Number >= from).OrderBy(trade => trade.Number).Take(limit)
            .ToListAsync(cancellationToken);
        return [.. rows.Select(trade => new NumberedRow(trade.Number, TradeResponse.Of(trade)))];
    }
}
