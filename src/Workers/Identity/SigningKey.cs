using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using NSec.Cryptography;
using Platform.Domain.Identity;

namespace Platform.Workers.Identity;

/// <summary>One Ed25519 key of one tier. It signs from an instant on, until the next one does.</summary>
internal sealed class SigningKey : IDisposable
{
    private static readonly Ed25519 Algorithm = SignatureAlgorithm.Ed25519;

    private SigningKey(TokenTier tier, DateTimeOffset since, Key key)
    {
        (Tier, Since, Key) = (tier, since, key);
        Id = IdOf(key.PublicKey);
        Footer = JsonSerializer.SerializeToUtf8Bytes(new Footer(Id));
        FooterText = Base64Url.EncodeToString(Footer);
    }

    public TokenTier Tier { get; }

    public DateTimeOffset Since { get; }

    public Key Key { get; }

    /// <summary>PASERK <c>k4.pid</c>: follows from the public key, so that nobody can claim another's.</summary>
    public string Id { get; }

    /// <summary><c>{"kid":"…"}</c>, what every token of this key carries.</summary>
    public byte[] Footer { get; }

    /// <summary>The same as it stands in a token.</summary>
    public string FooterText { get; }

    /// <summary>PASERK id: BLAKE2b with 33 bytes over the header and the key's own PASERK.</summary>
    public static string IdOf(PublicKey key)
    {
        var paserk = $"k4.public.{Base64Url.EncodeToString(key.Export(KeyBlobFormat.RawPublicKey))}";
        return $"k4.pid.{Base64Url.EncodeToString(new Blake2b(33).Hash(System.Text.Encoding.ASCII.GetBytes($"k4.pid.{paserk}")))}";
    }

    /// <summary>A new key, as its file holds it.</summary>
    public static byte[] Make(TokenTier tier, DateTimeOffset since)
    {
        using var key = Key.Create(Algorithm, new() { ExportPolicy = KeyExportPolicies.AllowPlaintextArchiving });
        return JsonSerializer.SerializeToUtf8Bytes(new Stored(tier, since, key.Export(KeyBlobFormat.RawPrivateKey)), JsonSerializerOptions.Strict);
    }

    /// <exception cref="InvalidDataException">The file holds no key of this tier.</exception>
    public static SigningKey Read(byte[] stored, TokenTier tier)
    {
        try
        {
            return JsonSerializer.Deserialize<Stored>(stored, JsonSerializerOptions.Strict) is { } read && read.Tier == tier
                ? new(tier, read.Since, Key.Import(Algorithm, read.PrivateKey, KeyBlobFormat.RawPrivateKey))
                : throw new InvalidDataException($"The file holds no key for {tier} tokens.");
        }
        catch (Exception error) when (error is JsonException or FormatException)
        {
            throw new InvalidDataException($"The file holds no key for {tier} tokens.", error);
        }
    }

    public void Dispose() => Key.Dispose();

    private sealed record Stored(TokenTier Tier, DateTimeOffset Since, byte[] PrivateKey);
}

[SuppressMessage("Style", "IDE1006", Justification = "As PASETO spells it.")]
internal sealed record Footer(string kid);
