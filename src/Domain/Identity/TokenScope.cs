using Platform.Domain.Values;

namespace Platform.Domain.Identity;

/// <summary>
/// What a token may be used for at most. Every member is a ceiling: what the person has is asked anew at each request, and
/// the lower of the two counts.
/// </summary>
/// <param name="Pool">The only pool that it is good for; null: any that the person is a member of.</param>
/// <param name="PoolLevel">The ceiling in <paramref name="Pool"/>; without one it says nothing.</param>
/// <param name="PermissionVersion">The version of the grant that it was made from.</param>
public sealed record TokenScope(
    PlatformLevel Platform, PoolId? Pool, PoolLevel PoolLevel, Plan Plan, FeatureGroups Groups, long PermissionVersion)
{
    /// <summary>Whether nothing is allowed here that is not allowed there.</summary>
    public bool IsWithin(TokenScope parent) =>
        Platform <= parent.Platform
        && Plan <= parent.Plan
        && (Groups & ~parent.Groups) == FeatureGroups.None
        && PermissionVersion == parent.PermissionVersion
        && (parent.Pool is null || (Pool == parent.Pool && PoolLevel <= parent.PoolLevel));
}
