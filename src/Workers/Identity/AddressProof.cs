using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Platform.Domain.Identity;
using Platform.Domain.Values;
using Platform.Projections.Identity;

namespace Platform.Workers.Identity;

/// <summary>
/// What a letter carries so that only who reads it can answer: the user, until when, and an HMAC-SHA256 over both, the
/// purpose, the address and the password it is to replace. Nothing is kept of it; it is worth nothing once the address or the
/// password is another, so it is good once.
/// </summary>
public sealed class AddressProof(byte[] key, TimeProvider time)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    private const int UserBytes = 16;
    private const int BodyBytes = UserBytes + sizeof(long);
    private const int Length = BodyBytes + HMACSHA256.HashSizeInBytes;

    /// <summary>The text for the letter.</summary>
    public string For(UserAccount account)
    {
        Span<byte> proof = stackalloc byte[Length];
        account.Id.Value.TryWriteBytes(proof, bigEndian: true, out _);
        BinaryPrimitives.WriteInt64BigEndian(proof[UserBytes..], (time.GetUtcNow() + Lifetime).ToUnixTimeSeconds());
        Seal(proof[..BodyBytes], account, proof[BodyBytes..]);
        return Base64Url.EncodeToString(proof);
    }

    /// <summary>Whose proof it claims to be; null when it is none, or too old. Only <see cref="IsFor"/> says that it is true.</summary>
    public UserId? ClaimedUser(string text) =>
        Read(text) is { } proof && BinaryPrimitives.ReadInt64BigEndian(proof.AsSpan(UserBytes)) > time.GetUtcNow().ToUnixTimeSeconds()
            ? UserId.From(new(proof.AsSpan(0, UserBytes), bigEndian: true))
            : null;

    /// <summary>Whether it was sent to this address, and nobody has chosen a password since.</summary>
    public bool IsFor(string text, UserAccount account)
    {
        if (Read(text) is not { } proof)
            return false;

        Span<byte> expected = stackalloc byte[HMACSHA256.HashSizeInBytes];
        Seal(proof.AsSpan(0, BodyBytes), account, expected);
        return CryptographicOperations.FixedTimeEquals(expected, proof.AsSpan(BodyBytes));
    }

    private static byte[]? Read(string text) =>
        text.Length <= Length * 2 && Base64Url.IsValid(text) && Base64Url.DecodeFromChars(text) is { Length: Length } proof ? proof : null;

    private void Seal(ReadOnlySpan<byte> body, UserAccount account, Span<byte> seal) => HMACSHA256.HashData(
        key,
        PreAuthentication.Encode(
            [.. "choose-password"u8], body.ToArray(), Encoding.UTF8.GetBytes(account.Email), Encoding.UTF8.GetBytes(account.PasswordHash ?? "")),
        seal);
}
