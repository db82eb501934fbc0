using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.RegularExpressions;
using Platform.Domain.Markets;

namespace Platform.Workers.Markets.Import.Formats;

/// <summary>Leverage tiers as ccxt gives them and freqtrade keeps them: an object of lists, by the contract's unified symbol.</summary>
internal sealed partial class LeverageTiers : IImportFormat
{
    public string Name => "leverage tiers";

    public bool Knows(ImportFile file, string head) =>
        head.TrimStart().StartsWith('{') && head.Contains("\"maintenanceMarginRate\"", StringComparison.Ordinal);

    public async IAsyncEnumerable<ImportRow> ReadAsync(
        ImportSource source, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var name = FileName().Match(source.File.Name).Groups["venue"];
        var venue = source.Venue(name.Success ? name.Value : null);
        // A tier is a row: the number counts tiers, not contracts.
        var number = 0L;
        await foreach (var (_, symbol, tiers) in JsonMembers.ReadAsync(source.Content, cancellationToken))
            foreach (var tier in tiers.ValueKind is JsonValueKind.Array ? tiers.EnumerateArray() : default)
                yield return Rows.Read(++number, () => Tier(venue, symbol, tier));
    }

    private static ImportedTier Tier(VenueId venue, string? symbol, JsonElement tier) => new(
        venue, symbol is not null && Contract().IsMatch(symbol) ? symbol : throw new RowFaultException("The contract is not BASE/QUOTE:SETTLE."),
        (int)tier.GetProperty("tier").GetDecimal(), TradeWords.Id(tier.GetProperty("currency").GetString()),
        tier.GetProperty("minNotional").GetDecimal(), tier.GetProperty("maxNotional").GetDecimal(),
        tier.GetProperty("maintenanceMarginRate").GetDecimal(), tier.GetProperty("maxLeverage").GetDecimal());

    [GeneratedRegex("^(?<venue>[a-z]+)-leverage-tiers", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex FileName();

    [GeneratedRegex("^[^\\s/:]{1,30}/[A-Z0-9]{1,20}:[A-Z0-9]{1,20}(-[0-9]{6})?$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Contract();
}

/// <summary>Currency pairs as NautilusTrader writes them: a JSON array of instruments, each named <c>BTC/USD.BITFINEX</c>.</summary>
internal sealed class InstrumentArray : IImportFormat
{
    public string Name => "instrument array";

    public bool Knows(ImportFile file, string head) =>
        head.TrimStart().StartsWith('[') && head.Contains("\"raw_symbol\"", StringComparison.Ordinal);

    public IAsyncEnumerable<ImportRow> ReadAsync(ImportSource source, CancellationToken cancellationToken) =>
        Rows.OfJsonAsync(source.Content, pair => Pair(source, pair), cancellationToken);

    private static ImportedRule Pair(ImportSource source, JsonElement pair)
    {
        if (!pair.GetProperty("type").ValueEquals("CurrencyPair"))
            throw new RowFaultException("It is no currency pair.");

        var id = TradeWords.Id(pair.GetProperty("id").GetString());
        var market = VenueSpelling.MarketOf(
            pair.GetProperty("base_currency").GetString()!, pair.GetProperty("quote_currency").GetString()!, InstrumentKind.Spot)
            ?? throw new RowFaultException("An asset is not spelled as ours are.");
        return new(
            source.Venue(id[(id.LastIndexOf('.') + 1)..].ToLowerInvariant()), market, TradeWords.Id(pair.GetProperty("raw_symbol").GetString()), id,
            Amount(pair, "price_increment"), Amount(pair, "size_increment"), ContractSize: 1,
            pair.GetProperty("min_quantity").ValueKind is JsonValueKind.Null ? null : Amount(pair, "min_quantity"), OrderUnit.Base);
    }

    private static decimal Amount(JsonElement pair, string name) =>
        decimal.Parse(pair.GetProperty(name).GetString()!, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
}
