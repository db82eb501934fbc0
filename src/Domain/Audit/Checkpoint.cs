using System.Globalization;

namespace Platform.Domain.Audit;

/// <summary>
/// What is signed: the log as it stood at one size (C2SP tlog-checkpoint). One extension line carries the chain:
/// <c>chain SEQUENCE HEAD</c>.
/// </summary>
/// <param name="Size">Entries covered, from the first on.</param>
/// <param name="Root">Merkle root (RFC 6962) over their leaves.</param>
/// <param name="Head">The last link of their chain.</param>
/// <param name="Sequence">Of the last event covered.</param>
public sealed record Checkpoint(long Size, Digest Root, Digest Head, long Sequence)
{
    /// <summary>A checkpoint stands at every multiple of this size, and wherever the log paused.</summary>
    public const int Interval = 256;

    /// <summary>The text of the note, its last newline included.</summary>
    public string Text => string.Create(
        CultureInfo.InvariantCulture,
        $"{AuditEntry.Log}\n{Size}\n{Convert.ToBase64String(Root.ToArray())}\nchain {Sequence} {Head}\n");

    /// <summary>Null for any text that is not exactly what <see cref="Text"/> writes.</summary>
    public static Checkpoint? Parse(string text)
    {
        var lines = text.Split('\n');
        if (lines is not [AuditEntry.Log, var size, var root, var chain, ""]
            || chain.Split(' ') is not ["chain", var last, var link])
        {
            return null;
        }

        if (!Natural(size, out var entries) || !Natural(last, out var sequence)
            || !Base64(root, out var tree) || !Digest.TryParse(link, out var head))
        {
            return null;
        }

        var checkpoint = new Checkpoint(entries, tree, head, sequence);
        return string.Equals(checkpoint.Text, text, StringComparison.Ordinal) ? checkpoint : null;
    }

    private static bool Base64(string text, out Digest digest)
    {
        var bytes = new byte[Digest.Length];
        var exact = Convert.TryFromBase64String(text, bytes, out var count) && count == bytes.Length;
        digest = Digest.From(bytes);
        return exact;
    }

    private static bool Natural(string text, out long value) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);
}
