using System.Text.Json;
using Platform.Domain.Markets.Fetching;

namespace Platform.Workers.Markets.Fetching.Economy;

/// <summary>What lies in the protocols of each chain, and how much of each stablecoin circulates, by DefiLlama.</summary>
public sealed class DefiLlamaValues(FetchClient client) : IFetcher
{
    internal const string Source = "defillama";
    internal static readonly FetcherId Id = FetcherId.Of("chain.value", Source);
    private const string Chains = "chains";
    private const string Stablecoins = "stablecoins";
    private const string ChainsDocumented = "https://api.llama.fi";
    private const string StablecoinsDocumented = "https://stablecoins.llama.fi";

    internal static readonly FetchBudget Budget = new(Source, CallsMax: 300, TimeSpan.FromMinutes(1));
    internal static readonly Licence Licence = new("DefiLlama terms of use", "Data: DefiLlama.");

    public FetcherTerms Terms { get; } = new(
        Id, "Value locked by chain, supply by stablecoin", $"{ChainsDocumented}/v2/chains, {StablecoinsDocumented}/stablecoins",
        FetchSchedule.Every(TimeSpan.FromHours(1)), Budget, Licence, StaleAfter: TimeSpan.FromHours(6), GapRule.Each(TimeSpan.FromHours(3)),
        Parser: 1, RawKept: TimeSpan.FromDays(14));

    public ValueTask<IReadOnlyList<FetchCall>> PlanAsync(FetchStand stand, CancellationToken cancellationToken) => new(
    [
        Call(Chains, $"{client.AddressOf(Source, ChainsDocumented)}/v2/chains"),
        Call(Stablecoins, $"{client.AddressOf(Source, StablecoinsDocumented)}/stablecoins?includePrices=true"),
    ]);

    public ParsedFacts Parse(RawAnswer raw)
    {
        using var json = JsonDocument.Parse(raw.Body);
        return ParsedFacts.Of(raw.About is Chains
            ? [.. json.RootElement.EnumerateArray().Select(each => Locked(each, raw.At))]
            : [.. json.RootElement.GetProperty("peggedAssets").EnumerateArray().Select(each => Supply(each, raw.At)).OfType<Fact>()]);
    }

    private FetchCall Call(string about, string address) => new(about, stop => client.AskAsync(new(Source, address), stop));

    private static Fact Locked(JsonElement chain, DateTimeOffset at)
    {
        var name = chain.GetProperty("name").GetString()!;
        return new($"chain/{name}", at, at, new LockedValue(name, chain.GetProperty("tvl").Computed));
    }

    // One that circulates nowhere has no amount of what it is pegged to.
    private static Fact? Supply(JsonElement coin, DateTimeOffset at)
    {
        var peg = coin.GetProperty("pegType").GetString()!;
        if (coin.Optional("circulating")?.Optional(peg) is not { } circulating)
            return null;

        var price = coin.Optional("price") is { ValueKind: JsonValueKind.Number } told ? told.Computed : (decimal?)null;
        return new(
            $"stablecoin/{coin.GetProperty("id").GetString()}", at, at,
            new StablecoinSupply(coin.GetProperty("symbol").GetString()!, peg, circulating.Computed, price));
    }
}
