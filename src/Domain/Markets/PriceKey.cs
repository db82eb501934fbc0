using Platform.Domain.Values;

namespace Platform.Domain.Markets;

/// <summary>
/// Prices as whole numbers in their order, in units of 10^-9 and cut there: of two prices the higher never has the lower key.
/// Those that have the same are told apart as they are.
/// </summary>
internal static class PriceKey
{
    private const int Places = 9;

    private static readonly ulong[] Powers = [.. Enumerable.Range(0, 20).Select(places => (ulong)Math.Pow(10, places))];

    public static long Of(Price price)
    {
        Span<int> parts = stackalloc int[4];
        _ = decimal.GetBits(price.Value, parts);
        var missing = Places - price.Value.Scale;
        if (parts[2] != 0)
            return Slowly(price);

        var digits = (uint)parts[0] | ((ulong)(uint)parts[1] << 32);
        if (missing < 0)
            return -missing < Powers.Length ? (long)(digits / Powers[-missing]) : 0;

        return Math.BigMul(digits, Powers[missing], out var key) == 0 && key <= long.MaxValue ? (long)key : long.MaxValue;
    }

    private static long Slowly(Price price) =>
        price.Value < long.MaxValue / Powers[Places] ? (long)(price.Value * Powers[Places]) : long.MaxValue;
}
