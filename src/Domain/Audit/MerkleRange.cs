namespace Platform.Domain.Audit;

/// <summary>
/// The Merkle tree of RFC 6962 as far as its root needs it: the roots of its perfect subtrees, largest first, one for
/// each bit set in the size. Grows by one leaf at a time; memory is the logarithm of the size.
/// </summary>
public sealed class MerkleRange
{
    private readonly List<Digest> peaks = new(capacity: 64);

    /// <summary>Leaves so far.</summary>
    public long Size { get; private set; }

    /// <summary>Merkle tree hash of all leaves so far.</summary>
    public Digest Root
    {
        get
        {
            if (peaks.Count == 0)
            {
                return AuditHash.EmptyRoot;
            }

            var root = peaks[^1];
            for (var i = peaks.Count - 2; i >= 0; i--)
            {
                root = AuditHash.Node(peaks[i], root);
            }

            return root;
        }
    }

    public void Append(Digest leaf)
    {
        var node = leaf;
        for (var size = Size; (size & 1) == 1; size >>= 1)
        {
            node = AuditHash.Node(peaks[^1], node);
            peaks.RemoveAt(peaks.Count - 1);
        }

        peaks.Add(node);
        Size++;
    }

    /// <summary>The peaks one after another, 32 bytes each; with the size, enough to go on from here.</summary>
    public byte[] ToArray()
    {
        var bytes = new byte[peaks.Count * Digest.Length];
        for (var i = 0; i < peaks.Count; i++)
        {
            peaks[i].CopyTo(bytes.AsSpan(i * Digest.Length));
        }

        return bytes;
    }

    /// <exception cref="ArgumentException">The bytes are not the peaks of a tree of that size.</exception>
    public static MerkleRange Restore(long size, ReadOnlySpan<byte> bytes)
    {
        if (size < 0 || bytes.Length != long.PopCount(size) * Digest.Length)
        {
            throw new ArgumentException($"These are not the peaks of a tree of {size} leaves.", nameof(bytes));
        }

        var range = new MerkleRange { Size = size };
        for (; bytes.Length > 0; bytes = bytes[Digest.Length..])
        {
            range.peaks.Add(Digest.From(bytes[..Digest.Length]));
        }

        return range;
    }
}
