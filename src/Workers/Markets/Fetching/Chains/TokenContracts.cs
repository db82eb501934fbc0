using Platform.Domain.Markets.Fetching;

namespace Platform.Workers.Markets.Fetching.Chains;

/// <summary>What the followed token contracts say of themselves (ERC-20 metadata); a change is a revision.</summary>
public sealed class TokenContracts(EvmNode node) : IFetcher
{
    /// <summary>Its facts are named <c>chain/address</c>, in lower case.</summary>
    internal const string Type = "chain.tokens";

    private static readonly (string Name, string Selector)[] Functions =
        [("name", "0x06fdde03"), ("symbol", "0x95d89b41"), ("decimals", "0x313ce567"), ("supply", "0x18160ddd")];

    public FetcherTerms Terms { get; } = node.TermsOf(
        Type, "Symbols, decimals and supply of followed tokens", TimeSpan.FromHours(6), GapRule.None, kept: null);

    public ValueTask<IReadOnlyList<FetchCall>> PlanAsync(FetchStand stand, CancellationToken cancellationToken) =>
        new(node.Node.Tokens.Count == 0 ? [] : [new FetchCall(node.Chain, stop => node.AskAsync([.. node.Node.Tokens.SelectMany(CallsOf)], stop))]);

    public ParsedFacts Parse(RawAnswer raw)
    {
        var answers = RpcAnswers.Read(raw.Body);
        List<Fact> facts = [];
        List<RejectedFact> rejected = [];
        foreach (var (id, parts) in answers.OfKind("decimals"))
            if (answers.Returned(id) is { } decimals && Abi.Unsigned(decimals, 0) is var places && places <= TokenAmount.DecimalsMax)
                facts.Add(new($"{raw.About}/{parts[0]}", Fact.Standing, raw.At, new TokenTerms(
                    raw.About, parts[0], Text(answers, $"symbol:{parts[0]}"), Text(answers, $"name:{parts[0]}"), (int)places,
                    answers.Returned($"supply:{parts[0]}") is { } supply ? TokenAmount.Exact(Abi.Unsigned(supply, 0), (int)places) : null)));
            else
                rejected.Add(new(parts[0], $"It says no decimals: {answers.WhyNot(id)}"));
        return new(facts, rejected);
    }

    internal static IEnumerable<RpcCall> CallsOf(string token) => Functions.Select(function =>
        RpcCall.Contract($"{function.Name}:{token.ToLowerInvariant()}", token, function.Selector, "latest"));

    internal static string Text(RpcAnswers answers, string id) => answers.Returned(id) is { } data ? Abi.Text(data) : string.Empty;
}
