using Marten;
using Platform.Domain.Identity;

namespace Platform.Workers.Identity;

/// <summary>What a person's own tokens are good for at most, as of now.</summary>
public static class UserScopes
{
    extension(IQuerySession session)
    {
        /// <summary>Null: there is no such person, or no more.</summary>
        public async Task<TokenScope?> ScopeOfAsync(UserId id, CancellationToken cancellationToken) =>
            await session.LoadAsync<User>(id, cancellationToken) is { IsDeleted: false } user
                ? new(user.Level, Pool: null, PoolLevel.Outsider, user.Plan, FeatureGroups.Everything, PermissionVersion: 0)
                : null;
    }
}
