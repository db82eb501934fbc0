using System.Globalization;
using Platform.Domain.Markets.Fetching;

namespace Platform.Workers.Markets.Fetching.Chains;

/// <summary>Prices that the followed pools stand at (slot0 of Uniswap V3's kind), all as of one block.</summary>
public sealed class PoolPrices(EvmNode node) : IFetcher
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(15);

    private readonly PoolMemory pools = new(node);

    public FetcherTerms Terms { get; } = node.TermsOf(
        "chain.prices", "Prices of followed pools", Every, GapRule.Each(Every * 8), kept: TimeSpan.FromDays(30));

    public async ValueTask<IReadOnlyList<FetchCall>> PlanAsync(FetchStand stand, CancellationToken cancellationToken)
    {
        var known = await pools.AllAsync(cancellationToken);
        if (known.Count == 0)
            return [];

        var block = Abi.Hex(await node.HeadAsync(cancellationToken));
        RpcCall[] calls =
        [
            RpcCall.Block("block", block),
            .. known.Select(pool => RpcCall.Contract(
                $"slot0:{pool.Address}|{pool.Token0.Address}|{pool.Token0.Decimals}|{pool.Token1.Address}|{pool.Token1.Decimals}",
                pool.Address, "0x3850c7bd", block)),
        ];
        return [new(node.Chain, stop => node.AskAsync(calls, stop))];
    }

    public ParsedFacts Parse(RawAnswer raw)
    {
        var answers = RpcAnswers.Read(raw.Body);
        var at = RpcAnswers.TimeOf(answers.Of("block"));
        List<Fact> facts = [];
        List<RejectedFact> rejected = [];
        foreach (var (id, parts) in answers.OfKind("slot0"))
        {
            var subject = $"{raw.About}/{parts[0]}";
            if (answers.Returned(id) is not { } data)
                rejected.Add(new(subject, answers.WhyNot(id)));
            else if (PoolMath.Price(Abi.Unsigned(data, 0), Decimals(parts[2]), Decimals(parts[4])) is { } price)
                facts.Add(new(subject, at, raw.At, new TokenPrice(parts[1], price, Unit: parts[3], Source: parts[0], Confidence: null)));
            else
                rejected.Add(new(subject, "The price is beyond a decimal."));
        }

        return new(facts, rejected);
    }

    private static int Decimals(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
