using Platform.Domain.Markets.Aggregation;
using Platform.Domain.Values;

namespace Platform.Domain.Markets.Heatmap;

/// <summary>What a dominance is a share of.</summary>
public enum DominanceBasis
{
    /// <summary>What traded in 24 hours: the supply of some asset is unknown.</summary>
    Volume = 0,

    /// <summary>Price times circulating supply.</summary>
    MarketCap,
}

/// <summary>Changes in basis points; null where the price of then is unknown.</summary>
/// <param name="Now">Since 60 s ago.</param>
/// <param name="Month">Since 30 days ago.</param>
public sealed record HeatmapChanges(int? Now, int? Hour, int? Day, int? Week, int? Month)
{
    /// <param name="before">What it cost a window ago; null when nobody knows.</param>
    public static HeatmapChanges Of(decimal price, Func<HeatmapWindow, decimal?> before)
    {
        return new(In(HeatmapWindow.Now), In(HeatmapWindow.Hour), In(HeatmapWindow.Day), In(HeatmapWindow.Week), In(HeatmapWindow.Month));

        int? In(HeatmapWindow window) => before(window) is > 0 and var then
            ? (int)Math.Clamp(decimal.Round((price - then) / then * 10_000, 0, MidpointRounding.ToEven), int.MinValue, int.MaxValue)
            : null;
    }
}

/// <summary>One asset: five sizes, five colours. Sizes in units of the reference asset.</summary>
/// <param name="Rank">From 1, by dominance.</param>
/// <param name="Dominance">Per cent of all assets, to four places.</param>
/// <param name="MarketCap">Null while the supply is unknown.</param>
/// <param name="Depth">What stands within 1 % of the middle, both sides; null while unknown.</param>
/// <param name="Quotes">What it is traded in, most traded first.</param>
public sealed record HeatmapTile(
    Asset Asset, int Rank, decimal Price, decimal Volume24h, decimal Dominance, decimal? MarketCap, decimal? Depth,
    HeatmapChanges Changes, IndexQuality Quality, IReadOnlyList<Asset> Quotes, DateTimeOffset At)
{
    /// <summary>The same but for when.</summary>
    public bool SaysTheSameAs(HeatmapTile other) => this with { At = other.At, Quotes = other.Quotes } == other && Quotes.SequenceEqual(other.Quotes);
}

/// <summary>All assets at one instant, by rank.</summary>
/// <param name="Reference">What sizes are told in.</param>
/// <param name="Rates">How other quote assets were converted.</param>
public sealed record HeatmapView(
    DateTimeOffset At, Asset Reference, IReadOnlyList<ReferenceRate> Rates, DominanceBasis DominanceBasis, IReadOnlyList<HeatmapTile> Tiles)
{
    private const int DominancePlaces = 4;

    /// <param name="before">What an asset cost a window ago.</param>
    public static HeatmapView Of(
        DateTimeOffset at, Asset reference, AssetPrices prices, IReadOnlyDictionary<Asset, SupplyFact> supplies,
        Func<Asset, HeatmapWindow, decimal?> before)
    {
        // A share is only one of a whole: with one supply unknown nobody knows what all are worth.
        var isCapped = prices.Assets.Count > 0 && prices.Assets.All(asset => supplies.ContainsKey(asset.Asset));
        var sized = prices.Assets.Select(asset => (Asset: asset, Cap: CapOf(asset, supplies))).ToArray();
        var total = sized.Sum(Size);
        return new(
            at, reference, prices.Rates, isCapped ? DominanceBasis.MarketCap : DominanceBasis.Volume,
            [
                .. sized.OrderByDescending(Size).ThenBy(it => it.Asset.Asset.Value, StringComparer.Ordinal).Select((it, place) => new HeatmapTile(
                    it.Asset.Asset, place + 1, it.Asset.Price, it.Asset.Volume24h,
                    total > 0 ? decimal.Round(Size(it) / total * 100, DominancePlaces, MidpointRounding.ToEven) : 0,
                    it.Cap, it.Asset.Depth, HeatmapChanges.Of(it.Asset.Price, window => before(it.Asset.Asset, window)),
                    it.Asset.Quality, it.Asset.Quotes, it.Asset.At)),
            ]);

        decimal Size((AssetPrice Asset, decimal? Cap) it) => isCapped ? it.Cap ?? 0 : it.Asset.Volume24h;
    }

    private static decimal? CapOf(AssetPrice asset, IReadOnlyDictionary<Asset, SupplyFact> supplies) =>
        supplies.TryGetValue(asset.Asset, out var supply) ? asset.Price * supply.Circulating : null;
}
