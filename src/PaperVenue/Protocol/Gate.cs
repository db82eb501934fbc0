namespace Platform.PaperVenue.Protocol;

/// <summary>What every request passes, whichever surface it comes from.</summary>
public sealed record Gate(Signatures Signatures, WeightLimit Limit, Faults Faults, TimeProvider Clock)
{
    /// <summary>Unix milliseconds.</summary>
    public long Now => Clock.GetUtcNow().ToUnixTimeMilliseconds();
}
