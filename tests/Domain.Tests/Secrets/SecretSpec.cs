using System.Security.Cryptography;
using Platform.Domain.Secrets;
using Platform.Domain.Values;

namespace Platform.Domain.Tests.Secrets;

/// <summary>One secret, and a ring of two data keys as bare as can be.</summary>
public abstract class SecretSpec
{
    protected static readonly PoolId Pool = PoolId.From(new("0199f2b0-0000-7000-8000-000000000001"));

    protected static readonly SecretAddress Address = new(Pool, SecretId.From("venue.paper"), SecretName.From("credentials"));

    protected static readonly KeyRingId Ring = KeyRingId.For("secrets");

    protected static readonly KekId Kek = KekId.From("0123456789abcdef");

    protected static readonly DateTimeOffset Noon = new(2026, 1, 2, 12, 0, 0, TimeSpan.Zero);

    protected static EnvelopeDigest Digest(char digit) => EnvelopeDigest.From(new(digit, 64));

    protected static byte[] Seal(SecretAddress address, ReadOnlySpan<byte> plaintext, int keyVersion = 1) =>
        Envelope.Seal(address, keyVersion, plaintext, Derive, RandomNumberGenerator.Fill);

    protected static (SecretFault? Fault, byte[] Plaintext) Open(SecretAddress address, ReadOnlySpan<byte> envelope)
    {
        var plaintext = new byte[Envelope.PlaintextBytesOf(envelope)];
        plaintext.AsSpan().Fill(0xEE);
        return (Envelope.Open(address, envelope, plaintext, Derive), plaintext);
    }

    // The data key of version n is n in all its bytes; there are two.
    protected static SecretFault? Derive(int keyVersion, ReadOnlySpan<byte> info, Span<byte> key)
    {
        Span<byte> dataKey = stackalloc byte[32];
        dataKey.Fill((byte)keyVersion);
        HKDF.DeriveKey(HashAlgorithmName.SHA256, dataKey, key, salt: [], info);
        return keyVersion is 1 or 2 ? null : SecretFault.KeyUnknown;
    }

    protected static void Then<TEvent>(Decision<TEvent> decision, params TEvent[] expected) =>
        Assert.Equal(expected, Assert.IsType<Decision<TEvent>.Accepted>(decision).Events);

    protected static void ThenRefused<TEvent>(Decision<TEvent> decision, string code) =>
        Assert.Equal(code, Assert.IsType<Decision<TEvent>.Refused>(decision).Refusal.Code);
}
