namespace Platform.Domain.Markets.Fetching;

/// <summary>What a transaction costs now, in gwei per unit of gas.</summary>
/// <param name="NextBaseFee">Burned by the next block's transactions (EIP-1559).</param>
/// <param name="PriorityLow">Tips that the 10th, 50th and 90th per cent of gas in the latest blocks paid; the middle block's.</param>
/// <param name="Legacy">What the node proposes for transactions of the old kind.</param>
public sealed record GasPrice(
    long Block, decimal NextBaseFee, decimal PriorityLow, decimal PriorityMiddle, decimal PriorityHigh, decimal Legacy) : FactContent;

/// <summary>What a token contract says of itself; it may say anything, so the address alone tells tokens apart.</summary>
/// <param name="Supply">In whole units; null when it is too large to be told exactly.</param>
public sealed record TokenTerms(string Chain, string Address, string Symbol, string Name, int Decimals, decimal? Supply) : FactContent;

/// <summary>What one unit of a token is worth.</summary>
/// <param name="Unit">USD, or the address of the token that it is counted in.</param>
/// <param name="Source">A pool's address, or who computed it.</param>
/// <param name="Confidence">From 0 to 1, the source's own; null where it has none.</param>
public sealed record TokenPrice(string Token, decimal Price, string Unit, string Source, decimal? Confidence) : FactContent;

/// <summary>What an address holds, in whole units of the asset, as of one block.</summary>
/// <param name="Token">Null for the chain's own coin.</param>
public sealed record WalletBalance(string Chain, string Wallet, string? Token, string Asset, decimal Amount, long Block) : FactContent;

/// <summary>One swap in a pool, from the pool's view: what it took is above zero, what it gave below.</summary>
/// <param name="Price">Units of token 1 for one of token 0 behind the swap, rounded to 18 significant digits.</param>
/// <param name="IsRemoved">The block was replaced: it never happened.</param>
public sealed record PoolSwap(
    string Pool, decimal Amount0, decimal Amount1, decimal Price, int Tick, long Block, string Transaction, bool IsRemoved) : FactContent;

/// <summary>What moving an amount over a route would bring, by one aggregator's word.</summary>
/// <param name="AmountMin">At the least, after slippage; in units of the asset received, as <paramref name="Amount"/>.</param>
/// <param name="GasUsd">Null where it is not told.</param>
public sealed record RouteQuote(
    string Tool, string FromAsset, decimal FromAmount, string ToAsset, decimal Amount, decimal AmountMin, decimal? FeesUsd,
    decimal? GasUsd, int? Seconds) : FactContent;

/// <summary>A block by its number; another hash is a revision: the chain was reorganized.</summary>
public sealed record ChainBlock(string Hash, string Parent, DateTimeOffset MinedAt) : FactContent;

/// <summary>How far a chain has got.</summary>
/// <param name="Finalized">Never replaced any more; null where the chain does not know.</param>
public sealed record ChainHead(long Latest, string Hash, long? Safe, long? Finalized) : FactContent;

/// <summary>What became of a transaction.</summary>
/// <param name="Block">Null while it is in none.</param>
/// <param name="Confirmations">Its own block and those on top of it; zero while it is in none.</param>
/// <param name="HasSucceeded">Null while it is in no block.</param>
public sealed record TransactionState(long? Block, long Confirmations, bool? HasSucceeded) : FactContent;
