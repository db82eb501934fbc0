using Platform.Api.Lists;
using Platform.Domain.Markets.Aggregation;

namespace Platform.Api.Markets;

/// <summary>What can be asked of the lists of markets.</summary>
public static class MarketLists
{
    /// <summary>In memory: all that the venue lists.</summary>
    public static ListOf<MarketResponse> Markets { get; } = new("markets", "market", "market",
    [
        Field<MarketResponse>.Text("market", market => market.Market.Value) with { IsSortable = true, IsSearched = true },
        Field<MarketResponse>.Text("baseAsset", market => market.BaseAsset.Value) with { IsSortable = true },
        Field<MarketResponse>.Text("quoteAsset", market => market.QuoteAsset.Value) with { IsSortable = true },
        Field<MarketResponse>.Exact("tickSize", market => market.TickSize),
        Field<MarketResponse>.Exact("lotSize", market => market.LotSize.Value),
        Field<MarketResponse>.Exact("minQuantity", market => market.MinQuantity.Value),
        Field<MarketResponse>.Exact("maxQuantity", market => market.MaxQuantity.Value),
        Field<MarketResponse>.Exact("minNotional", market => market.MinNotional.Value),
        Field<MarketResponse>.Text("venue", market => market.Venue),
    ]);

    /// <summary>In memory: all that some market trades.</summary>
    public static ListOf<AssetResponse> Assets { get; } = new("assets", "asset", "asset",
    [
        Field<AssetResponse>.Text("asset", asset => asset.Asset.Value) with { IsSortable = true, IsSearched = true },
        Field<AssetResponse>.Whole("markets", asset => asset.Markets),
        Field<AssetResponse>.Text("reference", asset => asset.Reference.Value),
        Field<AssetResponse>.Whole("rank", asset => asset.Rank) with { IsSortable = true, IsNullable = true },
        Field<AssetResponse>.Exact("price", asset => asset.Price) with { IsNullable = true },
        Field<AssetResponse>.Exact("volume24h", asset => asset.Volume24h) with { IsSortable = true, IsNullable = true },
        Field<AssetResponse>.Exact("dominance", asset => asset.Dominance) with { IsNullable = true },
        Field<AssetResponse>.Exact("marketCap", asset => asset.MarketCap) with { IsSortable = true, IsNullable = true },
        Field<AssetResponse>.Exact("depth", asset => asset.Depth) with { IsNullable = true },
        Field<AssetResponse>.Whole("changeDay", asset => asset.ChangeDay) with { IsSortable = true, IsNullable = true },
        Field<AssetResponse>.Word<IndexQuality>("quality", asset => asset.Quality),
    ]);
}
