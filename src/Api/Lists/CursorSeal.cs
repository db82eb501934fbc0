using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;

namespace Platform.Api.Lists;

/// <summary>
/// Cursors: a place in a list, sealed for one question of one caller (AES-256-GCM). Nobody can read one, make one, or
/// use one elsewhere.
/// </summary>
/// <param name="key">32 bytes; with another, all cursors given out are void.</param>
public sealed class CursorSeal(byte[] key) : IDisposable
{
    public const int KeyBytes = 32;

    // A keyset is two short values; what is longer was never ours.
    private const int LengthMax = 2048;

    private readonly AesGcm aes = new(key, AesGcm.TagByteSizes.MaxSize);

    public string Seal(Keyset place, IReadOnlyList<FieldKind> kinds, byte[] binding)
    {
        var plain = JsonSerializer.SerializeToUtf8Bytes(
            place.Values.Zip(kinds, (value, kind) => value is null ? null : kind.Format(value)).ToArray());
        var (nonceBytes, tagBytes) = (AesGcm.NonceByteSizes.MaxSize, AesGcm.TagByteSizes.MaxSize);
        var sealed_ = new byte[nonceBytes + plain.Length + tagBytes];
        var nonce = sealed_.AsSpan(0, nonceBytes);
        RandomNumberGenerator.Fill(nonce);
        aes.Encrypt(nonce, plain, sealed_.AsSpan(nonceBytes, plain.Length), sealed_.AsSpan(^tagBytes), binding);
        return Base64Url.EncodeToString(sealed_);
    }

    /// <summary>Null when it is none, or none of this question: which of the two is not told.</summary>
    public Keyset? Open(string cursor, IReadOnlyList<FieldKind> kinds, byte[] binding) => PlainOf(cursor, binding) is { } plain
        ? new([.. JsonSerializer.Deserialize<string?[]>(plain)!.Zip(kinds, (text, kind) => text is null ? null : kind.Parse(text))])
        : null;

    public void Dispose() => aes.Dispose();

    private byte[]? PlainOf(string cursor, byte[] binding)
    {
        var (nonceBytes, tagBytes) = (AesGcm.NonceByteSizes.MaxSize, AesGcm.TagByteSizes.MaxSize);
        if (cursor.Length is 0 or > LengthMax || !Base64Url.IsValid(cursor))
            return null;

        var bytes = Base64Url.DecodeFromChars(cursor);
        // One spelling only: the last letter has bits that a decoder drops.
        if (bytes.Length <= nonceBytes + tagBytes || !string.Equals(Base64Url.EncodeToString(bytes), cursor, StringComparison.Ordinal))
            return null;

        var plain = new byte[bytes.Length - nonceBytes - tagBytes];
        try
        {
            aes.Decrypt(bytes.AsSpan(0, nonceBytes), bytes.AsSpan(nonceBytes, plain.Length), bytes.AsSpan(^tagBytes), plain, binding);
            return plain;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }
}
