using Platform.Domain.Values;

namespace Platform.Domain.Markets.Heatmap;

/// <summary>The heatmap as it moves. For one writer.</summary>
/// <param name="reference">What all is told in.</param>
public sealed class LiveHeatmap(Asset reference)
{
    private readonly Dictionary<Asset, AssetPast> past = [];

    /// <summary>What stored bars of one length say that assets cost; bars of one start together.</summary>
    public void Restore(BarLevel level, DateTimeOffset start, IReadOnlyCollection<MarketPoint> closes)
    {
        foreach (var asset in AssetPricing.Of(closes, reference).Assets)
            PastOf(asset.Asset).Restore(level, start, asset.Price);
    }

    public HeatmapView Next(DateTimeOffset now, IReadOnlyCollection<MarketPoint> points, IReadOnlyDictionary<Asset, SupplyFact> supplies)
    {
        var prices = AssetPricing.Of(points, reference);
        // A kept price is shown with its age, and is no price of now.
        foreach (var asset in prices.Assets.Where(asset => asset.Quality is not Aggregation.IndexQuality.Stale))
            PastOf(asset.Asset).Record(now, asset.Price);
        return HeatmapView.Of(now, reference, prices, supplies, (asset, window) => past.GetValueOrDefault(asset)?.Before(window, now));
    }

    private AssetPast PastOf(Asset asset)
    {
        if (!past.TryGetValue(asset, out var known))
            past[asset] = known = new();
        return known;
    }
}
