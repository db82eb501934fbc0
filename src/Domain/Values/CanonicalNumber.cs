using System.Globalization;

namespace Platform.Domain.Values;

/// <summary>
/// Numbers as RFC 8785 section 3.2.2.3 (ECMAScript's Number::toString) writes them, worked out on the digits alone.
/// </summary>
/// <remarks>
/// RFC 8785 sees every number as an IEEE 754 double, which would give two different long numbers the same bytes. So
/// only numbers are taken that a double tells apart: at most 15 significant digits, or a whole number up to 2^53. The
/// rest is refused; the platform's events carry such values as strings.
/// </remarks>
internal static class CanonicalNumber
{
    private const int DigitsMax = 15;
    private const int ExponentMax = 300;
    private const long WholeMax = 1L << 53;

    /// <exception cref="FormatException">More digits than a double holds apart.</exception>
    public static string Format(string json)
    {
        var (negative, digits, point) = Read(json);
        if (digits.Length == 0)
        {
            return "0";
        }

        if (Math.Abs(point) > ExponentMax || (digits.Length > DigitsMax && !IsWhole(digits, point)))
        {
            throw new FormatException($"The number {json} has no exact form in RFC 8785; carry it as a string.");
        }

        return (negative ? "-" : "") + Lay(digits, point);
    }

    // The value is 0.DIGITS times ten to the power of point; digits neither start nor end with a zero.
    private static (bool Negative, string Digits, int Point) Read(string json)
    {
        var negative = json[0] == '-';
        var body = negative ? json[1..] : json;
        var e = body.IndexOfAny(['e', 'E']);
        var exponent = 0;
        if (e >= 0 && !int.TryParse(body[(e + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent))
        {
            exponent = int.MaxValue / 2;
        }

        var mantissa = e < 0 ? body : body[..e];
        var dot = mantissa.IndexOf('.', StringComparison.Ordinal);
        var whole = dot < 0 ? mantissa.Length : dot;
        var all = dot < 0 ? mantissa : mantissa.Remove(dot, 1);
        var digits = all.TrimStart('0');
        var point = whole - (all.Length - digits.Length) + exponent;
        return (negative, digits.TrimEnd('0'), point);
    }

    private static bool IsWhole(string digits, int point) =>
        point is <= 16 && point >= digits.Length
        && long.Parse(digits.PadRight(point, '0'), CultureInfo.InvariantCulture) <= WholeMax;

    private static string Lay(string digits, int point) => point switch
    {
        > 21 or <= -6 => Exponential(digits, point - 1),
        <= 0 => "0." + new string('0', -point) + digits,
        _ when point >= digits.Length => digits.PadRight(point, '0'),
        _ => digits.Insert(point, "."),
    };

    private static string Exponential(string digits, int exponent) =>
        (digits.Length == 1 ? digits : digits.Insert(1, "."))
        + (exponent < 0 ? "e-" : "e+")
        + Math.Abs(exponent).ToString(CultureInfo.InvariantCulture);
}
