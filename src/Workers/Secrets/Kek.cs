using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using Platform.Domain.Secrets;

namespace Platform.Workers.Secrets;

/// <summary>
/// The key-encryption key: 32 bytes that never touch the database. It wraps data keys (AES-256 key wrap with padding, RFC
/// 5649) together with their version, so that an older data key cannot be passed off as the newest.
/// </summary>
public sealed class Kek : IDisposable
{
    public const int Length = 32;

    /// <summary>How long a data key is.</summary>
    public const int DataKeyLength = 32;

    private const int VersionLength = sizeof(ushort);
    private const int IdLength = 8;

    // What padding may add while it is taken off.
    private const int Slack = 8;

    private readonly SecretBytes key;

    /// <param name="key">Becomes this key's own, to dispose of.</param>
    /// <param name="origin">Where it came from, for the message.</param>
    /// <exception cref="SecretFileException">It has not 32 bytes.</exception>
    public Kek(SecretBytes key, string origin)
    {
        if (key.Length != Length)
        {
            key.Dispose();
            throw new SecretFileException($"{origin} holds {key.Length} bytes; a key-encryption key has {Length}.");
        }

        this.key = key;
        Span<byte> id = stackalloc byte[IdLength];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, key.Span, id, salt: [], "kek-id"u8);
        Id = KekId.From(Convert.ToHexStringLower(id));
    }

    public KekId Id { get; }

    public string Wrap(int version, ReadOnlySpan<byte> dataKey)
    {
        using var plain = SecretBytes.Empty(VersionLength + DataKeyLength);
        BinaryPrimitives.WriteUInt16BigEndian(plain.Span, checked((ushort)version));
        dataKey.CopyTo(plain.Span[VersionLength..]);
        using var aes = Cipher();
        return Base64Url.EncodeToString(aes.EncryptKeyWrapPadded(plain.Span));
    }

    /// <returns>Null when this key did not wrap it, or wrapped another version.</returns>
    public SecretBytes? Unwrap(int version, string wrapped)
    {
        using var plain = SecretBytes.Empty(VersionLength + DataKeyLength + Slack);
        using var aes = Cipher();
        try
        {
            return aes.TryDecryptKeyWrapPadded(Base64Url.DecodeFromChars(wrapped), plain.Span, out var length)
                && length == VersionLength + DataKeyLength && BinaryPrimitives.ReadUInt16BigEndian(plain.Span) == version
                    ? SecretBytes.CopyOf(plain.Span[VersionLength..length])
                    : null;
        }
        catch (Exception error) when (error is CryptographicException or FormatException or ArgumentException)
        {
            return null;
        }
    }

    public void Dispose() => key.Dispose();

    public override string ToString() => $"(key-encryption key {Id})";

    private Aes Cipher()
    {
        var aes = Aes.Create();
        aes.SetKey(key.Span);
        return aes;
    }
}
