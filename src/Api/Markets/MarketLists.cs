using Platform.Api.Lists;

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
}
