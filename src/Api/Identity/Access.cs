using System.Security.Claims;
using Marten;
using Platform.Domain.Identity;
using Platform.Domain.Values;

namespace Platform.Api.Identity;

/// <summary>
/// What callers may, asked anew each time: a right that is taken away is gone at once. What the credential says is a ceiling.
/// </summary>
public sealed class Access(IDocumentStore store)
{
    // A program trades for its pool; it manages nobody and nothing.
    private const PoolLevel PoolKeyLevel = PoolLevel.Trader;

    // A plan is a person's; nobody pays for a pool.
    private const Plan PoolKeyPlan = Plan.Free;

    private static readonly AccessRequest Nobody = new(PlatformLevel.None, PoolLevel.Outsider, Plan.Free, TokenTier.None, FeatureGroups.None);

    /// <param name="pool">The pool that it is about; null when it is about none.</param>
    /// <param name="tier">The strongest token that the caller brought; for nobody it counts for nothing.</param>
    /// <param name="target">The higher of the level that a member has and the one to be given; null when none is.</param>
    public async ValueTask<AccessDecision> DecideAsync(
        ClaimsPrincipal caller, Permission permission, PoolId? pool, TokenTier tier, CancellationToken cancellationToken,
        PoolLevel? target = null) =>
        PermissionMatrix.Decide(permission, await RequestAsync(caller, permission, pool, tier, cancellationToken) with { Target = target });

    private async ValueTask<AccessRequest> RequestAsync(
        ClaimsPrincipal caller, Permission permission, PoolId? pool, TokenTier tier, CancellationToken cancellationToken)
    {
        // Nothing that everybody may is worth asking the database who it is.
        if (permission.Tier is TokenTier.None || caller.Scope is not { } scope)
            return Nobody;
        if (caller.OwnPool is { } own)
            return new(scope.Platform, pool == own ? PoolKeyLevel : PoolLevel.Outsider, PoolKeyPlan, TokenTier.Outer, scope.Groups);
        if (caller.UserId is not { } id)
            return Nobody;

        await using var session = store.QuerySession();
        if (await session.LoadAsync<User>(id, cancellationToken) is not { IsDeleted: false } user)
            return Nobody;

        var poolLevel = await PoolLevelAsync(id, permission, pool, scope, cancellationToken);
        return new(Lower(user.Level, scope.Platform), poolLevel, Lower(user.Plan, scope.Plan), tier, scope.Groups);
    }

    private async ValueTask<PoolLevel> PoolLevelAsync(
        UserId user, Permission permission, PoolId? pool, TokenScope scope, CancellationToken cancellationToken)
    {
        if (!permission.IsPooled || pool is not { } asked || (scope.Pool ?? asked) != asked)
            return PoolLevel.Outsider;

        await using var session = store.QuerySession(asked.Tenant);
        var level = await session.LoadAsync<Membership>(MembershipId.For(asked, user), cancellationToken) is { } member
            ? member.Level
            : PoolLevel.Outsider;
        return scope.Pool is null ? level : Lower(level, scope.PoolLevel);
    }

    private static T Lower<T>(T one, T other) where T : struct, Enum => Comparer<T>.Default.Compare(one, other) <= 0 ? one : other;
}
