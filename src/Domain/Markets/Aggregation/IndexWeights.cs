namespace Platform.Domain.Markets.Aggregation;

/// <summary>Volume times what its age leaves of it, and of three or more none over 60 %.</summary>
internal static class IndexWeights
{
    // With a price of at most 10^18 the sum of the products can be counted.
    private const int TotalBits = 62;

    // Hundredths for ages up to so many minutes, and one for all that is older (the steps of CCCAGG).
    private static readonly (int Minutes, int Hundredths)[] Decay = [(5, 100), (10, 80), (15, 60), (20, 40), (25, 20)];

    /// <returns>The sum of the weights; above zero.</returns>
    public static Int128 Of(ReadOnlySpan<IndexInput> inputs, ReadOnlySpan<VenueVerdict> verdicts, Span<Int128> weights)
    {
        var (total, count) = Weigh(inputs, verdicts, weights, isByVolume: true);
        // Where nobody tells a volume, all count alike.
        if (total == 0)
            (total, count) = Weigh(inputs, verdicts, weights, isByVolume: false);
        if (count >= 3)
            total = Cap(weights, total);

        var excess = Math.Max(0, 128 - TotalBits - (int)Int128.LeadingZeroCount(total));
        return excess == 0 ? total : Shorten(weights, excess);
    }

    /// <summary>Each weight as a share of all, 0 to 1, to six places.</summary>
    public static decimal[] SharesOf(ReadOnlySpan<Int128> weights)
    {
        Int128 total = 0;
        foreach (var weight in weights)
            total += weight;
        var shares = new decimal[weights.Length];
        for (var i = 0; i < shares.Length && total > 0; i++)
            shares[i] = (decimal)Ratio.HalfEven(weights[i] * 1_000_000, total) / 1_000_000;
        return shares;
    }

    internal static int HundredthsAt(long age)
    {
        foreach (var (minutes, hundredths) in Decay)
            if (age <= minutes * TimeSpan.TicksPerMinute)
                return hundredths;

        return 1;
    }

    private static (Int128 Total, int Count) Weigh(
        ReadOnlySpan<IndexInput> inputs, ReadOnlySpan<VenueVerdict> verdicts, Span<Int128> weights, bool isByVolume)
    {
        Int128 total = 0;
        var count = 0;
        for (var i = 0; i < inputs.Length; i++)
        {
            if (verdicts[i] is not VenueVerdict.Used)
                continue;

            weights[i] = (isByVolume ? (Int128)inputs[i].Volume : 1) * HundredthsAt(inputs[i].Age);
            total += weights[i];
            count++;
        }

        return (total, count);
    }

    // At most one is over 60 %, and the others share 40 % afterwards: once is enough. Three to two keeps whole numbers.
    private static Int128 Cap(Span<Int128> weights, Int128 total)
    {
        var heaviest = 0;
        for (var i = 1; i < weights.Length; i++)
            heaviest = weights[i] > weights[heaviest] ? i : heaviest;
        var others = total - weights[heaviest];
        if (weights[heaviest] * 10 <= total * 6 || others == 0)
            return total;

        foreach (ref var weight in weights)
            weight *= 2;
        weights[heaviest] = others * 3;
        return others * 5;
    }

    private static Int128 Shorten(Span<Int128> weights, int bits)
    {
        Int128 total = 0;
        foreach (ref var weight in weights)
        {
            weight >>= bits;
            total += weight;
        }

        return total;
    }
}
