using Platform.Domain.Markets.Aggregation;
using Platform.Domain.Values;

namespace Platform.Domain.Markets.Heatmap;

/// <summary>The heatmap as it moves. For one writer.</summary>
/// <param name="reference">What all is told in.</param>
public sealed class LiveHeatmap(Asset reference)
{
    /// <summary>What assets cost long ago is looked up now and then; older than this it is of another time.</summary>
    public static readonly TimeSpan PastAgeMax = TimeSpan.FromMinutes(5);

    private const int SecondsKept = 64;

    private readonly Dictionary<Asset, PriceRing> latest = [];

    /// <param name="past">What was stored of the beginnings of the longer windows.</param>
    public HeatmapView Next(
        DateTimeOffset now, IReadOnlyCollection<MarketPoint> points, PastPrices past, IReadOnlyDictionary<Asset, SupplyFact> supplies)
    {
        var prices = AssetPricing.Of(points, reference);
        // A kept price is shown with its age, and is no price of now.
        foreach (var asset in prices.Assets.Where(asset => asset.Quality is not IndexQuality.Stale))
            LatestOf(asset.Asset).Record(now, asset.Price);
        return HeatmapView.Of(now, reference, prices, supplies, (asset, window) =>
        {
            if (window is HeatmapWindow.Now)
                return latest.GetValueOrDefault(asset)?.Before(now - window.Length);
            return now - past.At < PastAgeMax ? past.Before(asset, window) : null;
        });
    }

    private PriceRing LatestOf(Asset asset)
    {
        if (!latest.TryGetValue(asset, out var known))
            latest[asset] = known = new(TimeSpan.FromSeconds(1), SecondsKept);
        return known;
    }
}
