using System.Globalization;

namespace Platform.Workers.Markets.Binance;

/// <summary>Decimals as venues write them: read digit for digit or not at all, and without trailing zeros.</summary>
public static class WireDecimal
{
    private const int DigitsMax = 28;
    private const NumberStyles Plain = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;

    /// <summary>False when the text is no plain number or has more digits than a decimal keeps.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out decimal value)
    {
        if (!decimal.TryParse(text, Plain, CultureInfo.InvariantCulture, out value) || !IsExact(text))
            return false;

        // Dividing by one with all 28 places drops trailing zeros: equal numbers get equal texts.
        value /= 1.0000000000000000000000000000m;
        return true;
    }

    /// <summary>The shortest text of the number; never an exponent.</summary>
    public static string Format(decimal value) =>
        (value / 1.0000000000000000000000000000m).ToString(CultureInfo.InvariantCulture);

    // decimal.TryParse rounds what it cannot hold, without a word.
    private static bool IsExact(ReadOnlySpan<char> text)
    {
        var digits = text.TrimStart("+-").TrimStart('0');
        var point = digits.IndexOf('.');
        if (point < 0)
            return digits.Length <= DigitsMax;

        var fraction = digits[(point + 1)..].TrimEnd('0');
        return fraction.Length <= DigitsMax && point + fraction.Length <= DigitsMax;
    }
}
