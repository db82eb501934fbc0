using System.Runtime.InteropServices;
using Platform.Domain.Markets.Aggregation;
using Platform.Domain.Values;

namespace Platform.Domain.Markets.Heatmap;

/// <summary>A market as the heatmap needs it.</summary>
/// <param name="Price">In quote units, above zero.</param>
/// <param name="Volume24h">In base units.</param>
/// <param name="Depth">What stands within 1 % of the middle on both sides, in quote units; null while unknown.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct MarketPoint(
    Symbol Market, decimal Price, DateTimeOffset At, decimal Volume24h, decimal? Depth, IndexQuality Quality);

/// <summary>By which market a quote asset became the reference asset.</summary>
/// <param name="Rate">Units of the reference asset for one unit of <paramref name="Asset"/>.</param>
public sealed record ReferenceRate(Asset Asset, decimal Rate, Symbol Market, DateTimeOffset At);

/// <summary>An asset in the reference asset's units.</summary>
/// <param name="Depth">Null where it is unknown of all its markets.</param>
/// <param name="Quality">Of the market where most of it trades.</param>
/// <param name="Quotes">What it is traded in, most traded first; those that are not the reference asset were converted.</param>
public sealed record AssetPrice(
    Asset Asset, decimal Price, decimal Volume24h, decimal? Depth, IndexQuality Quality, IReadOnlyList<Asset> Quotes, DateTimeOffset At);

/// <param name="Rates">By asset; the reference asset itself is not among them.</param>
public sealed record AssetPrices(IReadOnlyList<AssetPrice> Assets, IReadOnlyList<ReferenceRate> Rates);

/// <summary>
/// One price for an asset out of all its markets: converted by a named rate, then weighed by volume. A market whose quote asset
/// no rate leads from is left out, for two currencies are never one.
/// </summary>
public static class AssetPricing
{
    private const int Places = 18;

    /// <param name="reference">What all is told in.</param>
    public static AssetPrices Of(IReadOnlyCollection<MarketPoint> points, Asset reference)
    {
        var rates = RatesOf(points, reference);
        var priced = points.GroupBy(point => point.Market.Base)
            .Select(markets => PriceOf(markets.Key, [.. markets], reference, rates)).OfType<AssetPrice>();
        return new(
            [.. priced.OrderBy(asset => asset.Asset.Value, StringComparer.Ordinal)],
            [.. rates.Values.OrderBy(rate => rate.Asset.Value, StringComparer.Ordinal)]);
    }

    private static Dictionary<Asset, ReferenceRate> RatesOf(IReadOnlyCollection<MarketPoint> points, Asset reference)
    {
        Dictionary<Asset, ReferenceRate> rates = [];
        // The most traded market names the rate; the direct one before the inverse, and names decide a tie.
        foreach (var point in points.OrderByDescending(point => point.Volume24h).ThenBy(point => point.Market.Value, StringComparer.Ordinal))
        {
            if (point.Market.Quote == reference)
                rates.TryAdd(point.Market.Base, new(point.Market.Base, point.Price, point.Market, point.At));
        }
        foreach (var point in points.OrderByDescending(point => point.Volume24h).ThenBy(point => point.Market.Value, StringComparer.Ordinal))
        {
            if (point.Market.Base == reference)
                rates.TryAdd(point.Market.Quote, new(point.Market.Quote, decimal.Round(1 / point.Price, Places, MidpointRounding.ToEven), point.Market, point.At));
        }
        var quoted = points.Select(point => point.Market.Quote).ToHashSet();
        return rates.Where(rate => quoted.Contains(rate.Key) && rate.Key != reference).ToDictionary();
    }

    private static AssetPrice? PriceOf(
        Asset asset, MarketPoint[] markets, Asset reference, Dictionary<Asset, ReferenceRate> rates)
    {
        var converted = markets
            .Select(market => (Market: market, Rate: market.Market.Quote == reference ? 1 : rates.GetValueOrDefault(market.Market.Quote)?.Rate))
            .Where(it => it.Rate is not null)
            .Select(it => (it.Market, Rate: it.Rate!.Value, Price: it.Market.Price * it.Rate.Value))
            .OrderByDescending(it => it.Market.Volume24h).ThenBy(it => it.Market.Market.Value, StringComparer.Ordinal)
            .ToArray();
        if (converted.Length == 0)
            return null;

        var volume = converted.Sum(it => it.Market.Volume24h);
        var price = volume > 0
            ? converted.Sum(it => it.Price * (it.Market.Volume24h / volume))
            : converted.Average(it => it.Price);
        var depths = converted.Where(it => it.Market.Depth is not null).Select(it => it.Market.Depth!.Value * it.Rate).ToArray();
        return new(
            asset, decimal.Round(price, Places, MidpointRounding.ToEven),
            decimal.Round(converted.Sum(it => it.Market.Volume24h * it.Price), Places, MidpointRounding.ToEven),
            depths.Length > 0 ? decimal.Round(depths.Sum(), Places, MidpointRounding.ToEven) : null,
            converted[0].Market.Quality, [.. converted.Select(it => it.Market.Market.Quote).Distinct()], converted.Max(it => it.Market.At));
    }
}
