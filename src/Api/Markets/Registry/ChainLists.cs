using System.Globalization;
using Platform.Api.Lists;
using Platform.Domain.Markets.Registry;

namespace Platform.Api.Markets.Registry;

/// <summary>What can be asked of the lists of chains and of what is on one; all are in memory.</summary>
public static class ChainLists
{
    public static ListOf<ChainResponse> Chains { get; } = new("chains", "chainId", "name",
    [
        Field<ChainResponse>.Text("chainId", chain => chain.ChainId) with { IsSearched = true },
        Field<ChainResponse>.Text("name", chain => chain.Name) with { IsSortable = true, IsSearched = true },
        Field<ChainResponse>.Text("caip2", chain => chain.Caip2) with { IsSearched = true },
        Field<ChainResponse>.Word<ChainKind>("kind", chain => chain.Kind) with { IsSortable = true },
        Field<ChainResponse>.Text("nativeAsset", chain => chain.NativeAsset.Value) with { IsSortable = true, IsSearched = true },
        Field<ChainResponse>.Text("parent", chain => chain.Parent) with { IsNullable = true },
        Field<ChainResponse>.Exact("blockTimeSeconds", chain => chain.BlockTimeSeconds) with { IsNullable = true, IsSortable = true },
        Field<ChainResponse>.Whole("finalityBlocks", chain => chain.FinalityBlocks) with { IsNullable = true },
        Field<ChainResponse>.Whole("assets", chain => chain.Assets) with { IsSortable = true },
        Field<ChainResponse>.Whole("exchanges", chain => chain.Exchanges) with { IsSortable = true },
        Field<ChainResponse>.Whole("bridges", chain => chain.Bridges) with { IsSortable = true },
    ]);

    public static ListOf<ChainAssetResponse> Assets { get; } = new("chain-assets", "asset", "asset",
    [
        Field<ChainAssetResponse>.Text("chainId", asset => asset.ChainId),
        Field<ChainAssetResponse>.Text("asset", asset => asset.Asset.Value) with { IsSortable = true, IsSearched = true },
        Field<ChainAssetResponse>.Text("name", asset => asset.Name) with { IsSortable = true, IsSearched = true },
        Field<ChainAssetResponse>.Text("contract", asset => asset.Contract) with { IsNullable = true, IsSearched = true },
        Field<ChainAssetResponse>.Whole("decimals", asset => asset.Decimals),
        Field<ChainAssetResponse>.Boolean("isNative", asset => asset.IsNative),
        Field<ChainAssetResponse>.Text("source", asset => asset.Source),
        Field<ChainAssetResponse>.Nested("at", asset => asset.At.ToString("O", CultureInfo.InvariantCulture)),
    ]);

    public static ListOf<ChainMarketResponse> Markets { get; } = new("chain-markets", "listingId", "market",
    [
        Field<ChainMarketResponse>.Text("listingId", market => market.ListingId),
        Field<ChainMarketResponse>.Text("chainId", market => market.ChainId),
        Field<ChainMarketResponse>.Text("market", market => market.Market.Value) with { IsSortable = true, IsSearched = true },
        Field<ChainMarketResponse>.Text("baseAsset", market => market.BaseAsset.Value) with { IsSortable = true },
        Field<ChainMarketResponse>.Text("quoteAsset", market => market.QuoteAsset.Value) with { IsSortable = true },
        Field<ChainMarketResponse>.Text("exchangeId", market => market.ExchangeId.Value),
        Field<ChainMarketResponse>.Word<OnChain>("onChain", market => market.OnChain),
    ]);

    public static ListOf<ChainExchangeResponse> Exchanges { get; } = new("chain-exchanges", "exchangeId", "name",
    [
        Field<ChainExchangeResponse>.Text("chainId", exchange => exchange.ChainId),
        Field<ChainExchangeResponse>.Text("exchangeId", exchange => exchange.ExchangeId.Value) with { IsSearched = true },
        Field<ChainExchangeResponse>.Text("name", exchange => exchange.Name) with { IsSortable = true, IsSearched = true },
        Field<ChainExchangeResponse>.Word<ExchangeStatus>("status", exchange => exchange.Status),
        Field<ChainExchangeResponse>.Text("network", exchange => exchange.Network) with { IsSearched = true },
        Field<ChainExchangeResponse>.Text("source", exchange => exchange.Source),
        Field<ChainExchangeResponse>.Text("evidence", exchange => exchange.Evidence),
        Field<ChainExchangeResponse>.Nested("at", exchange => exchange.At.ToString("O", CultureInfo.InvariantCulture)),
    ]);

    public static ListOf<ChainBridgeResponse> Bridges { get; } = new("chain-bridges", "routeId", "name",
    [
        Field<ChainBridgeResponse>.Text("routeId", route => route.RouteId),
        Field<ChainBridgeResponse>.Text("chainId", route => route.ChainId),
        Field<ChainBridgeResponse>.Text("toChainId", route => route.ToChainId) with { IsSortable = true, IsSearched = true },
        Field<ChainBridgeResponse>.Text("bridgeId", route => route.BridgeId),
        Field<ChainBridgeResponse>.Text("name", route => route.Name) with { IsSortable = true, IsSearched = true },
        Field<ChainBridgeResponse>.Word<BridgeKind>("kind", route => route.Kind) with { IsSortable = true },
        Field<ChainBridgeResponse>.Nested("assets", route => string.Join(", ", route.Assets)),
        Field<ChainBridgeResponse>.Text("contract", route => route.Contract) with { IsNullable = true },
        Field<ChainBridgeResponse>.Text("source", route => route.Source),
        Field<ChainBridgeResponse>.Nested("at", route => route.At.ToString("O", CultureInfo.InvariantCulture)),
    ]);

    public static ListOf<ChainWalletResponse> Wallets { get; } = new("chain-wallets", "address", "name",
    [
        Field<ChainWalletResponse>.Text("chainId", wallet => wallet.ChainId),
        Field<ChainWalletResponse>.Text("address", wallet => wallet.Address) with { IsSearched = true },
        Field<ChainWalletResponse>.Text("name", wallet => wallet.Name) with { IsSortable = true, IsSearched = true },
    ]);
}
