namespace Platform.Domain.Trading;

/// <summary>The one rounding of valued amounts.</summary>
public static class Amounts
{
    /// <summary>
    /// Places behind the point: price and quantity of 8 places each multiply exactly, and sums up to 10^12 stay exact
    /// in the 28 digits of a decimal.
    /// </summary>
    public const int Scale = 16;

    /// <summary>Half to even at <see cref="Scale"/> places.</summary>
    public static decimal Round(decimal value) => decimal.Round(value, Scale, MidpointRounding.ToEven);

    /// <inheritdoc cref="Round(decimal)"/>
    public static decimal? Round(decimal? value) => value is { } known ? Round(known) : null;
}
