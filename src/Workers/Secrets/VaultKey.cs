using System.Security.Cryptography;

namespace Platform.Workers.Secrets;

/// <summary>A random 32-byte key that the vault keeps for one purpose, opened once by each process and then held in memory.</summary>
/// <param name="version">To be stored beside what it made: that is checked by the same version.</param>
public sealed class VaultKey(int version, SecretBytes key)
{
    public const int Length = 32;

    public int Version => version;

    /// <summary>HMAC-SHA256, 32 bytes.</summary>
    public byte[] Hash(ReadOnlySpan<byte> message) => HMACSHA256.HashData(key.Span, message);

    /// <summary>In the same time wherever they differ.</summary>
    public bool IsHashOf(ReadOnlySpan<byte> hash, ReadOnlySpan<byte> message) =>
        CryptographicOperations.FixedTimeEquals(Hash(message), hash);

    public override string ToString() => $"(key {version})";
}
