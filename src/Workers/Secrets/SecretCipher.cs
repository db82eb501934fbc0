using System.Buffers.Text;
using Platform.Domain.Secrets;
using Platform.Projections.Secrets;

namespace Platform.Workers.Secrets;

/// <summary>A value as it was just sealed.</summary>
internal sealed record FreshEnvelope(byte[] Bytes, int KeyVersion)
{
    public EnvelopeDigest Digest => Envelope.DigestOf(Bytes);

    public SecretEnvelope Row(SecretAddress address, int version, DateTimeOffset at) =>
        new(SealedSecretId.For(address), address, version, KeyVersion, Base64Url.EncodeToString(Bytes), at);
}

/// <summary>Seals and opens by the data keys in memory.</summary>
internal sealed class SecretCipher(DataKeys keys, IvSource ivs)
{
    public FreshEnvelope Seal(SecretAddress address, ReadOnlySpan<byte> value)
    {
        var keyVersion = keys.Active;
        return new(Envelope.Seal(address, keyVersion, value, keys.Derive, ivs.Fill), keyVersion);
    }

    /// <param name="row">As it was found; trusted in nothing.</param>
    /// <param name="secret">What its events say.</param>
    /// <returns>Null when <paramref name="value"/> is what was sealed last at that address.</returns>
    public SecretFault? Open(
        SecretAddress address, SecretEnvelope? row, SealedSecret secret, out SecretBytes? value)
    {
        var envelope = Decode(row?.Sealed ?? string.Empty);
        value = SecretBytes.Empty(Envelope.PlaintextBytesOf(envelope));
        var fault = Envelope.Open(address, envelope, value.Span, keys.Derive);
        // Of this address, but is it the one sealed last?
        if (fault is null && Envelope.DigestOf(envelope) != secret.Digest)
            fault = SecretFault.RolledBack;
        if (fault is null)
            return null;

        value.Dispose();
        value = null;
        return fault;
    }

    private static byte[] Decode(string text)
    {
        try
        {
            return Base64Url.DecodeFromChars(text);
        }
        catch (FormatException)
        {
            return [];
        }
    }
}
