namespace Platform.Domain.Markets.Aggregation;

/// <summary>Divisions of whole numbers, rounded once.</summary>
internal static class Ratio
{
    /// <summary>The nearest whole number; halfway, the even one.</summary>
    /// <param name="numerator">Not negative.</param>
    /// <param name="denominator">Above zero.</param>
    public static Int128 HalfEven(Int128 numerator, Int128 denominator)
    {
        var (quotient, rest) = Int128.DivRem(numerator, denominator);
        var twice = rest << 1;
        return twice > denominator || (twice == denominator && Int128.IsOddInteger(quotient)) ? quotient + 1 : quotient;
    }
}
