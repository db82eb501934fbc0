using System.Text.Json;
using Platform.Workers.Markets.Venues.Wire;

namespace Platform.Workers.Markets.Venues.Binance;

/// <summary>A market on which Binance lends, by its assets.</summary>
internal sealed record BinanceMarginPair(string VenueSymbol, string Base, string Quote);

/// <summary>Which assets a market is of, where the venue tells its symbol alone.</summary>
internal sealed class BinanceMarginPairs(IEnumerable<BinanceMarginPair> listed)
{
    private readonly Dictionary<string, BinanceMarginPair> bySymbol = Distinct(listed);

    public static IReadOnlyList<BinanceMarginPair> Read(JsonElement pairs) =>
        pairs.Each(pair => new BinanceMarginPair(pair.Text("symbol"), pair.Text("base"), pair.Text("quote")));

    /// <summary>What is listed no more ends with one of the quote assets that still are.</summary>
    /// <exception cref="JsonException">It ends with none of them.</exception>
    public BinanceMarginPair Of(string symbol)
    {
        if (bySymbol.TryGetValue(symbol, out var pair))
            return pair;

        var quote = bySymbol.Values.Select(known => known.Quote).Distinct(StringComparer.Ordinal)
            .Where(asset => symbol.Length > asset.Length && symbol.EndsWith(asset, StringComparison.Ordinal))
            .MaxBy(asset => asset.Length) ?? throw new JsonException($"No such market: {symbol}.");
        return new(symbol, symbol[..^quote.Length], quote);
    }

    // Most markets are on the list of the cross account and on that of isolated ones.
    private static Dictionary<string, BinanceMarginPair> Distinct(IEnumerable<BinanceMarginPair> pairs) =>
        pairs.DistinctBy(pair => pair.VenueSymbol, StringComparer.Ordinal).ToDictionary(pair => pair.VenueSymbol, StringComparer.Ordinal);
}
