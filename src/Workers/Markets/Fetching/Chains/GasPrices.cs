using System.Text.Json;
using Platform.Domain.Markets.Fetching;

namespace Platform.Workers.Markets.Fetching.Chains;

/// <summary>What transactions cost: the next base fee, and the tips that the latest blocks took (eth_feeHistory, eth_gasPrice).</summary>
public sealed class GasPrices(EvmNode node) : IFetcher
{
    private const int GweiDecimals = 9;
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(30);

    public FetcherTerms Terms { get; } = node.TermsOf(
        "chain.gas", "Base fee and priority fees", Every, GapRule.Each(Every * 4), kept: TimeSpan.FromDays(90));

    public ValueTask<IReadOnlyList<FetchCall>> PlanAsync(FetchStand stand, CancellationToken cancellationToken) => new(
    [
        new FetchCall(node.Chain, stop => node.AskAsync(
            [
                new("fees", "eth_feeHistory", """["0xa","latest",[10,50,90]]"""),
                new("legacy", "eth_gasPrice", "[]"),
                RpcCall.Block("block", "latest"),
            ], stop)),
    ]);

    public ParsedFacts Parse(RawAnswer raw)
    {
        var answers = RpcAnswers.Read(raw.Body);
        var (fees, block) = (answers.Of("fees"), answers.Of("block"));
        List<decimal[]> tips = [.. fees.GetProperty("reward").EnumerateArray().Select(each => each.EnumerateArray().Select(Gwei).ToArray())];
        return ParsedFacts.Of(
        [
            new(raw.About, RpcAnswers.TimeOf(block), raw.At, new GasPrice(
                Abi.Number(block.GetProperty("number").GetString()!), Gwei(fees.GetProperty("baseFeePerGas").EnumerateArray().Last()),
                Middle(tips, 0), Middle(tips, 1), Middle(tips, 2), Gwei(answers.Of("legacy")))),
        ]);
    }

    // The block in the middle, so that a single one full of haste, or an empty one, says nothing.
    private static decimal Middle(List<decimal[]> tips, int percentile) =>
        tips.Count == 0 ? 0 : tips.Select(tip => tip[percentile]).Order().ElementAt(tips.Count / 2);

    private static decimal Gwei(JsonElement wei) => TokenAmount.Exact(Abi.Quantity(wei.GetString()!), GweiDecimals)
        ?? throw new FormatException($"{wei} wei are beyond a decimal.");
}
