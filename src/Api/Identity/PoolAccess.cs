using System.Security.Claims;
using Marten;
using Platform.Domain.Values;
using Platform.Projections.Identity;

namespace Platform.Api.Identity;

/// <summary>Whose pools are whose, asked anew at every request: a right that is taken away is gone at once.</summary>
public sealed class PoolAccess(IDocumentStore store)
{
    /// <summary>Null when nobody is signed in, or the user is no more.</summary>
    public async Task<UserAccount?> UserAsync(ClaimsPrincipal caller, CancellationToken cancellationToken)
    {
        if (caller.UserId is not { } userId)
            return null;

        await using var session = store.QuerySession();
        return await session.LoadAsync<UserAccount>(userId, cancellationToken);
    }

    public async Task<bool> MayAsync(ClaimsPrincipal caller, PoolId pool, CancellationToken cancellationToken) =>
        await UserAsync(caller, cancellationToken) is { } user && user.Pools.Contains(pool);
}

public static class PoolAccessRoutes
{
    extension(RouteGroupBuilder group)
    {
        /// <summary>Every route of the group, which has a <c>poolId</c>; another's pool looks like none at all.</summary>
        public RouteGroupBuilder RequirePoolAccess() => group.RequireAuthorization().AddEndpointFilter(async (context, next) =>
        {
            var http = context.HttpContext;
            var access = http.RequestServices.GetRequiredService<PoolAccess>();
            return Guid.TryParse(http.GetRouteValue("poolId") as string, out var pool)
                && await access.MayAsync(http.User, PoolId.From(pool), http.RequestAborted)
                ? await next(context)
                : Problems.From(Refusal.NotFound);
        });
    }
}
