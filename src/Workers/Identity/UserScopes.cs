using Marten;
using Platform.Domain.Identity;
using Platform.Projections.Identity;

namespace Platform.Workers.Identity;

/// <summary>What a person's own tokens are good for at most, as of now.</summary>
public static class UserScopes
{
    extension(IQuerySession session)
    {
        /// <summary>Null: there is no such person, or no more.</summary>
        public async Task<TokenScope?> ScopeOfAsync(UserId user, CancellationToken cancellationToken) =>
            await session.LoadAsync<UserAccount>(user, cancellationToken) is null
                ? null
                : new(PlatformLevel.Member, Pool: null, PoolLevel.Outsider, Plan.Free, FeatureGroups.Everything, PermissionVersion: 0);
    }
}
