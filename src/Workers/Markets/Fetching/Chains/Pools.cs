using System.Numerics;
using Platform.Domain.Markets.Fetching;

namespace Platform.Workers.Markets.Fetching.Chains;

/// <summary>A pool of Uniswap V3's kind with its two tokens.</summary>
internal sealed record KnownPool(string Address, KnownToken Token0, KnownToken Token1);

/// <summary>The followed pools and their tokens, asked for once: they never change.</summary>
internal sealed class PoolMemory(EvmNode node)
{
    private readonly TokenMemory tokens = new(node);
    private IReadOnlyList<KnownPool>? known;

    /// <exception cref="FetchException">The node did not answer, or a contract is no such pool.</exception>
    public async Task<IReadOnlyList<KnownPool>> AllAsync(CancellationToken cancellationToken) => known ??= await AskAsync(cancellationToken);

    private async Task<IReadOnlyList<KnownPool>> AskAsync(CancellationToken cancellationToken)
    {
        string[] pools = [.. node.Node.Pools.Select(pool => Abi.Checked(pool).ToLowerInvariant()).Distinct(StringComparer.Ordinal)];
        if (pools.Length == 0)
            return [];

        var answers = RpcAnswers.Read(await node.AskAsync([.. pools.SelectMany(pool => (RpcCall[])
            [RpcCall.Contract($"token0:{pool}", pool, "0x0dfe1681", "latest"), RpcCall.Contract($"token1:{pool}", pool, "0xd21220a7", "latest")])], cancellationToken));
        var pairs = pools.ToDictionary(pool => pool, pool => (Token(answers, "token0", pool), Token(answers, "token1", pool)), StringComparer.Ordinal);
        var byAddress = (await tokens.OfAsync(pairs.Values.SelectMany(pair => (string[])[pair.Item1, pair.Item2]), cancellationToken))
            .ToDictionary(token => token.Address, StringComparer.Ordinal);
        return [.. pools.Select(pool => new KnownPool(pool, Known(byAddress, pairs[pool].Item1), Known(byAddress, pairs[pool].Item2)))];
    }

    private static string Token(RpcAnswers answers, string which, string pool) => answers.Returned($"{which}:{pool}") is { } data
        ? Abi.Address(data, 0)
        : throw new FetchException(FetchFault.Refused, $"{pool} is no pool: it has no {which}.");

    private static KnownToken Known(Dictionary<string, KnownToken> byAddress, string token) => byAddress.GetValueOrDefault(token)
        ?? throw new FetchException(FetchFault.Refused, $"{token} is no token: it says no decimals.");
}

internal static class PoolMath
{
    private static readonly BigInteger Q192 = BigInteger.One << 192;

    /// <summary>Units of token 1 for one of token 0, from the root of the price in the smallest units times 2^96.</summary>
    public static decimal? Price(BigInteger sqrtPriceX96, int decimals0, int decimals1) => TokenAmount.Ratio(
        sqrtPriceX96 * sqrtPriceX96 * BigInteger.Pow(10, decimals0), Q192 * BigInteger.Pow(10, decimals1));
}
