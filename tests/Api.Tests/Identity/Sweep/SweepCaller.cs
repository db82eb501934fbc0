using Platform.Api.Identity;
using Platform.Domain.Identity;

namespace Platform.Api.Tests.Identity.Sweep;

/// <summary>Somebody who asks for everything, and what the matrix has to be told of them.</summary>
/// <param name="Rights">With the level in the pool that is asked about.</param>
/// <param name="Unknown">What a request that is nobody's is told: with it the caller is nobody. Null: the caller is somebody.</param>
/// <param name="Bearer">The token; null: none.</param>
/// <param name="KeyName">What the partner's path names.</param>
internal sealed record SweepCaller(
    string Name, HttpClient Http, AccessRequest Rights, string? Unknown = null, string? Bearer = null, string? KeyName = null) : IDisposable
{
    /// <summary>How a request ends that gets past the permission gate.</summary>
    public const string Allowed = "allowed";

    private static readonly AccessRequest Nobody = new(PlatformLevel.None, PoolLevel.Outsider, Plan.Free, TokenTier.None, FeatureGroups.None);

    /// <summary>How whatever takes that permission must answer.</summary>
    public string Expected(Permission permission, TokenTier tier)
    {
        var pool = permission.IsPooled ? Rights.Pool : PoolLevel.Outsider;
        var asked = Unknown is null ? Rights with { Tier = tier, Pool = pool } : Nobody;
        return (PermissionMatrix.Decide(permission, asked), Unknown) switch
        {
            ({ IsAllowed: true }, _) => Allowed,
            (_, { } code) => $"401 {code}",
            ({ IsHidden: true }, _) => "404 not_found",
            ({ Denial: { } denial }, _) => $"403 {Denials.CodeOf(denial)}",
            _ => throw new InvalidOperationException("Neither allowed nor denied."),
        };
    }

    public void Dispose() => Http.Dispose();

    // A token prints as nothing.
    public override string ToString() => Name;
}
