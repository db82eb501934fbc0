using System.Runtime.InteropServices;

namespace Platform.Domain.Markets.Aggregation;

/// <summary>
/// How many places the whole numbers have by which a market is counted: a price of 17,218.85 at four places is
/// 172,188,500. What has more places, or more digits than fit, is refused and never rounded.
/// </summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct MarketScale
{
    /// <summary>The largest whole number: twice its sum, and its product with another, can still be counted.</summary>
    public const long MantissaMax = 1_000_000_000_000_000_000;

    private const int PlacesMax = 18;

    // What is paid has the places of both, and is told as a decimal.
    private const int PlacesMaxTogether = 28;

    // More than anybody ever paid, in any asset; a decimal holds the sum of ten billions of them.
    private const long WorthMax = 1_000_000_000_000_000_000;

    // A venue that is listed later may count a little finer.
    private const int Spare = 2;

    // What is cheap trades in large numbers: the places of both together leave room for a day's volume.
    private const int Together = 14;
    private const int QuantitySpareMin = 2;
    private const int QuantitySpareMax = 8;

    private static readonly ulong[] Powers = [.. Enumerable.Range(0, PlacesMax + 1).Select(places => (ulong)Math.Pow(10, places))];

    private MarketScale(int pricePlaces, int quantityPlaces) => (PricePlaces, QuantityPlaces) = (pricePlaces, quantityPlaces);

    public int PricePlaces { get; }

    public int QuantityPlaces { get; }

    /// <exception cref="ArgumentOutOfRangeException">Either is below 0 or above 18.</exception>
    public static MarketScale From(int pricePlaces, int quantityPlaces)
    {
        if (pricePlaces is < 0 or > PlacesMax || quantityPlaces is < 0 or > PlacesMax)
            throw new ArgumentOutOfRangeException(nameof(pricePlaces), $"Places are from 0 to {PlacesMax}.");

        return new(pricePlaces, quantityPlaces);
    }

    /// <summary>A little finer than the finest of the rules; where a rule names no step, the places that the venue keeps.</summary>
    public static MarketScale Of(params IEnumerable<MarketRules> rules)
    {
        var (price, quantity) = (0, 0);
        foreach (var rule in rules)
        {
            price = Math.Max(price, Places(rule.Price.TickSize, rule.QuotePrecision));
            quantity = Math.Max(quantity, Places(rule.Lot.Step.Value, rule.BasePrecision));
        }

        price = Math.Min(price + Spare, PlacesMax);
        quantity = Math.Max(quantity, Math.Clamp(Together - price, QuantitySpareMin, QuantitySpareMax));
        return new(price, Math.Min(quantity, Math.Min(PlacesMax, PlacesMaxTogether - price)));
    }

    public bool TryPrice(decimal price, out long mantissa) => TryMantissa(price, PricePlaces, out mantissa);

    public bool TryQuantity(decimal quantity, out long mantissa) => TryMantissa(quantity, QuantityPlaces, out mantissa);

    /// <summary>Whether what was paid can be summed, and the sum be told: a trade of 10^18 of the quote asset can, and a larger one not.</summary>
    public bool CanSum(long price, long quantity) =>
        // With so many places, the largest whole numbers are worth no more.
        PricePlaces + QuantityPlaces >= PlacesMax || (Int128)price * quantity <= (Int128)WorthMax * Powers[PricePlaces + QuantityPlaces];

    public decimal Price(long mantissa) => Exact(mantissa, PricePlaces);

    public decimal Quantity(long mantissa) => Exact(mantissa, QuantityPlaces);

    private static int Places(decimal step, int otherwise) => step > 0 ? (step / 1.0000000000000000000000000000m).Scale : otherwise;

    private static decimal Exact(long mantissa, int places)
    {
        var magnitude = (ulong)Math.Abs(mantissa);
        return new((int)(uint)magnitude, (int)(magnitude >> 32), 0, mantissa < 0, (byte)places);
    }

    private static bool TryMantissa(decimal value, int places, out long mantissa)
    {
        mantissa = 0;
        Span<int> parts = stackalloc int[4];
        _ = decimal.GetBits(value, parts);
        if (parts[2] != 0 || parts[3] < 0)
            return false;

        var digits = (uint)parts[0] | ((ulong)(uint)parts[1] << 32);
        var missing = places - value.Scale;
        if (missing < 0)
        {
            if (-missing > PlacesMax || digits % Powers[-missing] != 0)
                return false;

            digits /= Powers[-missing];
        }
        else if (Math.BigMul(digits, Powers[missing], out digits) != 0)
        {
            return false;
        }

        mantissa = (long)digits;
        return digits <= MantissaMax;
    }
}
