using Platform.Domain.Markets;
using Platform.Domain.Markets.Registry;
using Platform.Domain.Values;

namespace Platform.Api.Markets.Registry;

/// <summary>A chain in a list.</summary>
/// <param name="Caip2">CAIP-2: eip155:1.</param>
/// <param name="Parent">The chain that it settles on; null when it settles by itself, or nobody says.</param>
/// <param name="BlockTimeSeconds">Null where nobody says.</param>
/// <param name="FinalityBlocks">0: at once. Null where nobody says.</param>
public sealed record ChainResponse(
    string ChainId, string Name, string Caip2, ChainKind Kind, Asset NativeAsset, string? Parent, decimal? BlockTimeSeconds,
    int? FinalityBlocks, int Assets, int Exchanges, int Bridges)
{
    public static ChainResponse Of(Chain chain) => new(
        chain.Id, chain.Name, chain.Caip2, chain.Kind, chain.Native.Asset, chain.Parent?.Value, SecondsOf(chain), chain.FinalityBlocks?.Value,
        chain.Assets.Count, Venues.All.Count(venue => venue.Chains.Any(each => each.IsOver(chain))),
        Chains.Bridges.Count(bridge => bridge.Routes.Any(route => route.From(chain.Id) is not null)));

    private static decimal? SecondsOf(Chain chain) =>
        chain.BlockTimeSeconds is { Value: var text } && ExactDecimal.TryParse(text, out var seconds) ? seconds : null;
}

/// <summary>A chain with where each fact is from; null where nobody says.</summary>
/// <param name="Rpc">A public node; not what the platform connects to.</param>
public sealed record ChainDetail(
    string ChainId, string Name, string Caip2, ChainKind Kind, NativeAsset Native, Fact<string>? Parent, Fact<string>? BlockTimeSeconds,
    Fact<int>? FinalityBlocks, Fact<string>? Explorer, Fact<string>? Rpc)
{
    public static ChainDetail Of(Chain chain) => new(
        chain.Id, chain.Name, chain.Caip2, chain.Kind, chain.Native, chain.Parent, chain.BlockTimeSeconds, chain.FinalityBlocks,
        chain.Explorer, chain.Rpc);
}

/// <summary>One asset as it is on the chain.</summary>
/// <param name="Name">As its contract calls it.</param>
/// <param name="Contract">Null for the native asset.</param>
public sealed record ChainAssetResponse(
    string ChainId, Asset Asset, string Name, string? Contract, int Decimals, bool IsNative, string Source, DateOnly At)
{
    public static ChainAssetResponse Of(Chain chain, ChainAsset asset) => new(
        chain.Id, asset.Asset, asset.Name, asset.Contract, asset.Decimals, asset.Contract is null, asset.Source, asset.At);
}

/// <summary>Which of a market's assets are on the chain.</summary>
public enum OnChain { Base, Quote, Both }

/// <summary>A market of a connected exchange of which an asset is on the chain.</summary>
public sealed record ChainMarketResponse(
    string ListingId, string ChainId, Symbol Market, Asset BaseAsset, Asset QuoteAsset, VenueId ExchangeId, OnChain OnChain);

/// <summary>An exchange that takes and pays over the chain.</summary>
/// <param name="Network">As the exchange writes it.</param>
public sealed record ChainExchangeResponse(
    string ChainId, VenueId ExchangeId, string Name, ExchangeStatus Status, string Network, string Source, string Evidence, DateOnly At);

/// <summary>A way from the chain to another one.</summary>
/// <param name="Assets">Empty: any token of either chain.</param>
/// <param name="Contract">Null where the source names none.</param>
public sealed record ChainBridgeResponse(
    string RouteId, string ChainId, string ToChainId, string BridgeId, string Name, BridgeKind Kind, IReadOnlyList<Asset> Assets,
    string? Contract, string Source, DateOnly At);

/// <summary>A wallet of the caller on the chain.</summary>
/// <param name="Address">CAIP-10 without the chain.</param>
public sealed record ChainWalletResponse(string ChainId, string Address, string Name);
