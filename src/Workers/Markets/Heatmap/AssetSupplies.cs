using System.Collections.Immutable;
using Platform.Domain.Markets.Heatmap;
using Platform.Domain.Values;

namespace Platform.Workers.Markets.Heatmap;

/// <summary>How much of each asset there is, as far as somebody counted it and a fetcher brought it.</summary>
public sealed class AssetSupplies
{
    private ImmutableDictionary<Asset, SupplyFact> known = ImmutableDictionary<Asset, SupplyFact>.Empty;

    public IReadOnlyDictionary<Asset, SupplyFact> Known => known;

    /// <summary>A newer fact takes the place of an older.</summary>
    public void Learn(Asset asset, SupplyFact fact) => ImmutableInterlocked.AddOrUpdate(
        ref known, asset, fact, (_, before) => fact.At >= before.At ? fact : before);
}
