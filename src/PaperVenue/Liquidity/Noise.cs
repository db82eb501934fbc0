namespace Platform.PaperVenue.Liquidity;

/// <summary>Repeatable randomness: a number is a pure function of its seed and its coordinates.</summary>
public static class Noise
{
    private const int Bits = 24;

    /// <summary>The bound of <see cref="Steps"/>.</summary>
    public const long MostSteps = 1 << (Bits - 1);

    /// <summary>A whole number from minus <see cref="MostSteps"/> up to, not including, it.</summary>
    public static long Steps(ulong seed, long coordinate) => Draw(seed, coordinate) - MostSteps;

    /// <summary>From 0 up to, not including, 1.</summary>
    public static decimal Unit(ulong seed, long coordinate) => (decimal)Draw(seed, coordinate) / (1 << Bits);

    public static ulong Seed(long seed, string name) =>
        name.Aggregate(Mix((ulong)seed), (mixed, letter) => Mix(mixed ^ letter));

    private static long Draw(ulong seed, long coordinate) => (long)(Mix(seed ^ Mix((ulong)coordinate)) >> (64 - Bits));

    // SplitMix64 (Steele, Lea, Flood 2014).
    private static ulong Mix(ulong value)
    {
        value += 0x9E3779B97F4A7C15;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
