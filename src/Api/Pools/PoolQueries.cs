using System.Security.Claims;
using Marten;
using Platform.Api.Identity;
using Platform.Api.Lists;
using Platform.Domain.Pools;
using Platform.Domain.Values;

namespace Platform.Api.Pools;

/// <summary>A pool that the caller may see.</summary>
public sealed record PoolResponse(PoolId PoolId, string Name, Asset ReportingAsset);

/// <summary>What reads pools.</summary>
public static class PoolQueries
{
    extension(IEndpointRouteBuilder app)
    {
        public void MapPools() => app.MapGet("/v1/pools", ListAsync)
            .WithTags("Pools").WithSummary("The pools that you may see").Lists(PoolLists.Pools).RequireAuthorization();
    }

    private static async Task<ListAnswer<PoolResponse>> ListAsync(
        ListQuery asked, ClaimsPrincipal caller, PoolAccess access, IDocumentStore store, CancellationToken cancellationToken)
    {
        var user = await access.UserAsync(caller, cancellationToken);
        string[] tenants = [.. user?.Pools.Select(pool => pool.Tenant) ?? []];
        await using var session = store.QuerySession();
        var pools = await session.Query<Pool>().Where(pool => pool.TenantIsOneOf(tenants)).ToListAsync(cancellationToken);
        return new(PoolLists.Pools, asked, new MemorySource<PoolResponse>(
            [.. pools.Select(pool => new PoolResponse(pool.Id, pool.Name, pool.ReportingAsset))]));
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
    ]);
}
