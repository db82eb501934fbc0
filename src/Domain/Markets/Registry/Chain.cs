using System.Collections.Frozen;
using Platform.Domain.Values;

namespace Platform.Domain.Markets.Registry;

/// <summary>How a chain works, as far as a client sees it.</summary>
public enum ChainKind
{
    /// <summary>Ethereum's virtual machine and its JSON-RPC.</summary>
    Evm = 0,

    /// <summary>Bitcoin's: outputs that are spent whole.</summary>
    Utxo,

    /// <summary>Solana's.</summary>
    Svm,

    /// <summary>Tron's.</summary>
    Tvm,

    /// <summary>Sui's and Aptos'.</summary>
    Move,

    /// <summary>Tendermint and its SDK.</summary>
    Cosmos,
}

/// <summary>A blockchain.</summary>
/// <param name="Id">Ours, as in addresses: ethereum, bnb.</param>
/// <param name="Caip2">CAIP-2: eip155:1.</param>
/// <param name="Native">What its fees are paid in.</param>
/// <param name="Parent">The chain that it settles on; null when it settles by itself, or nobody says.</param>
/// <param name="BlockTimeSeconds">As text, for a quarter of a second is one too.</param>
/// <param name="FinalityBlocks">After how many blocks others take a transaction for final; 0: at once. Null where nobody says.</param>
/// <param name="Rpc">A public node; not what the platform connects to.</param>
public sealed record Chain(
    string Id, string Name, string Caip2, ChainKind Kind, NativeAsset Native, IReadOnlyList<ChainAsset> Assets,
    Fact<string>? Parent = null, Fact<string>? BlockTimeSeconds = null, Fact<int>? FinalityBlocks = null,
    Fact<string>? Explorer = null, Fact<string>? Rpc = null);

public sealed record NativeAsset(Asset Asset, int Decimals, string Source, DateOnly At);

/// <summary>One asset as it is on one chain.</summary>
/// <param name="Name">As its contract calls it: some are wrapped by a bridge.</param>
/// <param name="Contract">Null for the native asset.</param>
public sealed record ChainAsset(Asset Asset, string Name, int Decimals, string Source, DateOnly At, string? Contract = null);

/// <summary>How a bridge makes an asset appear on the other side.</summary>
public enum BridgeKind
{
    /// <summary>The chain's own way to and from the one that it settles on.</summary>
    Native = 0,

    /// <summary>Burned here, minted there, by the asset's issuer.</summary>
    BurnAndMint,

    /// <summary>Locked here, and a token that stands for it there.</summary>
    Wrapped,

    /// <summary>Paid in here, paid out there from what others put in.</summary>
    Liquidity,
}

/// <summary>A way from chain to chain.</summary>
public sealed record Bridge(
    string Id, string Name, BridgeKind Kind, string Source, DateOnly At, IReadOnlyList<BridgeRoute> Routes);

/// <summary>Two chains that a bridge joins, both ways.</summary>
/// <param name="Assets">Empty: any token of either chain.</param>
/// <param name="Contract">On the first chain; null where the source names none.</param>
public sealed record BridgeRoute(
    IReadOnlyList<string> Chains, IReadOnlyList<Asset> Assets, string Source, DateOnly At, string? Contract = null)
{
    /// <summary>Where one gets to; null when the route does not touch the chain.</summary>
    public string? From(string chain) => Chains switch
    {
        [var one, var other] when string.Equals(one, chain, StringComparison.Ordinal) => other,
        [var one, var other] when string.Equals(other, chain, StringComparison.Ordinal) => one,
        _ => null,
    };
}

/// <summary>All chains and bridges that the platform knows.</summary>
public static class Chains
{
    private static readonly FrozenDictionary<string, Chain> ById =
        RegistryFile.Read<ChainsFile>("chains").Chains.ToFrozenDictionary(chain => chain.Id, StringComparer.Ordinal);

    /// <summary>By id.</summary>
    public static IReadOnlyList<Chain> All { get; } = [.. ById.Values.OrderBy(chain => chain.Id, StringComparer.Ordinal)];

    /// <summary>By id.</summary>
    public static IReadOnlyList<Bridge> Bridges { get; } =
        [.. RegistryFile.Read<BridgesFile>("bridges").Bridges.OrderBy(bridge => bridge.Id, StringComparer.Ordinal)];

    public static Chain? Find(string id) => ById.GetValueOrDefault(id);
}

internal sealed record ChainsFile(IReadOnlyList<Chain> Chains);

internal sealed record BridgesFile(IReadOnlyList<Bridge> Bridges);
