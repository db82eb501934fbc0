using System.Security.Cryptography;

namespace Platform.Domain.Audit;

/// <summary>
/// The three hashes of the audit log, told apart by their first byte, so that no leaf can pass for a node or a link.
/// Leaf and node are those of RFC 6962 section 2.1.
/// </summary>
public static class AuditHash
{
    /// <summary>Root of the empty tree (RFC 6962): the hash of nothing.</summary>
    public static Digest EmptyRoot { get; } = Digest.From(SHA256.HashData([]));

    /// <summary>SHA-256(0x00 || entry), the entry in its canonical bytes.</summary>
    public static Digest Leaf(ReadOnlySpan<byte> entry)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData([0x00]);
        hash.AppendData(entry);
        Span<byte> digest = stackalloc byte[Digest.Length];
        hash.GetHashAndReset(digest);
        return Digest.From(digest);
    }

    /// <summary>SHA-256(0x01 || left || right): an inner node of the Merkle tree.</summary>
    public static Digest Node(Digest left, Digest right) => Pair(0x01, left, right);

    /// <summary>SHA-256(0x02 || previous link || leaf): one step of the chain.</summary>
    public static Digest Link(Digest previous, Digest leaf) => Pair(0x02, previous, leaf);

    private static Digest Pair(byte prefix, Digest left, Digest right)
    {
        Span<byte> bytes = stackalloc byte[1 + (2 * Digest.Length)];
        bytes[0] = prefix;
        left.CopyTo(bytes[1..]);
        right.CopyTo(bytes[(1 + Digest.Length)..]);
        Span<byte> digest = stackalloc byte[Digest.Length];
        SHA256.HashData(bytes, digest);
        return Digest.From(digest);
    }
}
