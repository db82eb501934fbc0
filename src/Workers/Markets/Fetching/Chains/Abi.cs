using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using System.Text;

namespace Platform.Workers.Markets.Fetching.Chains;

/// <summary>
/// As much of the contract ABI (Solidity documentation, "Contract ABI Specification") as the fetchers need: words of 32
/// bytes in hexadecimal. All of it throws a <see cref="FormatException"/> on what is none.
/// </summary>
internal static class Abi
{
    private const int WordLength = 32;

    private static readonly BigInteger WordMax = BigInteger.One << 256;

    /// <summary>A JSON-RPC quantity or data: "0x1f".</summary>
    public static BigInteger Quantity(string hex) => hex is ['0', 'x', .. { Length: > 0 } digits]
        && BigInteger.TryParse("0" + digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw new FormatException($"'{Shown(hex)}' is no hexadecimal number.");

    public static long Number(string hex) => Quantity(hex) is var value && value <= long.MaxValue
        ? (long)value
        : throw new FormatException($"'{Shown(hex)}' is larger than a block number can be.");

    public static string Hex(long number) => string.Create(CultureInfo.InvariantCulture, $"0x{number:x}");

    public static byte[] Bytes(string hex)
    {
        if (hex is not ['0', 'x', .. var digits])
            throw new FormatException($"'{Shown(hex)}' is no data.");

        return Convert.FromHexString(digits);
    }

    /// <summary>The word at a place, counted in words, as a number of 256 bits.</summary>
    public static BigInteger Unsigned(ReadOnlySpan<byte> data, int word) => new(Word(data, word), isUnsigned: true, isBigEndian: true);

    /// <summary>The same in two's complement.</summary>
    public static BigInteger Signed(ReadOnlySpan<byte> data, int word)
    {
        var value = Unsigned(data, word);
        return value >= WordMax / 2 ? value - WordMax : value;
    }

    /// <summary>In lower case.</summary>
    public static string Address(ReadOnlySpan<byte> data, int word) => $"0x{Convert.ToHexStringLower(Word(data, word)[12..])}";

    /// <summary>A string that a function returns; some old tokens return 32 bytes, ended by zeros.</summary>
    public static string Text(ReadOnlySpan<byte> data)
    {
        var text = data.Length == WordLength ? data.TrimEnd((byte)0) : Dynamic(data, 0);
        return Encoding.UTF8.GetString(text).Replace("\0", string.Empty, StringComparison.Ordinal);
    }

    /// <summary>An address as a word.</summary>
    public static string Word(string address) => new string('0', 24) + Checked(address)[2..].ToLowerInvariant();

    /// <exception cref="FormatException">It is no address.</exception>
    public static string Checked(string address) =>
        address is ['0', 'x', .. { Length: 40 } digits] && digits.All(char.IsAsciiHexDigit) ? address : throw new FormatException($"'{Shown(address)}' is no address.");

    /// <summary>Multicall3's <c>aggregate3((address,bool,bytes)[])</c>; a call may fail without the others.</summary>
    /// <param name="calls">Targets and call data, both as hexadecimal.</param>
    public static string Aggregate(IReadOnlyList<(string Target, string Data)> calls)
    {
        var head = new StringBuilder("0x82ad56cb").Append(Word(0x20)).Append(Word(calls.Count));
        var tail = new StringBuilder();
        foreach (var (target, data) in calls)
        {
            head.Append(Word((calls.Count * WordLength) + (tail.Length / 2)));
            var length = (data.Length - 2) / 2;
            tail.Append(Word(target)).Append(Word(1)).Append(Word(0x60)).Append(Word(length))
                .Append(data.AsSpan(2)).Append('0', ((WordLength - (length % WordLength)) % WordLength) * 2);
        }

        return head.Append(tail).ToString();
    }

    /// <summary>What <see cref="Aggregate"/> returns: for each call its data, null where it failed.</summary>
    public static IReadOnlyList<byte[]?> Aggregated(ReadOnlySpan<byte> data)
    {
        var list = data[Place(data, 0, 0)..];
        var count = Place(list, 0, 0);
        if (count > list.Length / WordLength)
            throw new FormatException("More results are announced than there are.");

        var items = list[WordLength..];
        var results = new byte[]?[count];
        for (var i = 0; i < count; i++)
        {
            var item = items[Place(items, i, 0)..];
            results[i] = Unsigned(item, 0).IsZero ? null : Dynamic(item, 1).ToArray();
        }

        return results;
    }

    private static string Word(int number) => number.ToString("x64", CultureInfo.InvariantCulture);

    private static ReadOnlySpan<byte> Word(ReadOnlySpan<byte> data, int word) => data.Length >= (word + 1) * WordLength
        ? data.Slice(word * WordLength, WordLength)
        : throw new FormatException($"The data ends before its word {word}.");

    // Bytes that lie elsewhere: the word says where, and there their length comes first.
    private static ReadOnlySpan<byte> Dynamic(ReadOnlySpan<byte> data, int word)
    {
        var place = Place(data, word, WordLength);
        var length = Place(data[place..], 0, 0);
        return length <= data.Length - place - WordLength
            ? data.Slice(place + WordLength, length)
            : throw new FormatException("The data ends before its text.");
    }

    private static int Place(ReadOnlySpan<byte> data, int word, int behind)
    {
        var bytes = Word(data, word);
        var place = BinaryPrimitives.ReadInt32BigEndian(bytes[28..]);
        return !bytes[..28].ContainsAnyExcept((byte)0) && place >= 0 && place <= data.Length - behind
            ? place
            : throw new FormatException("The data points outside of itself.");
    }

    private static string Shown(string text) => text.Length <= 80 ? text : text[..80];
}
