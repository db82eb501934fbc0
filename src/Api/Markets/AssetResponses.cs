using Platform.Domain.Markets.Aggregation;
using Platform.Domain.Markets.Heatmap;
using Platform.Domain.Values;

namespace Platform.Api.Markets;

/// <summary>Assets by dominance, each with five sizes and five colours, so that a page switches between them without asking.</summary>
/// <param name="Reference">What sizes are told in; other quote assets were converted by the rates given.</param>
/// <param name="DominanceBasis">What the dominances are shares of: the market's worth, or what traded where a supply is unknown.</param>
public sealed record HeatmapResponse(
    DateTimeOffset At, Asset Reference, IReadOnlyList<ReferenceRate> Rates, DominanceBasis DominanceBasis,
    IReadOnlyList<HeatmapTile> Tiles, HeatmapRest Rest)
{
    public static HeatmapResponse Of(HeatmapView view, int top) => new(
        view.At, view.Reference, view.Rates, view.DominanceBasis, [.. view.Tiles.Take(top)], HeatmapRest.Of([.. view.Tiles.Skip(top)]));
}

/// <summary>All assets beyond those that are told one by one.</summary>
/// <param name="Dominance">Per cent.</param>
public sealed record HeatmapRest(int Assets, decimal Volume24h, decimal Dominance)
{
    public static HeatmapRest Of(IReadOnlyCollection<HeatmapTile> tiles) =>
        new(tiles.Count, tiles.Sum(tile => tile.Volume24h), tiles.Sum(tile => tile.Dominance));
}

/// <summary>An asset that some market trades; all that depends on a price is null where none of its markets is followed.</summary>
/// <param name="Reference">What amounts are told in.</param>
/// <param name="Markets">In how many markets it is traded, on either side.</param>
/// <param name="Dominance">Per cent of all assets.</param>
/// <param name="ChangeDay">Basis points in 24 hours.</param>
public sealed record AssetResponse(
    Asset Asset, int Markets, Asset Reference, int? Rank, decimal? Price, decimal? Volume24h, decimal? Dominance, decimal? MarketCap,
    decimal? Depth, int? ChangeDay, IndexQuality Quality)
{
    public static AssetResponse Of(Asset asset, int markets, Asset reference, HeatmapTile? tile) => new(
        asset, markets, reference, tile?.Rank, tile?.Price, tile?.Volume24h, tile?.Dominance, tile?.MarketCap, tile?.Depth,
        tile?.Changes.Day, tile?.Quality ?? IndexQuality.None);
}

/// <param name="Tile">Null where none of its markets is followed.</param>
/// <param name="Supply">Null while nobody told how much of it there is.</param>
/// <param name="Rates">How the quote assets of its markets were converted.</param>
public sealed record AssetDetailResponse(
    AssetResponse Asset, HeatmapTile? Tile, SupplyFact? Supply, IReadOnlyList<ReferenceRate> Rates, IReadOnlyList<Symbol> Markets);
