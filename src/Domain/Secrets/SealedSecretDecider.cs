using Platform.Domain.Values;

namespace Platform.Domain.Secrets;

/// <summary>Keep this envelope as the secret's next version.</summary>
public sealed record SealSecret(SecretAddress Address, int KeyVersion, EnvelopeDigest Digest);

/// <summary>Keep this envelope unless there is a value already.</summary>
public sealed record SealFirst(SecretAddress Address, int KeyVersion, EnvelopeDigest Digest);

/// <summary>Keep this envelope, of the same value, instead of the one of that version.</summary>
public sealed record ResealSecret(SecretAddress Address, int Version, int KeyVersion, EnvelopeDigest Digest);

/// <summary>Forget the value.</summary>
public sealed record DestroySecret(SecretAddress Address);

/// <summary>The rules of a secret: pure, one overload for each command.</summary>
public static class SealedSecretDecider
{
    public static Decision<SealedSecretEvent> Decide(SealSecret command, SealedSecret? secret) => new SecretSealed(
        SealedSecretId.For(command.Address), command.Address.Id, command.Address.Name,
        (secret?.SecretVersion ?? 0) + 1, command.KeyVersion, command.Digest);

    public static Decision<SealedSecretEvent> Decide(SealFirst command, SealedSecret? secret) => secret switch
    {
        { IsDestroyed: false } => Decision<SealedSecretEvent>.Nothing,
        _ => Decide(new SealSecret(command.Address, command.KeyVersion, command.Digest), secret),
    };

    public static Decision<SealedSecretEvent> Decide(ResealSecret command, SealedSecret? secret) => secret switch
    {
        null or { IsDestroyed: true } => Refusal.NotFound,
        _ when secret.SecretVersion != command.Version => new Refusal("secret_changed", "The secret has another value by now."),
        _ when secret.KeyVersion >= command.KeyVersion => Decision<SealedSecretEvent>.Nothing,
        _ => new SecretResealed(
            secret.Id, command.Address.Id, command.Address.Name, secret.SecretVersion, command.KeyVersion, command.Digest),
    };

    public static Decision<SealedSecretEvent> Decide(DestroySecret command, SealedSecret? secret) => secret switch
    {
        null or { IsDestroyed: true } => Refusal.NotFound,
        _ => new SecretDestroyed(secret.Id, command.Address.Id, command.Address.Name, secret.SecretVersion),
    };
}
