using Platform.Domain.Markets.Fetching;
using Platform.Domain.Values;

namespace Platform.Domain.Markets.Heatmap;

/// <summary>How much of an asset there is, from a source that counts it.</summary>
/// <param name="Source">Whose count it is.</param>
public sealed record SupplyFact(decimal Circulating, string Source, DateTimeOffset At);

/// <summary>What fetched facts say of supplies.</summary>
public static class Supplies
{
    /// <summary>By asset, the latest of each. Two coins of one name cannot be told apart: neither is known.</summary>
    public static IReadOnlyDictionary<Asset, SupplyFact> Of(IEnumerable<Fact> facts, string source) => facts
        .Where(fact => fact.Content is StablecoinSupply { Circulating: > 0, Symbol: var symbol } && Asset.IsWellFormed(symbol))
        .GroupBy(fact => fact.Subject, StringComparer.Ordinal)
        .Select(coin => coin.MaxBy(fact => fact.At)!)
        .Select(fact => (fact.At, Coin: (StablecoinSupply)fact.Content))
        .GroupBy(known => Asset.From(known.Coin.Symbol))
        .Where(coins => coins.Count() == 1)
        .ToDictionary(coins => coins.Key, coins => new SupplyFact(coins.First().Coin.Circulating, source, coins.First().At));
}
