using Platform.Domain.Identity;
using Platform.Domain.Values;

namespace Platform.Projections.Identity;

/// <summary>
/// What an API key is checked by, as long as it lives: a document, for a secret's trace must be destroyable. A revoked key
/// has none.
/// </summary>
/// <param name="Label">What its owner calls it.</param>
/// <param name="UserId">Who made it; the owner when there is no pool.</param>
/// <param name="PoolId">The pool that owns the key; null when the user does.</param>
/// <param name="SecretHash">HMAC-SHA256 of the secret under the pepper, base64.</param>
/// <param name="PepperVersion">Of which pepper.</param>
/// <param name="Networks">From where it may be used (CIDR); empty: from anywhere.</param>
/// <param name="LastUsedAt">To the hour; null: never.</param>
public sealed record ApiKeyCredential(
    ApiKeyId Id, ApiKeyName Name, string Label, UserId UserId, PoolId? PoolId, FeatureGroups Groups, string SecretHash,
    int PepperVersion, IReadOnlyList<string> Networks, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt, DateTimeOffset? LastUsedAt);
