namespace Platform.Domain.Secrets;

/// <summary>What the rules of a secret read: which envelope is its present one.</summary>
/// <param name="SecretVersion">Counts the values. Not "Version", which the store takes for the number of events.</param>
/// <param name="Digest">Null when it was destroyed.</param>
public sealed record SealedSecret(SealedSecretId Id, int SecretVersion, int KeyVersion, EnvelopeDigest? Digest)
{
    public bool IsDestroyed => Digest is null;

    public static SealedSecret? Evolve(SealedSecret? secret, SealedSecretEvent happened) => (secret, happened) switch
    {
        (_, SecretSealed e) => new(e.SealedSecretId, e.Version, e.KeyVersion, e.Digest),
        (not null, SecretResealed e) => secret with { KeyVersion = e.KeyVersion, Digest = e.Digest },
        (not null, SecretDestroyed) => secret with { Digest = null },
        _ => secret,
    };
}
