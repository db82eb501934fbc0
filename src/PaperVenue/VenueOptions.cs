using Platform.PaperVenue.Protocol;

namespace Platform.PaperVenue;

/// <summary>How one venue process runs.</summary>
/// <param name="Folder">Holds the store and the demo key; made when absent.</param>
/// <param name="Seed">Of the invented markets: the same seed, the same prices.</param>
/// <param name="ReplayFile">Recorded trades that move one market; null for none.</param>
/// <param name="ReplayMarket">The market that the recording moves; null takes it from the file's name.</param>
/// <param name="Speed">How many times faster than recorded.</param>
/// <param name="WeightLimit">Request weight that a minute allows.</param>
public sealed record VenueOptions(
    int Port, string Host, string Folder, long Seed, string? ReplayFile, string? ReplayMarket, decimal Speed,
    Faults Faults, int WeightLimit)
{
    public static VenueOptions Usual { get; } =
        new(8090, "127.0.0.1", ".data/venue", 1, null, null, 1, Faults.None, 600_000);
}
