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

    // How long a swing lasts, and how far it goes in hundred-millionths of the anchor.
    private static readonly (long Period, long Amplitude)[] Swings =
    [
        (30 * Day, 5_000_000), (7 * Day, 3_000_000), (Day, 1_500_000), (4 * Hour, 800_000), (Hour, 400_000),
        (10 * Minute, 150_000), (2 * Minute, 60_000), (20 * Second, 15_000), (4 * Second, 4_000),
    ];

    private readonly ulong[] seeds = [.. Swings.Select((_, i) => Noise.Seed(seed, $"{name}/{i}"))];

    /// <param name="at">Unix milliseconds.</param>
    public decimal At(long at)
    {
        // Whole numbers up to the last step: a start draws a hundred thousand of these.
        long swing = 0;
        for (var i = 0; i < Swings.Length; i++)
        {
            var (period, amplitude) = Swings[i];
            var (step, way) = Math.DivRem(at, period);
            var (from, to) = (Noise.Steps(seeds[i], step), Noise.Steps(seeds[i], step + 1));
            swing += amplitude * (from + ((to - from) * way / period)) / Noise.MostSteps;
        }
        return anchor * (100_000_000 + swing) / 100_000_000;
    }
}
