using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Platform.Domain.Audit;

/// <summary>A SHA-256 digest (FIPS 180-4), 32 bytes. The default is 32 zero bytes: what the first entry follows.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Digest
{
    /// <summary>Bytes.</summary>
    public const int Length = 32;

    private readonly UInt128 high;
    private readonly UInt128 low;

    private Digest(UInt128 high, UInt128 low)
    {
        this.high = high;
        this.low = low;
    }

    /// <exception cref="ArgumentException">Not 32 bytes.</exception>
    public static Digest From(ReadOnlySpan<byte> bytes) => bytes.Length == Length
        ? new(BinaryPrimitives.ReadUInt128BigEndian(bytes), BinaryPrimitives.ReadUInt128BigEndian(bytes[16..]))
        : throw new ArgumentException($"A digest has {Length} bytes, not {bytes.Length}.", nameof(bytes));

    public void CopyTo(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt128BigEndian(destination, high);
        BinaryPrimitives.WriteUInt128BigEndian(destination[16..], low);
    }

    public byte[] ToArray()
    {
        var bytes = new byte[Length];
        CopyTo(bytes);
        return bytes;
    }

    /// <summary>64 lower-case hexadecimal digits: the form in entries and exports.</summary>
    public override string ToString() => Convert.ToHexStringLower(ToArray());

    /// <summary>False for anything but 64 lower-case hexadecimal digits: one digest has one spelling.</summary>
    public static bool TryParse(string? text, out Digest digest)
    {
        digest = default;
        if (text is not { Length: 2 * Length } || text.Any(c => !char.IsAsciiHexDigitLower(c)))
        {
            return false;
        }

        digest = From(Convert.FromHexString(text));
        return true;
    }
}
