using Platform.Domain.Values;

namespace Platform.Domain.Markets;

/// <summary>What one unit of an asset is worth in another, by the middle of what is bid and asked.</summary>
public static class Marks
{
    /// <summary>A price older than this values nothing.</summary>
    public static readonly TimeSpan AgeMax = TimeSpan.FromSeconds(30);

    private const int Places = 18;
    private static readonly Asset[] Hops = [Asset.From("USDT"), Asset.From("BTC")];

    /// <summary>Directly, else through one asset that much is traded in; null when no fresh price leads there.</summary>
    /// <param name="quoteOf">The best bid and ask of a market; null where there is none.</param>
    public static decimal? Mark(Asset asset, Asset reporting, Func<Symbol, Quote?> quoteOf, DateTimeOffset now)
    {
        if (asset == reporting)
            return 1;
        if (Direct(asset, reporting) is { } direct)
            return decimal.Round(direct, Places, MidpointRounding.ToEven);

        foreach (var hop in Hops)
            if (hop != asset && hop != reporting && (Direct(asset, hop), Direct(hop, reporting)) is ({ } there, { } on))
                return decimal.Round(there * on, Places, MidpointRounding.ToEven);
        return null;

        decimal? Direct(Asset from, Asset to) => Mid(from, to) ?? (Mid(to, from) is { } inverse ? 1 / inverse : null);

        decimal? Mid(Asset baseAsset, Asset quoteAsset) =>
            quoteOf(Symbol.Of(baseAsset, quoteAsset)) is { } quote && now - quote.At <= AgeMax ? quote.Mid?.Value : null;
    }
}
