using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Platform.Api.Identity;
using Platform.Api.Lists;
using Platform.Domain.Identity;
using Platform.Domain.Values;
using Platform.Workers.Markets;
using Platform.Workers.Markets.Heatmap;

namespace Platform.Api.Markets;

/// <summary>What assets are worth over all their markets, now and at any past hour.</summary>
public static class AssetEndpoints
{
    private const int TopMax = 1000;

    extension(IEndpointRouteBuilder routes)
    {
        public void MapAssets()
        {
            var assets = routes.MapGroup("/v1").WithTags("Assets").Requires(OpenPermissions.ReadAssets).RefusesStrangeParameters();
            assets.MapGet("/heatmap", HeatmapAsync)
                .Refuses(StatusCodes.Status400BadRequest, "invalid_top", "invalid_at")
                .Refuses(StatusCodes.Status404NotFound, "nothing_stored")
                .Refuses(StatusCodes.Status503ServiceUnavailable, "market_data_unavailable");
            assets.MapGet("/assets", List).Lists(MarketLists.Assets).Refuses(StatusCodes.Status503ServiceUnavailable, "venue_unavailable");
            assets.MapGet("/assets/{asset}", Detail)
                .Refuses(StatusCodes.Status404NotFound, "unknown_asset")
                .Refuses(StatusCodes.Status503ServiceUnavailable, "venue_unavailable");
        }
    }

    private static async Task<Results<Resource<HeatmapResponse>, ProblemHttpResult>> HeatmapAsync(
        string? top, string? at, HeatmapBoard board, PastHeatmaps past, TimeProvider time, CancellationToken cancellationToken)
    {
        if (TopOf(top) is not { } tiles)
            return MarketProblems.InvalidTop(TopMax);
        if (at is null)
            return board.View is { } now ? new Resource<HeatmapResponse>(HeatmapResponse.Of(now, tiles)) : MarketProblems.NoPricesYet();
        if (FieldKind.Time.Parse(at) is not DateTimeOffset instant || instant > time.GetUtcNow())
            return MarketProblems.InvalidAt();

        var then = await past.AsOfAsync(instant, cancellationToken);
        return then.Tiles.Count > 0 ? new Resource<HeatmapResponse>(HeatmapResponse.Of(then, tiles)) : MarketProblems.NothingStored();
    }

    private static Results<ListAnswer<AssetResponse>, ProblemHttpResult> List(ListQuery asked, MarketCatalog catalog, HeatmapBoard board)
    {
        if (catalog.All is not { } all)
            return MarketProblems.VenueUnavailable();

        var tiles = (board.View?.Tiles ?? []).ToDictionary(tile => tile.Asset);
        return new ListAnswer<AssetResponse>(MarketLists.Assets, asked, new MemorySource<AssetResponse>(
        [
            .. MarketsByAsset(all).Select(asset => AssetResponse.Of(
                asset.Key, asset.Count(), board.Reference, tiles.GetValueOrDefault(asset.Key))),
        ]));
    }

    private static Results<Resource<AssetDetailResponse>, ProblemHttpResult> Detail(
        string asset, MarketCatalog catalog, HeatmapBoard board, AssetSupplies supplies)
    {
        if (catalog.All is not { } all)
            return MarketProblems.VenueUnavailable();
        if (!Asset.IsWellFormed(asset) || MarketsByAsset(all)[Asset.From(asset)].ToArray() is not { Length: > 0 } markets)
            return MarketProblems.UnknownAsset();

        var code = Asset.From(asset);
        var tile = board.View?.Tiles.FirstOrDefault(tile => tile.Asset == code);
        return new Resource<AssetDetailResponse>(new(
            AssetResponse.Of(code, markets.Length, board.Reference, tile), tile, supplies.Known.GetValueOrDefault(code),
            [.. (board.View?.Rates ?? []).Where(rate => tile?.Quotes.Contains(rate.Asset) is true)], markets));
    }

    private static ILookup<Asset, Symbol> MarketsByAsset(IReadOnlyList<MarketLookup.Listed> all) => all
        .SelectMany(listed => (Asset[])[listed.Rules.Market.Base, listed.Rules.Market.Quote], (listed, asset) => (listed.Rules.Market, Asset: asset))
        .ToLookup(it => it.Asset, it => it.Market);

    private static int? TopOf(string? text)
    {
        if (text is null)
            return HeatmapBoard.TilesMax;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var top) && top is >= 1 and <= TopMax ? top : null;
    }
}
