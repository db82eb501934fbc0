namespace Platform.Domain.Markets.Heatmap;

/// <summary>The last price of each of the latest steps of time; a step in which nothing was known has none.</summary>
/// <param name="slots">How many steps are remembered, the running one included.</param>
public sealed class PriceRing(TimeSpan step, int slots)
{
    // A price may be missing for so many steps before it is not known any more.
    private const int Slack = 3;

    private readonly (long Step, decimal Price)[] ring = new (long, decimal)[slots];

    /// <summary>A later price of one step takes the place of the earlier; what is older than the ring is ignored.</summary>
    public void Record(DateTimeOffset at, decimal price)
    {
        var index = Index(at);
        ref var slot = ref ring[index % slots];
        if (index >= slot.Step)
            slot = (index, price);
    }

    /// <summary>The price as the step of this instant began; null when nothing is known of shortly before it.</summary>
    public decimal? Before(DateTimeOffset at)
    {
        var first = Index(at) - 1;
        for (var index = first; index > first - Slack && index >= 0; index--)
            if (ring[index % slots] is { Price: > 0 } slot && slot.Step == index)
                return slot.Price;
        return null;
    }

    private long Index(DateTimeOffset at) => at.UtcTicks / step.Ticks;
}
