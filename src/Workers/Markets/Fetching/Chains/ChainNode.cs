using System.ComponentModel.DataAnnotations;

namespace Platform.Workers.Markets.Fetching.Chains;

/// <summary>A node of an EVM chain, and what it is asked about.</summary>
public sealed class ChainNode
{
    /// <summary>The chain by CAIP-2: "eip155:1".</summary>
    [Required, RegularExpression("eip155:[0-9]{1,19}")]
    public string Chain { get; set; } = "";

    /// <summary>JSON-RPC over HTTP; "{key}" in it stands for the secret <c>fetch.eip155-1</c> <c>key</c>.</summary>
    [Required]
    public string Url { get; set; } = "";

    /// <summary>The chain's own coin.</summary>
    [Required, MaxLength(20)]
    public string Coin { get; set; } = "ETH";

    /// <summary>Multicall3, at the same address on nearly every chain.</summary>
    [RegularExpression("0x[0-9a-fA-F]{40}")]
    public string Multicall { get; set; } = "0xcA11bde05977b3631167028862bE2a173976CA11";

    /// <summary>A block under so many others, itself counted, is taken for settled; swaps are read up to there.</summary>
    [Range(1, 10_000)]
    public int Confirmations { get; set; } = 12;

    /// <summary>How many blocks back swaps are read from when nothing was read yet.</summary>
    [Range(0, 1_000_000)]
    public int FirstBlocks { get; set; } = 1_000;

    /// <summary>DefiLlama's name of the chain; null: its prices are not asked for.</summary>
    public string? LlamaName { get; set; }

    /// <summary>Token contracts.</summary>
    [MaxLength(500)]
    public IList<string> Tokens { get; } = [];

    /// <summary>Addresses whose balances are followed.</summary>
    [MaxLength(500)]
    public IList<string> Wallets { get; } = [];

    /// <summary>Pools of Uniswap V3's kind.</summary>
    [MaxLength(200)]
    public IList<string> Pools { get; } = [];

    /// <summary>Transactions whose confirmations are followed.</summary>
    [MaxLength(200)]
    public IList<string> Transactions { get; } = [];
}

/// <summary>A way for money that quotes are asked for; chains by their numbers, tokens by their addresses.</summary>
/// <param name="FromAmount">In the smallest unit of the token.</param>
/// <param name="FromAddress">Any address: nothing is signed.</param>
public sealed record RouteWish(string FromChain, string FromToken, string ToChain, string ToToken, string FromAmount, string FromAddress);
