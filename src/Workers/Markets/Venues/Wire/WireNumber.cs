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
    public static decimal AsWritten(this ref readonly Utf8JsonReader reader) =>
        TryParse(Text(in reader), out var value) ? value : throw NotExact();

    /// <summary>Without trailing zeros: equal numbers get equal texts.</summary>
    /// <exception cref="JsonException">The reader does not stand on an exact decimal.</exception>
    public static decimal Shortest(this ref readonly Utf8JsonReader reader) =>
        TryParse(WithoutTail(Text(in reader)), out var value) ? value : throw NotExact();

    /// <exception cref="JsonException">The reader does not stand on an exact decimal above zero.</exception>
    public static Price Price(this ref readonly Utf8JsonReader reader) => PriceOf(reader.Shortest());

    /// <summary>With the places that the venue wrote.</summary>
    /// <exception cref="JsonException">The reader does not stand on an exact decimal above zero.</exception>
    public static Price PriceAsWritten(this ref readonly Utf8JsonReader reader) => PriceOf(reader.AsWritten());

    /// <summary>Null where the venue writes zero for none.</summary>
    /// <exception cref="JsonException">The reader does not stand on an exact decimal, or it is below zero.</exception>
    public static Price? PriceOrNone(this ref readonly Utf8JsonReader reader) =>
        reader.Shortest() == 0 ? null : reader.Price();

    /// <exception cref="JsonException">The reader does not stand on an exact decimal of zero or above.</exception>
    public static Quantity Quantity(this ref readonly Utf8JsonReader reader) => QuantityOf(reader.Shortest());

    /// <summary>With the places that the venue wrote.</summary>
    /// <exception cref="JsonException">The reader does not stand on an exact decimal of zero or above.</exception>
    public static Quantity QuantityAsWritten(this ref readonly Utf8JsonReader reader) => QuantityOf(reader.AsWritten());

    /// <summary>A whole number, in quotes or not.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public static long Whole(this ref readonly Utf8JsonReader reader)
    {
        var text = Text(in reader);
        return Utf8Parser.TryParse(text, out long value, out var read) && read == text.Length
            ? value
            : throw new JsonException("Expected a whole number.");
    }

    /// <summary>Unix milliseconds, in quotes or not.</summary>
    /// <exception cref="JsonException">It is no time.</exception>
    public static DateTimeOffset Milliseconds(this ref readonly Utf8JsonReader reader) =>
        DateTimeOffset.UnixEpoch.AddTicks(checked(reader.Whole() * TimeSpan.TicksPerMillisecond));

    /// <summary>Plain digits with an optional sign, point and exponent; false where a decimal would round them.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out decimal value)
    {
        value = 0;
        var isNegative = text is [(byte)'-', ..];
        var digits = isNegative ? text[1..] : text;
        if (digits.Length > FastDigitsMax)
            return TryParseSlowly(text, out value);

        ulong mantissa = 0;
        var (places, point) = (0, digits.IndexOf((byte)'.'));
        for (var index = 0; index < digits.Length; index++)
        {
            if (index == point)
                continue;
            if (digits[index] is < (byte)'0' or > (byte)'9')
                return TryParseSlowly(text, out value);
            mantissa = (mantissa * 10) + (uint)(digits[index] - '0');
            if (point >= 0 && index > point)
                places++;
        }

        if (digits.IsEmpty || point == 0 || point == digits.Length - 1)
            return false;
        value = new decimal((int)mantissa, (int)(mantissa >> 32), 0, isNegative && mantissa > 0, (byte)places);
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

    private static ReadOnlySpan<byte> Text(ref readonly Utf8JsonReader reader) =>
        reader.TokenType is JsonTokenType.String or JsonTokenType.Number ? reader.ValueSpan : throw NotExact();

    private static JsonException NotExact() => new("Expected a decimal of at most 28 digits.");
}
