namespace Platform.Workers.Markets.Aggregation.Cold;

/// <summary>Sums as decimals, at the edge.</summary>
internal static class WideDecimal
{
    private const int PlacesMax = 28;

    private static readonly Int128 Max = (Int128.One << 96) - 1;

    /// <param name="mantissa">Not negative.</param>
    /// <exception cref="OverflowException">It has more digits than a decimal holds.</exception>
    public static decimal From(Int128 mantissa, int places)
    {
        // Markets are counted finer than they trade: the last places are zeros.
        while ((places > PlacesMax || mantissa > Max) && places > 0 && mantissa % 10 == 0)
            (mantissa, places) = (mantissa / 10, places - 1);
        if (places > PlacesMax || mantissa > Max)
            throw new OverflowException($"{mantissa} at {places} places is no decimal.");

        return new((int)(uint)mantissa, (int)(uint)(mantissa >> 32), (int)(uint)(mantissa >> 64), false, (byte)places);
    }
}
