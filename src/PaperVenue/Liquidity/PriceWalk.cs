namespace Platform.PaperVenue.Liquidity;

/// <summary>
/// A price that wanders around an anchor and always returns: the sum of swings of many lengths. It is a pure function
/// of seed and time, so that the chart before a restart is the chart after it, and no past needs to be stored.
/// </summary>
public sealed class PriceWalk(long seed, string name, decimal anchor)
{
    private const long Second = 1_000;
    private const long Minute = 60 * Second;
    private const long Hour = 60 * Minute;
    private const long Day = 24 * Hour;

    // How long a swing lasts and how far it goes, as a share of the anchor.
    private static readonly (long Period, decimal Amplitude)[] Swings =
    [
        (30 * Day, 0.05m), (7 * Day, 0.03m), (Day, 0.015m), (4 * Hour, 0.008m), (Hour, 0.004m),
        (10 * Minute, 0.0015m), (2 * Minute, 0.0006m), (20 * Second, 0.00015m), (4 * Second, 0.00004m),
    ];

    private readonly ulong[] seeds = [.. Swings.Select((_, i) => Noise.Seed(seed, $"{name}/{i}"))];

    /// <param name="at">Unix milliseconds.</param>
    public decimal At(long at)
    {
        var swing = 1m;
        for (var i = 0; i < Swings.Length; i++)
        {
            var (period, amplitude) = Swings[i];
            var step = at / period;
            var way = (decimal)(at % period) / period;
            var (from, to) = (Noise.Signed(seeds[i], step), Noise.Signed(seeds[i], step + 1));
            swing += amplitude * (from + ((to - from) * way));
        }
        return decimal.Round(anchor * swing, 8);
    }
}
