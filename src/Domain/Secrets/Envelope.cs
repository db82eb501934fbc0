using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Platform.Domain.Values;

namespace Platform.Domain.Secrets;

/// <summary>Derives a 32-byte key from the data key of that version (HKDF-SHA256, RFC 5869); the data key stays where it is.</summary>
/// <returns>Null when <paramref name="key"/> was filled; otherwise why not.</returns>
public delegate SecretFault? DeriveKey(int keyVersion, ReadOnlySpan<byte> info, Span<byte> key);

/// <summary>Fills the span with cryptographic randomness, or throws.</summary>
public delegate void FillRandom(Span<byte> bytes);

/// <summary>
/// A sealed secret as bytes: <c>0x56 | format 1 | algorithm 1 | key version (2, big endian) | IV (12) | ciphertext | tag (16)</c>.
/// AES-256-GCM (NIST SP 800-38D) with a key of its own for each secret id, so that the bound on random IVs (2^32) holds for
/// each; bound by its associated data to "id:name", and by the derivation to tenant, id and key version.
/// </summary>
public static class Envelope
{
    public const int PlaintextBytesMax = 64 * 1024;

    /// <summary>What an envelope has beyond its plaintext.</summary>
    public const int OverheadBytes = HeaderBytes + IvBytes + TagBytes;

    public const int KeyVersionMax = ushort.MaxValue;

    private const byte Magic = 0x56;
    private const byte Format = 1;
    private const byte Algorithm = 1;
    private const int VersionAt = 3;
    private const int HeaderBytes = 5;
    private const int IvBytes = 12;
    private const int TagBytes = 16;
    private const int KeyBytes = 32;

    /// <exception cref="ArgumentOutOfRangeException">The plaintext is empty or longer than <see cref="PlaintextBytesMax"/>.</exception>
    /// <exception cref="CryptographicException">There is no such data key.</exception>
    public static byte[] Seal(
        SecretAddress address, int keyVersion, ReadOnlySpan<byte> plaintext, DeriveKey derive, FillRandom random)
    {
        if (plaintext.Length is 0 or > PlaintextBytesMax)
            throw new ArgumentOutOfRangeException(nameof(plaintext), $"A secret is 1 to {PlaintextBytesMax} bytes.");

        var envelope = new byte[OverheadBytes + plaintext.Length];
        (envelope[0], envelope[1], envelope[2]) = (Magic, Format, Algorithm);
        BinaryPrimitives.WriteUInt16BigEndian(envelope.AsSpan(VersionAt), checked((ushort)keyVersion));
        var iv = envelope.AsSpan(HeaderBytes, IvBytes);
        random(iv);
        Span<byte> key = stackalloc byte[KeyBytes];
        try
        {
            if (derive(keyVersion, Info(address), key) is not null)
                throw new CryptographicException($"There is no data key of version {keyVersion}.");

            using var cipher = new AesGcm(key, TagBytes);
            cipher.Encrypt(
                iv, plaintext, envelope.AsSpan(HeaderBytes + IvBytes, plaintext.Length), envelope.AsSpan(^TagBytes..),
                address.AssociatedData);
            return envelope;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    /// <summary>
    /// Every envelope takes the same way through one derivation and one decryption, whatever is wrong with it: the time
    /// says nothing of what was wrong.
    /// </summary>
    /// <param name="plaintext">As long as <see cref="PlaintextBytesOf"/> says; all zero when the envelope does not open.</param>
    /// <returns>Null when it was opened.</returns>
    public static SecretFault? Open(SecretAddress address, ReadOnlySpan<byte> envelope, Span<byte> plaintext, DeriveKey derive)
    {
        // What is too short is read as an envelope of zeros: what comes of it is thrown away.
        var whole = envelope.Length >= OverheadBytes ? envelope : new byte[OverheadBytes];
        Span<byte> key = stackalloc byte[KeyBytes];
        try
        {
            var noKey = derive(KeyVersionOf(whole), Info(address), key);
            var isAuthentic = TryDecrypt(key, whole, plaintext, address.AssociatedData);
            SecretFault? fault = (IsWellFormed(envelope), noKey, isAuthentic) switch
            {
                (false, _, _) => SecretFault.Malformed,
                (_, not null, _) => noKey,
                (_, _, false) => SecretFault.NotAuthentic,
                _ => null,
            };
            if (fault is not null)
                CryptographicOperations.ZeroMemory(plaintext);
            return fault;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    /// <summary>How long the plaintext is; 0 for what is too short to have one.</summary>
    public static int PlaintextBytesOf(ReadOnlySpan<byte> envelope) => Math.Max(0, envelope.Length - OverheadBytes);

    /// <summary>SHA-256.</summary>
    public static EnvelopeDigest DigestOf(ReadOnlySpan<byte> envelope) =>
        EnvelopeDigest.From(Convert.ToHexStringLower(SHA256.HashData(envelope)));

    private static bool IsWellFormed(ReadOnlySpan<byte> envelope) =>
        PlaintextBytesOf(envelope) is > 0 and <= PlaintextBytesMax
        && envelope is [Magic, Format, Algorithm, ..] && KeyVersionOf(envelope) > 0;

    private static int KeyVersionOf(ReadOnlySpan<byte> envelope) => BinaryPrimitives.ReadUInt16BigEndian(envelope[VersionAt..]);

    private static byte[] Info(SecretAddress address) => PreAuthentication.Encode(
        [.. "secret"u8], Encoding.UTF8.GetBytes(address.Tenant), Encoding.UTF8.GetBytes(address.Id.Value));

    private static bool TryDecrypt(
        ReadOnlySpan<byte> key, ReadOnlySpan<byte> envelope, Span<byte> plaintext, ReadOnlySpan<byte> associated)
    {
        try
        {
            using var cipher = new AesGcm(key, TagBytes);
            cipher.Decrypt(
                envelope.Slice(HeaderBytes, IvBytes), envelope[(HeaderBytes + IvBytes)..^TagBytes], envelope[^TagBytes..],
                plaintext, associated);
            return true;
        }
        catch (AuthenticationTagMismatchException)
        {
            return false;
        }
    }
}
