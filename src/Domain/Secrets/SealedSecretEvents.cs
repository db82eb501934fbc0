namespace Platform.Domain.Secrets;

/// <summary>The facts of one secret through all its versions; never anything of what it is. Closed: every case is in this file.</summary>
public abstract record SealedSecretEvent
{
    private protected SealedSecretEvent() { }
}

/// <summary>A value was sealed; the one before it is gone.</summary>
/// <param name="Version">1 for the first, then counted on, also past a destruction.</param>
/// <param name="KeyVersion">Of the data key.</param>
public sealed record SecretSealed(
    SealedSecretId SealedSecretId, SecretId SecretId, SecretName Name, int Version, int KeyVersion, EnvelopeDigest Digest)
    : SealedSecretEvent;

/// <summary>The same value was sealed anew by another data key.</summary>
public sealed record SecretResealed(
    SealedSecretId SealedSecretId, SecretId SecretId, SecretName Name, int Version, int KeyVersion, EnvelopeDigest Digest)
    : SealedSecretEvent;

/// <summary>The value is gone for good: no key opens what is no more.</summary>
/// <param name="Version">The last it had.</param>
public sealed record SecretDestroyed(SealedSecretId SealedSecretId, SecretId SecretId, SecretName Name, int Version)
    : SealedSecretEvent;
