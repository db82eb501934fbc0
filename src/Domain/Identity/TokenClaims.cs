using System.Text.Json.Serialization;
using Platform.Domain.Values;

namespace Platform.Domain.Identity;

/// <summary>What a token says, as it is signed: short names, times in milliseconds since 1970 UTC, absent members left out.</summary>
public sealed record TokenClaims
{
    /// <summary>The only version so far; another one may bring another signature.</summary>
    public const int VersionNow = 1;

    [JsonPropertyName("v")]
    public required int Version { get; init; }

    [JsonPropertyName("tier")]
    public required TokenTier Tier { get; init; }

    /// <summary>The cluster that issued it.</summary>
    [JsonPropertyName("iss")]
    public required string Issuer { get; init; }

    /// <summary>Who may take it; exactly these.</summary>
    [JsonPropertyName("aud")]
    public required IReadOnlyList<string> Audience { get; init; }

    [JsonPropertyName("sub")]
    public required UserId UserId { get; init; }

    [JsonPropertyName("sid")]
    public required SessionId SessionId { get; init; }

    [JsonPropertyName("jti")]
    public required Guid TokenId { get; init; }

    /// <summary>Behind every barrier that stood before it, which may be a moment ahead of the clock.</summary>
    [JsonPropertyName("iat")]
    public required long IssuedAt { get; init; }

    [JsonPropertyName("nbf")]
    public required long NotBefore { get; init; }

    [JsonPropertyName("exp")]
    public required long ExpiresAt { get; init; }

    /// <summary>The end of the whole lineage: no renewal goes past it.</summary>
    [JsonPropertyName("max")]
    public required long LineageEndsAt { get; init; }

    /// <summary>How often the lineage was renewed before.</summary>
    [JsonPropertyName("gen")]
    public required int Generation { get; init; }

    /// <summary>The token that the lineage was made from; null for a sign-in.</summary>
    [JsonPropertyName("par")]
    public Guid? Parent { get; init; }

    /// <summary>What its renewals have in common; null where the session itself is that.</summary>
    [JsonPropertyName("lin")]
    public Guid? Lineage { get; init; }

    [JsonPropertyName("pl")]
    public required PlatformLevel PlatformLevel { get; init; }

    [JsonPropertyName("pool")]
    public PoolId? PoolId { get; init; }

    [JsonPropertyName("ql")]
    public PoolLevel PoolLevel { get; init; }

    [JsonPropertyName("plan")]
    public required Plan Plan { get; init; }

    [JsonPropertyName("scp")]
    public required FeatureGroups Groups { get; init; }

    [JsonPropertyName("pv")]
    public required long PermissionVersion { get; init; }

    /// <summary>SHA-256 of the holder's certificate, base64url (RFC 8705 3.1, <c>x5t#S256</c>); null: whoever has it.</summary>
    [JsonPropertyName("cnf")]
    public string? Holder { get; init; }

    /// <summary>The keyed hash of the network it was issued to; null: it may travel.</summary>
    [JsonPropertyName("iph")]
    public Guid? Network { get; init; }

    [JsonPropertyName("amr")]
    public required ProofMethods Methods { get; init; }

    /// <summary>When the person last did.</summary>
    [JsonPropertyName("aat")]
    public required long StrongAt { get; init; }

    /// <summary>The one operation of a danger token.</summary>
    [JsonPropertyName("op")]
    public string? Operation { get; init; }

    /// <summary>The one thing that it is done to.</summary>
    [JsonPropertyName("res")]
    public string? Resource { get; init; }

    /// <summary>SHA-256 over the canonical form of what the person saw, base64url.</summary>
    [JsonPropertyName("pdg")]
    public string? PayloadDigest { get; init; }

    /// <summary>The events by which others agreed; null: nobody had to.</summary>
    [JsonPropertyName("apr")]
    public IReadOnlyList<Guid>? Approvals { get; init; }

    /// <summary>32 random bytes, base64url.</summary>
    [JsonPropertyName("nce")]
    public string? Nonce { get; init; }

    [JsonIgnore]
    public TokenScope Scope => new(PlatformLevel, PoolId, PoolLevel, Plan, Groups, PermissionVersion);
}
