using System.Globalization;
using System.Numerics;
using Platform.Domain.Values;

namespace Platform.Domain.Markets.Fetching;

/// <summary>Amounts of a chain, whole numbers of the smallest unit, as decimals of the asset: exactly, or not at all.</summary>
public static class TokenAmount
{
    /// <summary>Most contracts have 18, some 36; more cannot be meant.</summary>
    public const int DecimalsMax = 77;

    private const int RatioDigits = 18;

    private static readonly BigInteger MantissaMax = BigInteger.Pow(10, ExactDecimal.DigitsMax);

    /// <summary>Null when the amount has more digits than a decimal holds, or more places: the caller says so, nothing is rounded.</summary>
    /// <param name="units">Below zero too.</param>
    /// <param name="decimals">0 to <see cref="DecimalsMax"/>.</param>
    public static decimal? Exact(BigInteger units, int decimals)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(decimals);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(decimals, DecimalsMax);
        var (mantissa, scale) = (units, decimals);
        while (scale > 0 && BigInteger.Remainder(mantissa, 10).IsZero)
            (mantissa, scale) = (mantissa / 10, mantissa.IsZero ? 0 : scale - 1);
        return scale <= ExactDecimal.ScaleMax && BigInteger.Abs(mantissa) < MantissaMax ? Scaled(mantissa, scale) : null;
    }

    /// <summary>
    /// The quotient, rounded once, half to even, to 18 significant digits and at most 18 places; null when even that is
    /// beyond a decimal.
    /// </summary>
    /// <param name="divisor">Above zero.</param>
    public static decimal? Ratio(BigInteger dividend, BigInteger divisor)
    {
        if (dividend.IsZero)
            return 0;

        // So many digits, or one more.
        var scale = RatioDigits - LengthOf(dividend) + LengthOf(divisor);
        if (BigInteger.Abs(Rounded(dividend, divisor, scale)) >= BigInteger.Pow(10, RatioDigits))
            scale--;
        scale = Math.Min(scale, ExactDecimal.ScaleMax);
        var mantissa = Rounded(dividend, divisor, scale);
        return scale >= 0 ? Exact(mantissa, scale) : Exact(mantissa * BigInteger.Pow(10, -scale), 0);
    }

    private static BigInteger Rounded(BigInteger dividend, BigInteger divisor, int scale)
    {
        var (top, bottom) = scale >= 0
            ? (dividend * BigInteger.Pow(10, scale), divisor)
            : (dividend, divisor * BigInteger.Pow(10, -scale));
        var quotient = BigInteger.DivRem(top, bottom, out var rest);
        var twice = BigInteger.Abs(rest) * 2;
        return twice > bottom || (twice == bottom && !quotient.IsEven) ? quotient + dividend.Sign : quotient;
    }

    private static int LengthOf(BigInteger number) => BigInteger.Abs(number).ToString(CultureInfo.InvariantCulture).Length;

    private static decimal Scaled(BigInteger mantissa, int scale)
    {
        var absolute = BigInteger.Abs(mantissa);
        var low = (ulong)(absolute & ulong.MaxValue);
        return new decimal((int)(low & uint.MaxValue), (int)(low >> 32), (int)(uint)(absolute >> 64), mantissa.Sign < 0, (byte)scale);
    }
}
