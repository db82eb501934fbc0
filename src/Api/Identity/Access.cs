using System.Security.Claims;
using Marten;
using Platform.Domain.Identity;
using Platform.Domain.Values;

namespace Platform.Api.Identity;

/// <summary>What callers may, asked anew each time: a right that is taken away is gone at once.</summary>
public sealed class Access(IDocumentStore store)
{
    // A program trades for its pool; it manages nobody and nothing.
    private const PoolLevel PoolKeyLevel = PoolLevel.Trader;

    private static readonly AccessRequest Nobody = new(PlatformLevel.None, PoolLevel.Outsider, Plan.Free, TokenTier.None, FeatureGroups.None);

    /// <param name="pool">The pool that it is about; null when it is about none.</param>
    public async ValueTask<AccessDecision> DecideAsync(
        ClaimsPrincipal caller, Permission permission, PoolId? pool, CancellationToken cancellationToken) =>
        PermissionMatrix.Decide(permission, await RequestAsync(caller, permission, pool, cancellationToken));

    private async ValueTask<AccessRequest> RequestAsync(
        ClaimsPrincipal caller, Permission permission, PoolId? pool, CancellationToken cancellationToken)
    {
        // Nothing that everybody may is worth asking the database who it is.
        if (permission.Tier is TokenTier.None)
            return Nobody;
        if (caller.OwnPool is { } own)
            return new(PlatformLevel.Member, pool == own ? PoolKeyLevel : PoolLevel.Outsider, Plan.Free, TokenTier.Outer, caller.Scopes);
        if (caller.UserId is not { } id)
            return Nobody;

        await using var session = store.QuerySession();
        if (await session.LoadAsync<User>(id, cancellationToken) is not { IsDeleted: false } user)
            return Nobody;

        return new(
            user.Level, await PoolLevelAsync(id, permission, pool, cancellationToken), user.Plan, TokenTier.Outer, caller.Scopes);
    }

    private async ValueTask<PoolLevel> PoolLevelAsync(
        UserId user, Permission permission, PoolId? pool, CancellationToken cancellationToken)
    {
        if (!permission.IsPooled || pool is not { } asked)
            return PoolLevel.Outsider;

        await using var session = store.QuerySession(asked.Tenant);
        return await session.LoadAsync<Membership>(MembershipId.For(asked, user), cancellationToken) is { } member
            ? member.Level
            : PoolLevel.Outsider;
    }
}
