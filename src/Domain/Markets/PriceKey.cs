using Platform.Domain.Values;

namespace Platform.Domain.Markets;

/// <summary>Prices as whole numbers in their order, in units of 10^-18: finer than any, up to 10^20.</summary>
internal static class PriceKey
{
    private static readonly Int128[] Powers = [.. Powers10()];

    public static Int128 Of(Price price)
    {
        Span<int> parts = stackalloc int[4];
        _ = decimal.GetBits(price.Value, parts);
        var digits = new Int128((uint)parts[2], ((ulong)(uint)parts[1] << 32) | (uint)parts[0]);
        var missing = ExactDecimal.ScaleMax - price.Value.Scale;
        // A quotient may have more places; they are cut alike for all, and 18 are what venues have at most.
        return missing >= 0 ? digits * Powers[missing] : digits / Powers[-missing];
    }

    private static IEnumerable<Int128> Powers10()
    {
        Int128 power = 1;
        for (var places = 0; places <= ExactDecimal.ScaleMax; places++, power *= 10)
            yield return power;
    }
}
