using System.Text.Json;
using Microsoft.Extensions.Options;
using Platform.Domain.Markets.Fetching;
using Platform.Workers.Markets.Fetching.Economy;

namespace Platform.Workers.Markets.Fetching.Chains;

/// <summary>Prices of the followed tokens in US dollars, by DefiLlama.</summary>
public sealed class LlamaPrices(FetchClient client, IOptions<FetchingOptions> options) : IFetcher
{
    private const string Documented = "https://coins.llama.fi";

    // An address of a hundred tokens is about 6 KB.
    private const int TokensMax = 100;

    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    public FetcherTerms Terms { get; } = new(
        FetcherId.Of("chain.prices", DefiLlamaValues.Source), "Prices of followed tokens in USD", $"{Documented}/prices/current/{{chain}}:{{address}}",
        FetchSchedule.Every(Every), DefiLlamaValues.Budget, DefiLlamaValues.Licence, StaleAfter: TimeSpan.FromMinutes(10),
        GapRule.Each(TimeSpan.FromMinutes(15)), Parser: 1, RawKept: TimeSpan.FromDays(7), FactsKept: TimeSpan.FromDays(90));

    public ValueTask<IReadOnlyList<FetchCall>> PlanAsync(FetchStand stand, CancellationToken cancellationToken)
    {
        var address = client.AddressOf(DefiLlamaValues.Source, Documented);
        var coins = options.Value.Chains.Where(chain => chain.LlamaName is not null)
            .SelectMany(chain => chain.Tokens.Select(token => $"{chain.LlamaName}:{token}"));
        return new([.. coins.Chunk(TokensMax).Select((part, at) => new FetchCall($"tokens {at}", stop => client.AskAsync(
            new(DefiLlamaValues.Source, $"{address}/prices/current/{string.Join(',', part)}"), stop)))]);
    }

    public ParsedFacts Parse(RawAnswer raw)
    {
        using var json = JsonDocument.Parse(raw.Body);
        return ParsedFacts.Of([.. json.RootElement.GetProperty("coins").EnumerateObject().Select(coin => new Fact(
            coin.Name, DateTimeOffset.FromUnixTimeSeconds(coin.Value.GetProperty("timestamp").GetInt64()), raw.At,
            new TokenPrice(coin.Name, coin.Value.GetProperty("price").Computed, "USD", "DefiLlama", coin.Value.Optional("confidence")?.Computed)))]);
    }
}
