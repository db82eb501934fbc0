using System.Runtime.CompilerServices;
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
        // As a decimal lies in memory (OLE's DECIMAL): scale, upper 32 and lower 64 bits. To be given them as numbers takes as
        // long as all else here.
        var bits = Unsafe.BitCast<Price, UInt128>(price);
        var (head, digits) = ((ulong)bits, (ulong)(bits >> 64));
        var missing = Places - (int)(byte)(head >> 16);
        if (head >> 32 != 0)
            return Slowly(price);
        if (missing < 0)
            return (long)(digits / Powers[-missing]);

        return Math.BigMul(digits, Powers[missing], out var key) == 0 && key <= long.MaxValue ? (long)key : long.MaxValue;
    }

    private static long Slowly(Price price) =>
        price.Value < long.MaxValue / Powers[Places] ? (long)(price.Value * Powers[Places]) : long.MaxValue;
}
