using System.Security.Claims;
using Marten;
using Platform.Api.Identity;
using Platform.Api.Lists;
using Platform.Domain.Identity;
using Platform.Domain.Pools;
using Platform.Domain.Values;

namespace Platform.Api.Pools;

/// <summary>A pool that the caller may see.</summary>
/// <param name="IsClosed">It can be read, and nothing happens in it any more.</param>
public sealed record PoolResponse(PoolId PoolId, string Name, Asset ReportingAsset, bool IsClosed);

/// <summary>What reads pools.</summary>
public static class PoolQueries
{
    // More than anybody is a member of.
    private const int PoolsMax = 500;

    extension(IEndpointRouteBuilder app)
    {
        public void MapPools() => app.MapGet("/v1/pools", ListAsync)
            .WithTags("Pools").WithSummary("The pools that you may see").Lists(PoolLists.Pools).Requires(AccountPermissions.ListPools);
    }

    private static async Task<ListAnswer<PoolResponse>> ListAsync(
        ListQuery asked, ClaimsPrincipal caller, IDocumentStore store, CancellationToken cancellationToken)
    {
        await using var session = store.QuerySession();
        string[] tenants = [.. (await MembershipsAsync(caller, session, cancellationToken)).Select(pool => pool.Tenant)];
        var pools = await session.Query<Pool>().Where(pool => pool.TenantIsOneOf(tenants)).ToListAsync(cancellationToken);
        return new(PoolLists.Pools, asked, new MemorySource<PoolResponse>(
            [.. pools.Select(pool => new PoolResponse(pool.Id, pool.Name, pool.ReportingAsset, pool.IsClosed))]));
    }

    // A pool's own key sees its pool and no other.
    private static async Task<IEnumerable<PoolId>> MembershipsAsync(
        ClaimsPrincipal caller, IQuerySession session, CancellationToken cancellationToken)
    {
        if (caller.OwnPool is { } own)
            return [own];

        var user = caller.UserId!.Value;
        var memberships = await session.Query<Membership>()
            .Where(member => member.AnyTenant() && member.UserId == user && member.Level != PoolLevel.Outsider)
            .Take(PoolsMax).ToListAsync(cancellationToken);
        return memberships.Select(member => member.PoolId);
    }
}

/// <summary>What can be asked of the lists of pools.</summary>
public static class PoolLists
{
    /// <summary>In memory: nobody is in more than a few hundred.</summary>
    public static ListOf<PoolResponse> Pools { get; } = new("pools", "poolId", "name",
    [
        Field<PoolResponse>.Uuid("poolId", pool => pool.PoolId.Value),
        Field<PoolResponse>.Text("name", pool => pool.Name) with { IsSortable = true, IsSearched = true },
        Field<PoolResponse>.Text("reportingAsset", pool => pool.ReportingAsset.Value),
        Field<PoolResponse>.Boolean("isClosed", pool => pool.IsClosed),
    ]);
}
