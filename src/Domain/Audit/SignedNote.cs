using System.Buffers.Binary;
using System.Text;

namespace Platform.Domain.Audit;

/// <summary>What a signature line was worth.</summary>
public enum NoteVerdict
{
    /// <summary>The trusted key signed this text.</summary>
    Valid,

    /// <summary>A line claims the trusted key, but the signature does not fit, or the note is not a note.</summary>
    BadSignature,

    /// <summary>Nobody we trust signed it.</summary>
    UntrustedKey,
}

/// <summary>A C2SP signed note: text, an empty line, signature lines. Ed25519 itself comes from the caller.</summary>
public static class SignedNote
{
    private const string LineStart = "\u2014 ";
    private const int KeyIdLength = 4;
    private const int SignaturesMax = 16;

    /// <summary>The note of a text that ends in a newline, signed once.</summary>
    public static string Sign(string text, NoteKey key, Func<byte[], byte[]> sign)
    {
        var signature = sign(Encoding.UTF8.GetBytes(text));
        var bytes = new byte[KeyIdLength + signature.Length];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, key.Id);
        signature.CopyTo(bytes, KeyIdLength);
        return $"{text}\n{LineStart}{key.Name} {Convert.ToBase64String(bytes)}\n";
    }

    /// <summary>
    /// Checks the lines of the trusted key and ignores every other. <paramref name="text"/> is the signed text, empty
    /// unless the verdict is <see cref="NoteVerdict.Valid"/>.
    /// </summary>
    public static NoteVerdict Open(string note, NoteKey trusted, VerifySignature verify, out string text)
    {
        text = "";
        var gap = note.LastIndexOf("\n\n", StringComparison.Ordinal);
        if (gap < 0 || note[(gap + 2)..].Split('\n') is not [.. var lines, ""] || lines.Length is 0 or > SignaturesMax)
        {
            return NoteVerdict.BadSignature;
        }

        var body = note[..(gap + 1)];

        var verdicts = lines.Select(line => Judge(line, body, trusted, verify)).ToArray();
        if (verdicts.Contains(NoteVerdict.BadSignature))
        {
            return NoteVerdict.BadSignature;
        }

        if (!verdicts.Contains(NoteVerdict.Valid))
        {
            return NoteVerdict.UntrustedKey;
        }

        text = body;
        return NoteVerdict.Valid;
    }

    private static NoteVerdict Judge(string line, string body, NoteKey trusted, VerifySignature verify)
    {
        if (!line.StartsWith(LineStart, StringComparison.Ordinal) || line[LineStart.Length..].Split(' ') is not [var name, var code])
        {
            return NoteVerdict.BadSignature;
        }

        var bytes = new byte[code.Length];
        if (!Convert.TryFromBase64String(code, bytes, out var count) || count <= KeyIdLength)
        {
            return NoteVerdict.BadSignature;
        }

        if (!string.Equals(name, trusted.Name, StringComparison.Ordinal)
            || BinaryPrimitives.ReadUInt32BigEndian(bytes) != trusted.Id)
        {
            return NoteVerdict.UntrustedKey;
        }

        return verify(trusted.PublicKey.Span, Encoding.UTF8.GetBytes(body), bytes.AsSpan(KeyIdLength, count - KeyIdLength))
            ? NoteVerdict.Valid
            : NoteVerdict.BadSignature;
    }
}

/// <summary>Ed25519 (RFC 8032) verification; false for anything malformed.</summary>
public delegate bool VerifySignature(
    ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature);
