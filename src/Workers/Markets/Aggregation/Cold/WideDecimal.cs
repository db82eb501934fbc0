namespace Platform.Workers.Markets.Aggregation.Cold;

/// <summary>Sums as decimals, at the edge.</summary>
internal static class WideDecimal
{
    private const int PlacesMax = 28;

    private static readonly Int128 Max = (Int128.One << 96) - 1;

    /// <param name="mantissa">Not negative.</param>
    /// <returns>Exact where a decimal has the digits; else rounded to even at its last one.</returns>
    /// <exception cref="OverflowException">It is larger than a decimal can be.</exception>
    public static decimal From(Int128 mantissa, int places)
    {
        var divisor = Int128.One;
        for (; places > 0 && (places > PlacesMax || mantissa / divisor >= Max); places--)
            divisor *= 10;
        var (whole, rest) = Int128.DivRem(mantissa, divisor);
        if (rest * 2 > divisor || (rest * 2 == divisor && Int128.IsOddInteger(whole)))
            whole++;
        if (whole > Max)
            throw new OverflowException($"{mantissa} is no decimal.");

        return new((int)(uint)whole, (int)(uint)(whole >> 32), (int)(uint)(whole >> 64), false, (byte)places);
    }

    /// <summary>The other way: <paramref name="value"/> with so many places, as a whole number.</summary>
    /// <exception cref="OverflowException">It has more places, or the number more digits than fit.</exception>
    public static Int128 To(decimal value, int places)
    {
        Span<int> parts = stackalloc int[4];
        _ = decimal.GetBits(value, parts);
        var mantissa = ((Int128)(uint)parts[2] << 64) | ((Int128)(uint)parts[1] << 32) | (uint)parts[0];
        var missing = places - value.Scale;
        for (; missing < 0 && mantissa % 10 == 0; missing++)
            mantissa /= 10;
        if (missing < 0)
            throw new OverflowException($"{value} has more than {places} places.");

        for (; missing > 0; missing--)
            mantissa = checked(mantissa * 10);
        return mantissa;
    }
}
