using Platform.Domain.Values;

namespace Platform.Domain.Markets.Heatmap;

/// <summary>What assets cost a window before an instant.</summary>
public sealed class PastPrices
{
    private readonly Dictionary<(HeatmapWindow Window, Asset Asset), decimal> prices = [];

    private PastPrices(DateTimeOffset at) => At = at;

    /// <summary>Before which the windows lie.</summary>
    public DateTimeOffset At { get; }

    /// <summary>Nothing is known.</summary>
    public static PastPrices Unknown { get; } = new(DateTimeOffset.MinValue);

    /// <param name="then">What markets cost at the beginning of each of the <see cref="HeatmapWindows.Stored"/>, in their order.</param>
    public static PastPrices Of(DateTimeOffset at, IEnumerable<IReadOnlyCollection<MarketPoint>> then, Asset reference)
    {
        var past = new PastPrices(at);
        foreach (var (window, points) in HeatmapWindows.Stored.Zip(then))
            foreach (var asset in AssetPricing.Of(points, reference).Assets)
                past.prices[(window, asset.Asset)] = asset.Price;
        return past;
    }

    /// <summary>Null when nobody knows.</summary>
    public decimal? Before(Asset asset, HeatmapWindow window) =>
        prices.TryGetValue((window, asset), out var price) ? price : null;
}
