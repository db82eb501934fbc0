using Platform.Domain.Markets;

namespace Platform.Workers.Markets.Import.Formats;

/// <summary>
/// Instrument rules as LEAN keeps them, one table for all venues. The smallest order is in quote units on Binance and in base
/// units elsewhere, which the table does not say.
/// </summary>
internal sealed class LeanRules : IImportFormat
{
    public string Name => "lean instrument rules";

    public bool Knows(ImportFile file, string head) =>
        head.StartsWith("market,symbol,type,description,quote_currency,contract_multiplier,", StringComparison.Ordinal);

    public IAsyncEnumerable<ImportRow> ReadAsync(ImportSource source, CancellationToken cancellationToken) =>
        Rows.OfLinesAsync(source.Content, hasHeader: true, Parse, cancellationToken);

    private static ImportedRule Parse(Cells cells)
    {
        if (cells.Count is < 9 or > 12)
            throw new RowFaultException($"It has {cells.Count} columns instead of 9 to 12.");

        var (symbol, quote) = (cells[1], cells[4]);
        var kind = cells[2] switch
        {
            "crypto" => InstrumentKind.Spot,
            "cryptofuture" => InstrumentKind.Perpetual,
            _ => throw new RowFaultException("The type is neither crypto nor cryptofuture."),
        };
        var market = symbol.Length > quote.Length && symbol.EndsWith(quote, StringComparison.Ordinal)
            ? VenueSpelling.MarketOf(symbol[..^quote.Length], quote, kind)
            : null;
        return new(
            VenueId.From(cells[0]), market ?? throw new RowFaultException("The symbol is not a base and the quote currency, spelled as ours are."),
            cells[8], cells[3], Positive(cells, 6, "minimum price variation"), Positive(cells, 7, "lot size"),
            Positive(cells, 5, "contract multiplier"), cells[9].Length == 0 ? null : cells.Quantity(9, "minimum order size").Value,
            string.Equals(cells[0], "binance", StringComparison.Ordinal) ? OrderUnit.Quote : OrderUnit.Base);
    }

    private static decimal Positive(Cells cells, int index, string name) => cells.Number(index, name) is > 0 and var value
        ? value
        : throw new RowFaultException($"The {name} is not above zero.");
}
