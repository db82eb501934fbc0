using Microsoft.Extensions.Options;
using Platform.Domain.Markets.Fetching;
using Platform.Domain.Markets.Heatmap;
using Platform.Domain.Values;
using Platform.Projections.Markets;
using Platform.Workers.Markets.Fetching.Chains;
using Platform.Workers.Markets.Fetching.Economy;

namespace Platform.Workers.Markets.Heatmap;

/// <summary>
/// How much of each asset there is, as far as some source counts it and a fetcher brought it; else as whoever runs the platform declares
/// it, for as long as that is not too old.
/// </summary>
public sealed class AssetSupplies(FetchedFacts facts, IOptions<HeatmapOptions> options, TimeProvider time)
{
    private const string Source = "DefiLlama";
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(10);

    // A count of the week before last is none of now.
    private static readonly TimeSpan AgeMax = TimeSpan.FromDays(7);

    // Nobody counts what is declared, and no coin grows by much in a quarter.
    private static readonly TimeSpan DeclaredAgeMax = TimeSpan.FromDays(92);

    private volatile IReadOnlyDictionary<Asset, SupplyFact> known = new Dictionary<Asset, SupplyFact>();
    private DateTimeOffset readAt;

    /// <summary>As of the last reading.</summary>
    public IReadOnlyDictionary<Asset, SupplyFact> Known => known;

    /// <summary>Reads anew when it is time. For one caller.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (now - readAt < Period)
            return;
        known = await KnownAtAsync(now, cancellationToken);
        readAt = now;
    }

    /// <summary>What had been published by then.</summary>
    public async Task<IReadOnlyDictionary<Asset, SupplyFact>> KnownAtAsync(DateTimeOffset at, CancellationToken cancellationToken)
    {
        List<Fact> said = [];
        await foreach (var fact in facts.KnownAsync(DefiLlamaValues.Id, subject: null, at - AgeMax, at.AddTicks(TimeSpan.TicksPerMicrosecond), at, cancellationToken))
            said.Add(fact);
        Dictionary<Asset, SupplyFact> supplies = new(Supplies.Of(said, Source));
        foreach (var (asset, declared) in options.Value.Supplies)
            if ((declared.Fact ?? await OfTokenAsync(declared.Token!, at, cancellationToken)) is { } fact && fact.At <= at && at - fact.At <= DeclaredAgeMax)
                supplies.TryAdd(Asset.From(asset), fact);
        return supplies;
    }

    // Null where the contract is not followed, or has more than can be told exactly.
    private async Task<SupplyFact?> OfTokenAsync(string token, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var (chain, contract) = (token[..token.IndexOf('/', StringComparison.Ordinal)], token.ToLowerInvariant());
        await foreach (var fact in facts.KnownAsync(
            FetcherId.Of(TokenContracts.Type, chain), contract, Fact.Standing, Fact.Standing.AddTicks(TimeSpan.TicksPerMicrosecond), at, cancellationToken))
            if (fact.Content is TokenTerms { Supply: > 0 and var supply })
                return new(supply, $"totalSupply of {contract}", fact.PublishedAt);
        return null;
    }
}
