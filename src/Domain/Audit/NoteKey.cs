using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Platform.Domain.Audit;

/// <summary>
/// A key that verifies notes (C2SP signed-note), written <c>name+id+base64(0x01 || public key)</c>; the id is the
/// start of a hash over both, so that a mistyped key is noticed.
/// </summary>
public sealed record NoteKey
{
    private const byte Ed25519 = 0x01;
    private const int PublicKeyLength = 32;

    private NoteKey(string name, ReadOnlyMemory<byte> publicKey)
    {
        Name = name;
        PublicKey = publicKey;
        Id = BinaryPrimitives.ReadUInt32BigEndian(
            SHA256.HashData([.. Encoding.UTF8.GetBytes(name), (byte)'\n', Ed25519, .. publicKey.Span]));
    }

    public string Name { get; }

    public uint Id { get; }

    /// <summary>Ed25519, 32 bytes (RFC 8032).</summary>
    public ReadOnlyMemory<byte> PublicKey { get; }

    /// <exception cref="ArgumentException">No name, a space or plus in it, or not 32 bytes.</exception>
    public static NoteKey From(string name, ReadOnlyMemory<byte> publicKey)
    {
        if (name.Length == 0 || name.Any(c => char.IsWhiteSpace(c) || c == '+'))
        {
            throw new ArgumentException("A key's name is not empty and has neither space nor plus.", nameof(name));
        }

        return publicKey.Length == PublicKeyLength
            ? new(name, publicKey)
            : throw new ArgumentException("An Ed25519 public key has 32 bytes.", nameof(publicKey));
    }

    /// <summary>Null when the text is not a verifier key, or its id does not belong to its name and bytes.</summary>
    public static NoteKey? Parse(string text)
    {
        var bytes = new byte[1 + PublicKeyLength];
        if (text.Trim().Split('+', 3) is not [{ Length: > 0 } name, var id, var code]
            || name.Any(char.IsWhiteSpace)
            || !Convert.TryFromBase64String(code, bytes, out var count)
            || count != bytes.Length
            || bytes[0] != Ed25519)
        {
            return null;
        }

        var key = new NoteKey(name, bytes.AsMemory(1));
        return string.Equals(key.IdText, id, StringComparison.Ordinal) ? key : null;
    }

    /// <summary>The verifier key as auditors are given it.</summary>
    public override string ToString() => $"{Name}+{IdText}+{Convert.ToBase64String([Ed25519, .. PublicKey.Span])}";

    private string IdText => Id.ToString("x8", CultureInfo.InvariantCulture);
}
