using System.Buffers.Binary;
using System.Text;

namespace Platform.Domain.Secrets;

/// <summary>The pre-authentication encoding of PASETO: a list of texts as bytes that no other list has.</summary>
internal static class PreAuthentication
{
    /// <summary>The count, then each text after its length; both as 64-bit little-endian numbers.</summary>
    public static byte[] Encode(params ReadOnlySpan<string> parts)
    {
        var length = sizeof(ulong);
        foreach (var part in parts)
            length += sizeof(ulong) + Encoding.UTF8.GetByteCount(part);

        var encoded = new byte[length];
        var rest = encoded.AsSpan();
        Count(parts.Length, ref rest);
        foreach (var part in parts)
        {
            Count(Encoding.UTF8.GetByteCount(part), ref rest);
            rest = rest[Encoding.UTF8.GetBytes(part, rest)..];
        }

        return encoded;
    }

    private static void Count(int number, ref Span<byte> rest)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(rest, (ulong)number);
        rest = rest[sizeof(ulong)..];
    }
}
