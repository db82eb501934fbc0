using Platform.Domain.Markets.Fetching;
using Platform.Domain.Markets.Heatmap;
using Platform.Domain.Values;
using Platform.Projections.Markets;
using Platform.Workers.Markets.Fetching.Economy;

namespace Platform.Workers.Markets.Heatmap;

/// <summary>How much of each asset there is, as far as some source counts it and a fetcher brought it.</summary>
public sealed class AssetSupplies(FetchedFacts facts, TimeProvider time)
{
    private const string Source = "DefiLlama";
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(10);

    // A count of the week before last is none of now.
    private static readonly TimeSpan AgeMax = TimeSpan.FromDays(7);

    private volatile IReadOnlyDictionary<Asset, SupplyFact> known = new Dictionary<Asset, SupplyFact>();
    private DateTimeOffset readAt;

    /// <summary>As of the last reading.</summary>
    public IReadOnlyDictionary<Asset, SupplyFact> Known => known;

    /// <summary>Reads anew when it is time. For one caller.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (now - readAt < Period)
            return;
        known = await KnownAtAsync(now, cancellationToken);
        readAt = now;
    }

    /// <summary>What had been published by then.</summary>
    public async Task<IReadOnlyDictionary<Asset, SupplyFact>> KnownAtAsync(DateTimeOffset at, CancellationToken cancellationToken)
    {
        List<Fact> said = [];
        await foreach (var fact in facts.KnownAsync(DefiLlamaValues.Id, subject: null, at - AgeMax, at.AddTicks(TimeSpan.TicksPerMicrosecond), at, cancellationToken))
            said.Add(fact);
        return Supplies.Of(said, Source);
    }
}
