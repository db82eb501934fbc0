using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Platform.Domain.Values;

namespace Platform.Workers.Markets.Venues.Wire;

/// <summary>
/// Numbers as venues write them in UTF-8, as JSON numbers or in strings alike, without a text in between. What a decimal
/// cannot hold exactly is not as documented.
/// </summary>
internal static class WireNumber
{
    // So many always fit into 64 bits.
    private const int FastDigitsMax = 19;

    /// <summary>With the places that the venue wrote: checksums are made of them.</summary>
    /// <exception cref="JsonException">The reader does not stand on an exact decimal.</exception>
    public static decimal AsWritten(this ref readonly WireReader reader) =>
        TryParse(Text(in reader), out var value) ? value : throw NotExact();

    /// <summary>Without trailing zeros: equal numbers get equal texts.</summary>
    /// <exception cref="JsonException">The reader does not stand on an exact decimal.</exception>
    public static decimal Shortest(this ref readonly WireReader reader) =>
        TryParse(Text(in reader), isShortest: true, out var value) ? value : throw NotExact();

    /// <exception cref="JsonException">The reader does not stand on an exact decimal above zero.</exception>
    public static Price Price(this ref readonly WireReader reader) => PriceOf(reader.Shortest());

    /// <summary>With the places that the venue wrote.</summary>
    /// <exception cref="JsonException">The reader does not stand on an exact decimal above zero.</exception>
    public static Price PriceAsWritten(this ref readonly WireReader reader) => PriceOf(reader.AsWritten());

    /// <summary>Null where the venue writes zero for none.</summary>
    /// <exception cref="JsonException">The reader does not stand on an exact decimal, or it is below zero.</exception>
    public static Price? PriceOrNone(this ref readonly WireReader reader) =>
        reader.Shortest() == 0 ? null : reader.Price();

    /// <exception cref="JsonException">The reader does not stand on an exact decimal of zero or above.</exception>
    public static Quantity Quantity(this ref readonly WireReader reader) => QuantityOf(reader.Shortest());

    /// <summary>With the places that the venue wrote.</summary>
    /// <exception cref="JsonException">The reader does not stand on an exact decimal of zero or above.</exception>
    public static Quantity QuantityAsWritten(this ref readonly WireReader reader) => QuantityOf(reader.AsWritten());

    /// <summary>A whole number, in quotes or not.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public static long Whole(this ref readonly WireReader reader)
    {
        var text = Text(in reader);
        return Utf8Parser.TryParse(text, out long value, out var read) && read == text.Length
            ? value
            : throw new JsonException("Expected a whole number.");
    }

    /// <summary>Unix milliseconds, in quotes or not.</summary>
    /// <exception cref="JsonException">It is no time.</exception>
    public static DateTimeOffset Milliseconds(this ref readonly WireReader reader) =>
        DateTimeOffset.UnixEpoch.AddTicks(checked(reader.Whole() * TimeSpan.TicksPerMillisecond));

    /// <summary>Plain digits with an optional sign, point and exponent; false where a decimal would round them.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out decimal value) => TryParse(text, isShortest: false, out value);

    private static bool TryParse(ReadOnlySpan<byte> text, bool isShortest, out decimal value)
    {
        value = 0;
        var isNegative = text is [(byte)'-', ..];
        var digits = isNegative ? text[1..] : text;
        var point = digits.IndexOf((byte)'.');
        var whole = point < 0 ? digits : digits[..point];
        var fraction = point < 0 ? default : digits[(point + 1)..];
        if (whole.IsEmpty || (point >= 0 && fraction.IsEmpty))
            return false;

        if (isShortest)
            fraction = fraction.TrimEnd((byte)'0');
        ulong mantissa = 0;
        if (whole.Length + fraction.Length > FastDigitsMax || !TryAdd(whole, ref mantissa) || !TryAdd(fraction, ref mantissa))
            return TryParseSlowly(isShortest ? WithoutTail(text) : text, out value);

        value = new decimal((int)mantissa, (int)(mantissa >> 32), 0, isNegative && mantissa > 0, (byte)fraction.Length);
        return true;
    }

    // False when there is something else among them.
    private static bool TryAdd(ReadOnlySpan<byte> digits, ref ulong mantissa)
    {
        var sum = mantissa;
        foreach (var digit in digits)
        {
            if (digit is < (byte)'0' or > (byte)'9')
                return false;

            sum = (sum * 10) + (uint)(digit - '0');
        }

        mantissa = sum;
        return true;
    }

    // "0.0010" and "0.001" alike; whole numbers keep their zeros.
    private static ReadOnlySpan<byte> WithoutTail(ReadOnlySpan<byte> text)
    {
        var point = text.IndexOf((byte)'.');
        if (point < 0 || text.ContainsAny((byte)'e', (byte)'E'))
            return text;
        var trimmed = text.TrimEnd((byte)'0');
        return trimmed.Length == point + 1 ? trimmed[..point] : trimmed;
    }

    // More digits than 64 bits hold, or an exponent: so seldom that it may cost a text.
    private static bool TryParseSlowly(ReadOnlySpan<byte> text, out decimal value)
    {
        value = 0;
        if (text.Length > 60)
            return false;
        var plain = Encoding.ASCII.GetString(text);
        return text.ContainsAny((byte)'e', (byte)'E')
            ? decimal.TryParse(plain, NumberStyles.Float, CultureInfo.InvariantCulture, out value)
            : ExactDecimal.TryParse(plain, out value);
    }

    private static Price PriceOf(decimal value) =>
        value > 0 ? Domain.Values.Price.From(value) : throw new JsonException("Expected a price above zero.");

    private static Quantity QuantityOf(decimal value) =>
        value >= 0 ? Domain.Values.Quantity.From(value) : throw new JsonException("Expected a quantity of zero or above.");

    private static ReadOnlySpan<byte> Text(ref readonly WireReader reader) =>
        reader.TokenType is JsonTokenType.String or JsonTokenType.Number ? reader.ValueSpan : throw NotExact();

    private static JsonException NotExact() => new("Expected a decimal of at most 28 digits.");
}
