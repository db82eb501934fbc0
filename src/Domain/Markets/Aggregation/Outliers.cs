namespace Platform.Domain.Markets.Aggregation;

/// <summary>
/// What lies more than 3.5 s from the median, s being 1.4826 times the median deviation and at least five hundredths of
/// a per cent. The median is not weighted, so that one venue with invented volume cannot drag it.
/// </summary>
internal static class Outliers
{
    /// <param name="count">How many are used so far; three or more.</param>
    public static void Reject(ReadOnlySpan<IndexInput> inputs, Span<VenueVerdict> verdicts, int count)
    {
        Span<long> sorted = stackalloc long[count];
        var twiceMedian = TwiceMedian(inputs, verdicts, sorted, twiceFrom: null);
        Int128 fourDeviations = TwiceMedian(inputs, verdicts, sorted, twiceMedian);

        // Everything times 40,000, so that nothing is divided.
        var reach = 7 * Int128.Max(14_826 * fourDeviations, 10 * (Int128)twiceMedian);
        for (var i = 0; i < inputs.Length; i++)
            if (verdicts[i] is VenueVerdict.Used && Math.Abs((2 * inputs[i].Price) - twiceMedian) * (Int128)40_000 > reach)
                verdicts[i] = VenueVerdict.Outlier;
    }

    /// <param name="twiceFrom">Null for the prices themselves, else for twice their distances from half of it.</param>
    private static long TwiceMedian(
        ReadOnlySpan<IndexInput> inputs, ReadOnlySpan<VenueVerdict> verdicts, Span<long> sorted, long? twiceFrom)
    {
        var count = 0;
        for (var i = 0; i < inputs.Length; i++)
            if (verdicts[i] is VenueVerdict.Used)
                sorted[count++] = twiceFrom is { } from ? Math.Abs((2 * inputs[i].Price) - from) : inputs[i].Price;
        sorted.Sort();
        return sorted[count / 2] + sorted[(count - 1) / 2];
    }
}
