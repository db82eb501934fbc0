using System.Globalization;
using System.Text.Json;
using Platform.Domain.Markets.Fetching;

namespace Platform.Workers.Markets.Fetching.Chains;

/// <summary>
/// Every swap of the followed pools in settled blocks (eth_getLogs), each once: a run goes on behind the last block that was
/// kept. Pools of Uniswap V3 and of PancakeSwap V3 say the same in two words.
/// </summary>
public sealed class PoolSwaps(EvmNode node) : IFetcher
{
    // Nodes for the public answer about so many blocks at once.
    private const int BlocksMax = 1_000;
    private const int CallsMax = 10;

    // keccak-256 of Swap(address,address,int256,int256,uint160,uint128,int24), with two more uint128 by the second.
    private const string UniswapSwap = "0xc42079f94a6350d7e6235f29174924f928cc2ac818eb64fed8004e115fbcca67";
    private const string PancakeSwap = "0x19b47279256b2a23a1665c810c8d55a1758940ee09377d4f8d26497a3577dc83";

    private readonly PoolMemory pools = new(node);

    public FetcherTerms Terms { get; } = node.TermsOf(
        "chain.swaps", "Swaps of followed pools", TimeSpan.FromSeconds(30), GapRule.None, kept: TimeSpan.FromDays(90));

    public async ValueTask<IReadOnlyList<FetchCall>> PlanAsync(FetchStand stand, CancellationToken cancellationToken)
    {
        var known = await pools.AllAsync(cancellationToken);
        if (known.Count == 0)
            return [];

        var settled = await node.HeadAsync(cancellationToken) - node.Node.Confirmations + 1;
        var from = stand.Position is { } position
            ? long.Parse(position, CultureInfo.InvariantCulture) + 1
            : Math.Max(0, settled - node.Node.FirstBlocks);
        List<FetchCall> calls = [];
        for (; from <= settled && calls.Count < CallsMax; from += BlocksMax)
        {
            var (first, last) = (from, Math.Min(from + BlocksMax - 1, settled));
            calls.Add(new(node.Chain, stop => AskAsync(known, first, last, stop))
            {
                PositionAfter = _ => last.ToString(CultureInfo.InvariantCulture), IsInOrder = true,
            });
        }

        return calls;
    }

    public ParsedFacts Parse(RawAnswer raw)
    {
        var answers = RpcAnswers.Read(raw.Body);
        List<Fact> facts = [];
        List<RejectedFact> rejected = [];
        foreach (var (id, pool) in answers.OfKind("logs"))
            foreach (var log in answers.Of(id).EnumerateArray())
                if (Swap(raw, answers, pool, log) is { } fact)
                    facts.Add(fact);
                else
                    rejected.Add(new($"{raw.About}/{log.GetProperty("transactionHash").GetString()}", "An amount or price is beyond a decimal."));
        return new(facts, rejected);
    }

    /// <summary>The swap in a log; null when it cannot be told exactly.</summary>
    /// <exception cref="FormatException">The log is of no swap.</exception>
    internal static PoolSwap? Read(JsonElement log, int decimals0, int decimals1)
    {
        if (log.GetProperty("topics")[0].GetString() is not (UniswapSwap or PancakeSwap))
            throw new FormatException("The log is of no swap.");

        var data = Abi.Bytes(log.GetProperty("data").GetString()!);
        var price = PoolMath.Price(Abi.Unsigned(data, 2), decimals0, decimals1);
        return (TokenAmount.Exact(Abi.Signed(data, 0), decimals0), TokenAmount.Exact(Abi.Signed(data, 1), decimals1), price) is ({ } amount0, { } amount1, { } at)
            ? new(
                log.GetProperty("address").GetString()!, amount0, amount1, at, (int)Abi.Signed(data, 4),
                Abi.Number(log.GetProperty("blockNumber").GetString()!), log.GetProperty("transactionHash").GetString()!,
                log.Optional("removed")?.GetBoolean() ?? false)
            : null;
    }

    private static Fact? Swap(RawAnswer raw, RpcAnswers answers, string[] pool, JsonElement log)
    {
        var block = log.GetProperty("blockNumber").GetString()!;
        var subject = $"{raw.About}/{log.GetProperty("transactionHash").GetString()}/{Abi.Number(log.GetProperty("logIndex").GetString()!)}";
        return Read(log, int.Parse(pool[1], CultureInfo.InvariantCulture), int.Parse(pool[2], CultureInfo.InvariantCulture)) is { } swap
            ? new(subject, RpcAnswers.TimeOf(answers.Of($"block:{block}")), raw.At, swap)
            : null;
    }

    // First the swaps, then the blocks they are in, for their time.
    private async Task<ReadOnlyMemory<byte>> AskAsync(IReadOnlyList<KnownPool> known, long first, long last, CancellationToken cancellationToken)
    {
        var swaps = await node.AskAsync([.. known.Select(pool => new RpcCall(
            $"logs:{pool.Address}|{pool.Token0.Decimals}|{pool.Token1.Decimals}", "eth_getLogs",
            $$"""[{"address":"{{pool.Address}}","fromBlock":"{{Abi.Hex(first)}}","toBlock":"{{Abi.Hex(last)}}","topics":[["{{UniswapSwap}}","{{PancakeSwap}}"]]}]"""))],
            cancellationToken);
        var answers = RpcAnswers.Read(swaps);
        // What the node could not answer must not be passed over.
        foreach (var (id, _) in answers.OfKind("logs"))
            if (answers.Find(id) is null)
                throw new FetchException(FetchFault.Refused, $"{node.Chain}: {answers.WhyNot(id)}");

        string[] blocks =
        [
            .. answers.OfKind("logs").SelectMany(kind => answers.Of(kind.Id).EnumerateArray())
                .Select(log => log.GetProperty("blockNumber").GetString()!).Distinct(StringComparer.Ordinal),
        ];
        return blocks.Length == 0
            ? swaps
            : EvmNode.Joined([swaps, await node.AskAsync([.. blocks.Select(block => RpcCall.Block($"block:{block}", block))], cancellationToken)]);
    }
}
