using System.Numerics;
using Platform.Domain.Markets.Fetching;

namespace Platform.Workers.Markets.Fetching.Chains;

/// <summary>
/// What the followed addresses hold of the chain's coin and the followed tokens, all as of one block: eth_getBalance, and
/// balanceOf through Multicall3.
/// </summary>
public sealed class WalletBalances(EvmNode node) : IFetcher
{
    private const int CoinDecimals = 18;

    // Balances that one call to the multicall contract asks for.
    private const int CallsMax = 200;

    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    private readonly TokenMemory tokens = new(node);

    public FetcherTerms Terms { get; } = node.TermsOf(
        "chain.balances", "Coins and tokens of followed addresses", Every, GapRule.Each(Every * 5), kept: TimeSpan.FromDays(400));

    public async ValueTask<IReadOnlyList<FetchCall>> PlanAsync(FetchStand stand, CancellationToken cancellationToken)
    {
        if (node.Node.Wallets.Count == 0)
            return [];

        var known = await tokens.OfAsync(node.Node.Tokens, cancellationToken);
        var block = Abi.Hex(await node.HeadAsync(cancellationToken));
        RpcCall[] calls =
        [
            RpcCall.Block("block", block),
            .. node.Node.Wallets.Select(wallet => new RpcCall(
                $"coin:{Abi.Checked(wallet).ToLowerInvariant()}", "eth_getBalance", $"""["{wallet}","{block}"]""")),
            .. Multicalls(known, block),
        ];
        return [new(node.Chain, stop => node.AskAsync(calls, stop))];
    }

    public ParsedFacts Parse(RawAnswer raw)
    {
        var answers = RpcAnswers.Read(raw.Body);
        var block = answers.Of("block");
        var reading = new Reading(
            raw, node.Node.Coin, Abi.Number(block.GetProperty("number").GetString()!), RpcAnswers.TimeOf(block));
        foreach (var (id, parts) in answers.OfKind("coin"))
            reading.Add(parts[0], token: null, reading.Coin, CoinDecimals, answers.Find(id) is { } coin ? Abi.Quantity(coin.GetString()!) : null);
        foreach (var (id, parts) in answers.OfKind("tokens"))
        {
            var results = answers.Returned(id) is { } data ? Abi.Aggregated(data) : [];
            for (var i = 0; i < parts.Length; i++)
                if (parts[i].Split(',') is [var wallet, var token, var decimals, var symbol])
                    reading.Add(
                        wallet, token, symbol, int.Parse(decimals, System.Globalization.CultureInfo.InvariantCulture),
                        i < results.Count && results[i] is { Length: > 0 } balance ? Abi.Unsigned(balance, 0) : null);
        }

        return new(reading.Facts, reading.Rejected);
    }

    private IEnumerable<RpcCall> Multicalls(IReadOnlyList<KnownToken> known, string block) =>
        (from wallet in node.Node.Wallets from token in known select (Wallet: wallet.ToLowerInvariant(), Token: token)).Chunk(CallsMax).Select(part =>
            RpcCall.Contract(
                $"tokens:{string.Join('|', part.Select(each => $"{each.Wallet},{each.Token.Address},{each.Token.Decimals},{each.Token.Symbol}"))}",
                node.Node.Multicall, Abi.Aggregate([.. part.Select(each => (each.Token.Address, $"0x70a08231{Abi.Word(each.Wallet)}"))]), block));

    private sealed class Reading(RawAnswer raw, string coin, long block, DateTimeOffset at)
    {
        public List<Fact> Facts { get; } = [];

        public List<RejectedFact> Rejected { get; } = [];

        public string Coin => coin;

        public void Add(string wallet, string? token, string asset, int decimals, BigInteger? units)
        {
            var subject = $"{raw.About}/{wallet}/{token ?? "coin"}";
            if (units is not { } balance)
                Rejected.Add(new(subject, "The contract says no balance."));
            else if (TokenAmount.Exact(balance, decimals) is { } amount)
                Facts.Add(new(subject, at, raw.At, new WalletBalance(raw.About, wallet, token, asset, amount, block)));
            else
                Rejected.Add(new(subject, $"{balance} units of {decimals} decimals are beyond a decimal."));
        }
    }
}
