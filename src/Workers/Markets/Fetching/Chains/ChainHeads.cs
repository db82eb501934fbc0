using System.Text.Json;
using Platform.Domain.Markets.Fetching;

namespace Platform.Workers.Markets.Fetching.Chains;

/// <summary>
/// How far a chain has got, its latest blocks by number, and the confirmations of followed transactions. A block whose hash
/// has changed is a revision: the revisions of blocks are the history of the chain's reorganizations.
/// </summary>
public sealed class ChainHeads(EvmNode node) : IFetcher
{
    // Reorganizations deeper than that come of a chain that is broken.
    private const int Depth = 16;

    private static readonly TimeSpan Every = TimeSpan.FromSeconds(15);

    public FetcherTerms Terms { get; } = node.TermsOf(
        "chain.head", "Newest and final blocks, reorganizations, confirmations", Every, GapRule.None, kept: TimeSpan.FromDays(7));

    public async ValueTask<IReadOnlyList<FetchCall>> PlanAsync(FetchStand stand, CancellationToken cancellationToken)
    {
        var head = await node.HeadAsync(cancellationToken);
        RpcCall[] calls =
        [
            RpcCall.Block("safe", "safe"), RpcCall.Block("finalized", "finalized"),
            .. Enumerable.Range(0, (int)Math.Min(Depth, head + 1)).Select(back => RpcCall.Block($"block:{head - back}", Abi.Hex(head - back))),
            .. node.Node.Transactions.Select(hash => new RpcCall(
                $"receipt:{hash.ToLowerInvariant()}|{node.Node.Confirmations}", "eth_getTransactionReceipt", JsonSerializer.Serialize<string[]>([hash]))),
        ];
        return [new(node.Chain, stop => node.AskAsync(calls, stop))];
    }

    public ParsedFacts Parse(RawAnswer raw)
    {
        var answers = RpcAnswers.Read(raw.Body);
        JsonElement[] blocks =
        [
            .. answers.OfKind("block").Select(kind => answers.Find(kind.Id)).OfType<JsonElement>()
                .OrderByDescending(Number),
        ];
        if (blocks is not [var newest, ..])
            throw new FormatException("The node knows none of its latest blocks.");

        var head = Number(newest);
        return ParsedFacts.Of(
        [
            new(raw.About, RpcAnswers.TimeOf(newest), raw.At, new ChainHead(
                head, Hash(newest), answers.Find("safe") is { } safe ? Number(safe) : null,
                answers.Find("finalized") is { } final ? Number(final) : null)),
            .. blocks.Select(block => new Fact($"{raw.About}/block/{Number(block)}", Fact.Standing, raw.At, new ChainBlock(
                Hash(block), block.GetProperty("parentHash").GetString()!, RpcAnswers.TimeOf(block)))),
            .. answers.OfKind("receipt").Select(kind => new Fact(
                $"{raw.About}/{kind.Parts[0]}", Fact.Standing, raw.At,
                State(answers.Find(kind.Id), head, long.Parse(kind.Parts[1], System.Globalization.CultureInfo.InvariantCulture)))),
        ]);
    }

    // Counted no further than matters, or every block would be a revision for ever.
    private static TransactionState State(JsonElement? receipt, long head, long enough) => receipt is { } found
        ? new(
            Number(found, "blockNumber"), Math.Clamp(head - Number(found, "blockNumber") + 1, 0, enough), found.GetProperty("status").GetString() is "0x1")
        : new(Block: null, Confirmations: 0, HasSucceeded: null);

    private static long Number(JsonElement block) => Number(block, "number");

    private static long Number(JsonElement element, string member) => Abi.Number(element.GetProperty(member).GetString()!);

    private static string Hash(JsonElement block) => block.GetProperty("hash").GetString()!;
}
