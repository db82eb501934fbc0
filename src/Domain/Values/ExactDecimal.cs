using System.Globalization;

namespace Platform.Domain.Values;

/// <summary>
/// Decimals without a surprise: as text, what a <see cref="decimal"/> would silently round is refused instead.
/// </summary>
public static class ExactDecimal
{
    /// <summary>Places after the point: as many as the finest token has.</summary>
    public const int ScaleMax = 18;

    /// <summary>Digits in all that a <see cref="decimal"/> holds exactly, whatever they are.</summary>
    public const int DigitsMax = 28;

    /// <summary>Plain digits with an optional sign and point; no exponent, blank, grouping or NaN.</summary>
    public static bool TryParse(string? text, out decimal value)
    {
        value = 0;
        if (string.IsNullOrEmpty(text))
            return false;

        var digits = text.AsSpan(text[0] == '-' ? 1 : 0);
        var point = digits.IndexOf('.');
        var whole = point < 0 ? digits : digits[..point];
        var fraction = point < 0 ? [] : digits[(point + 1)..];
        return AreDigits(whole) && (point < 0 || AreDigits(fraction))
            && fraction.Length <= ScaleMax
            && whole.Length + fraction.Length <= DigitsMax
            && decimal.TryParse(
                text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out value);
    }

    /// <summary>The same value, with nothing left of a sign.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below zero.</exception>
    public static decimal NotNegative(decimal value, string otherwise)
    {
        // 0.00300m - 0.003m is a zero with a minus sign: not below zero, whatever ThrowIfNegative says.
        if (value < 0)
            throw new ArgumentOutOfRangeException(nameof(value), otherwise);

        return Math.Abs(value);
    }

    /// <summary>The same number without zeros at its end, as a quotient leaves them behind.</summary>
    public static decimal Trimmed(decimal value) => value / 1.0000000000000000000000000000m;

    private static bool AreDigits(ReadOnlySpan<char> text) =>
        !text.IsEmpty && !text.ContainsAnyExceptInRange('0', '9');
}
