using Platform.Domain.Identity;

namespace Platform.Projections.Identity;

/// <summary>What a passkey is checked by (WebAuthn Level 3, 4: credential record). A document: it dies with its user.</summary>
/// <param name="CredentialId">The authenticator's own name for it, base64url; unique.</param>
/// <param name="Label">What its owner calls it.</param>
/// <param name="PublicKey">COSE key, base64.</param>
/// <param name="SignCount">Grows with every use at authenticators that count; going back means a copy.</param>
/// <param name="LastUsedAt">Null: never since it was added.</param>
public sealed record PasskeyCredential(
    PasskeyId Id, UserId UserId, string CredentialId, string Label, string PublicKey, long SignCount, IReadOnlyList<string> Transports,
    bool IsUserVerified, bool IsBackupEligible, bool IsBackedUp, DateTimeOffset CreatedAt, DateTimeOffset? LastUsedAt);

/// <summary>What an authenticator was asked to sign, until it answers; each is answered once.</summary>
/// <param name="State">As the framework wrote it.</param>
public sealed record PasskeyChallenge(Guid Id, string State, DateTimeOffset ExpiresAt);
