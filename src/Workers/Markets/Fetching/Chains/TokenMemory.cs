using System.Collections.Concurrent;
using Platform.Domain.Markets.Fetching;

namespace Platform.Workers.Markets.Fetching.Chains;

/// <summary>A token's decimals, which its amounts cannot be read without, and what it calls itself.</summary>
/// <param name="Address">In lower case.</param>
/// <param name="Symbol">Letters and digits alone: it is a stranger's text.</param>
internal sealed record KnownToken(string Address, int Decimals, string Symbol);

/// <summary>Decimals of tokens, each asked for once: they never change.</summary>
internal sealed class TokenMemory(EvmNode node)
{
    private const int SymbolMax = 20;

    private readonly ConcurrentDictionary<string, KnownToken> known = new(StringComparer.Ordinal);

    /// <summary>In the order asked for; an address that is no token is left out.</summary>
    /// <exception cref="FetchException">The node did not answer.</exception>
    public async Task<IReadOnlyList<KnownToken>> OfAsync(IEnumerable<string> addresses, CancellationToken cancellationToken)
    {
        string[] wanted = [.. addresses.Select(address => address.ToLowerInvariant()).Distinct(StringComparer.Ordinal)];
        string[] missing = [.. wanted.Where(address => !known.ContainsKey(address))];
        if (missing.Length > 0)
            Learn(RpcAnswers.Read(await node.AskAsync([.. missing.SelectMany(TokenContracts.CallsOf)], cancellationToken)));
        return [.. wanted.Select(address => known.GetValueOrDefault(address)).OfType<KnownToken>()];
    }

    private void Learn(RpcAnswers answers)
    {
        foreach (var (id, parts) in answers.OfKind("decimals"))
            if (answers.Returned(id) is { } data && Abi.Unsigned(data, 0) is var decimals && decimals <= TokenAmount.DecimalsMax)
                known[parts[0]] = new(parts[0], (int)decimals, Symbol(TokenContracts.Text(answers, $"symbol:{parts[0]}")));
    }

    private static string Symbol(string text) => new([.. text.Where(char.IsAsciiLetterOrDigit).Take(SymbolMax)]);
}
