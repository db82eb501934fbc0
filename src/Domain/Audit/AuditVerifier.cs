using System.Buffers;
using System.Text.Json;
using Platform.Domain.Values;

namespace Platform.Domain.Audit;

/// <summary>What can be wrong with a log; the values are the exit codes of <c>audit</c>.</summary>
public enum AuditFault
{
    /// <summary>An entry, link or root is not what it must be.</summary>
    BrokenChain = 2,

    /// <summary>A checkpoint claims the trusted key and was not signed by it.</summary>
    BadSignature = 3,

    /// <summary>Less is there than was signed.</summary>
    Truncated = 4,

    /// <summary>A checkpoint was signed by nobody we trust.</summary>
    UntrustedKey = 5,
}

/// <summary>The first thing wrong.</summary>
/// <param name="Sequence">Of the first event that does not hold; for a signature, of the last event before it.</param>
public sealed record AuditFinding(AuditFault Fault, long Sequence, string Reason);

/// <summary>
/// Recomputes a log step by step, in constant memory, from the events of a database or the lines of an export. Each
/// step returns null while all holds; after a finding the verifier is of no more use.
/// </summary>
public sealed class AuditVerifier(NoteKey trusted, VerifySignature verify)
{
    private readonly MerkleRange tree = new();
    private readonly ArrayBufferWriter<byte> entry = new();
    private long? firstUnsigned;

    /// <summary>Where the recomputed chain stands.</summary>
    public AuditChain Chain { get; private set; } = AuditChain.Empty;

    /// <summary>Merkle root over everything recomputed.</summary>
    public Digest Root => tree.Root;

    /// <summary>Checkpoints that held.</summary>
    public long Checkpoints { get; private set; }

    /// <summary>Entries that the last checkpoint covers.</summary>
    public long SignedSize { get; private set; }

    /// <summary>Canonical bytes of the last event's entry; overwritten by the next step.</summary>
    public ReadOnlyMemory<byte> LastEntry => entry.WrittenMemory;

    /// <summary>The next event of a database, with the link stored for it.</summary>
    public AuditFinding? Event(RecordedEvent recorded, AuditLink stored)
    {
        if (stored.Index != Chain.Size)
        {
            return Broken(stored.Sequence, $"Link {stored.Index} stands where link {Chain.Size} belongs.");
        }

        entry.ResetWrittenCount();
        try
        {
            AuditEntry.Write(recorded, Chain.Head, entry);
        }
        catch (FormatException exception)
        {
            return Broken(recorded.Sequence, exception.Message);
        }

        var leaf = AuditHash.Leaf(entry.WrittenSpan);
        var link = Chain.Next(recorded.Sequence, leaf);
        if (link != stored)
        {
            return Broken(recorded.Sequence, "The event is not the one that was chained.");
        }

        Append(leaf, recorded.Sequence);
        return null;
    }

    /// <summary>The next entry of an export, with the leaf that the export states for it.</summary>
    public AuditFinding? Entry(JsonElement exported, Digest stated)
    {
        if (exported.ValueKind != JsonValueKind.Object
            || !exported.TryGetProperty("seq", out var seq) || !seq.TryGetInt64(out var sequence))
        {
            return Broken(Chain.Sequence + 1, "The entry has no sequence.");
        }

        entry.ResetWrittenCount();
        try
        {
            CanonicalJson.Write(exported, entry);
        }
        catch (FormatException exception)
        {
            return Broken(sequence, exception.Message);
        }

        if (AuditHash.Leaf(entry.WrittenSpan) != stated)
        {
            return Broken(sequence, "The entry does not have the leaf stated for it.");
        }

        if (!Is(exported, "log", AuditEntry.Log) || !Is(exported, "prev", Chain.Head.ToString()) || sequence <= Chain.Sequence)
        {
            return Broken(sequence, "The entry does not follow the one before it.");
        }

        Append(stated, sequence);
        return null;
    }

    /// <summary>The next entry of an export that shows only its leaf, for it belongs to another pool.</summary>
    public void Hidden(Digest leaf) => Append(leaf, Chain.Sequence);

    /// <summary>A signed checkpoint over all entries so far.</summary>
    public AuditFinding? Checkpoint(string note)
    {
        var verdict = SignedNote.Open(note, trusted, verify, out var text);
        if (verdict == NoteVerdict.UntrustedKey)
        {
            return new(AuditFault.UntrustedKey, Chain.Sequence, "The checkpoint was not signed by the trusted key.");
        }

        if (verdict != NoteVerdict.Valid || Audit.Checkpoint.Parse(text) is not { } checkpoint)
        {
            return new(AuditFault.BadSignature, Chain.Sequence, "The checkpoint's signature does not hold.");
        }

        return Compare(checkpoint);
    }

    private AuditFinding? Compare(Checkpoint checkpoint)
    {
        if (checkpoint.Size > Chain.Size)
        {
            return new(AuditFault.Truncated, Chain.Sequence, $"{checkpoint.Size} entries were signed, {Chain.Size} are left.");
        }

        // Every multiple of the interval is signed, so one that is passed over was taken away.
        if (checkpoint.Size > 0 && SignedSize < (checkpoint.Size - 1) / Audit.Checkpoint.Interval * Audit.Checkpoint.Interval)
        {
            return new(AuditFault.Truncated, firstUnsigned ?? Chain.Sequence, $"A checkpoint after entry {SignedSize} is gone.");
        }

        if (checkpoint.Size != Chain.Size || checkpoint.Root != Root || checkpoint.Head != Chain.Head
            || checkpoint.Sequence < Chain.Sequence)
        {
            return Broken(firstUnsigned ?? Chain.Sequence, "The entries since the last checkpoint are not those that were signed.");
        }

        // An export of one pool ends in another pool's entries: their sequence is known from here alone.
        Chain = Chain with { Sequence = checkpoint.Sequence };
        SignedSize = checkpoint.Size;
        Checkpoints++;
        firstUnsigned = null;
        return null;
    }

    private void Append(Digest leaf, long sequence)
    {
        Chain = AuditChain.After(Chain.Next(sequence, leaf));
        tree.Append(leaf);
        firstUnsigned ??= sequence;
    }

    private static bool Is(JsonElement entry, string name, string expected) =>
        entry.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.String && member.ValueEquals(expected);

    private static AuditFinding Broken(long sequence, string reason) => new(AuditFault.BrokenChain, sequence, reason);
}
