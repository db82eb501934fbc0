using System.Globalization;
using Platform.Domain.Values;

namespace Platform.Workers.Markets.Venues;

/// <summary>Decimals as venues write them, without the trailing zeros: equal numbers get equal texts.</summary>
public static class WireDecimal
{
    /// <summary>False when the text is no plain number or has more digits than a decimal keeps.</summary>
    public static bool TryParse(string? text, out decimal value)
    {
        var isExact = ExactDecimal.TryParse(text, out value);
        value = Shortest(value);
        return isExact;
    }

    /// <summary>The shortest text of the number; never an exponent.</summary>
    public static string Format(decimal value) => Shortest(value).ToString(CultureInfo.InvariantCulture);

    // Dividing by a one that has all 28 places leaves no place that says nothing.
    private static decimal Shortest(decimal value) => value / 1.0000000000000000000000000000m;
}
