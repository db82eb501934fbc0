using System.Security.Claims;
using Marten;
using Microsoft.AspNetCore.Http.HttpResults;
using Platform.Api.Identity;
using Platform.Domain.Identity;
using Platform.Domain.Pools;
using Platform.Domain.Values;

namespace Platform.Api.Pools;

/// <summary>A pool that the caller may see.</summary>
public sealed record PoolResponse(PoolId PoolId, string Name, Asset ReportingAsset);

/// <summary>All pools that the caller may see.</summary>
public sealed record PoolList(IReadOnlyList<PoolResponse> Items);

/// <summary>What reads pools.</summary>
public static class PoolQueries
{
    // More than anybody is a member of.
    private const int PoolsMax = 500;

    extension(IEndpointRouteBuilder app)
    {
        public void MapPools() => app.MapGet("/v1/pools", ListAsync)
            .WithTags("Pools").WithSummary("The pools that you may see").Requires(AccountPermissions.ListPools);
    }

    private static async Task<Ok<PoolList>> ListAsync(ClaimsPrincipal caller, IDocumentStore store, CancellationToken cancellationToken)
    {
        var user = caller.UserId!.Value;
        await using var session = store.QuerySession();
        var memberships = await session.Query<Membership>()
            .Where(member => member.AnyTenant() && member.UserId == user && member.Level > PoolLevel.Outsider)
            .Take(PoolsMax).ToListAsync(cancellationToken);
        string[] tenants = [.. memberships.Select(member => member.PoolId.Tenant)];
        var pools = await session.Query<Pool>().Where(pool => pool.TenantIsOneOf(tenants))
            .OrderBy(pool => pool.Name).ToListAsync(cancellationToken);
        return TypedResults.Ok(new PoolList([.. pools.Select(pool => new PoolResponse(pool.Id, pool.Name, pool.ReportingAsset))]));
    }
}
