using System.Buffers.Binary;

namespace Platform.Domain.Values;

/// <summary>
/// PASETO's pre-authentication encoding (PAE): the number of parts, then each behind its length in bytes, all as 64-bit
/// little-endian numbers, so that no two lists of parts are ever the same bytes.
/// </summary>
public static class PreAuthentication
{
    public static byte[] Encode(params ReadOnlySpan<byte[]> parts)
    {
        var size = sizeof(long);
        foreach (var part in parts)
            size += sizeof(long) + part.Length;

        var encoded = new byte[size];
        BinaryPrimitives.WriteInt64LittleEndian(encoded, parts.Length);
        var rest = encoded.AsSpan(sizeof(long));
        foreach (var part in parts)
        {
            BinaryPrimitives.WriteInt64LittleEndian(rest, part.Length);
            part.CopyTo(rest[sizeof(long)..]);
            rest = rest[(sizeof(long) + part.Length)..];
        }

        return encoded;
    }
}
