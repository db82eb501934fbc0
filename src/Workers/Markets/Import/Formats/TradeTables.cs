using System.Globalization;
using System.Text.RegularExpressions;
using Platform.Domain.Markets;

namespace Platform.Workers.Markets.Import.Formats;

/// <summary>Trades of tardis.dev: CSV with a header, times in microseconds, amounts in the venue's own unit (contracts on BitMEX).</summary>
internal sealed class TardisTrades : IImportFormat
{
    public string Name => "tardis trades";

    public bool Knows(ImportFile file, string head) =>
        head.StartsWith("exchange,symbol,timestamp,local_timestamp,id,side,price,amount", StringComparison.Ordinal);

    public IAsyncEnumerable<ImportRow> ReadAsync(ImportSource source, CancellationToken cancellationToken) =>
        Rows.OfLinesAsync(
            source.Content, hasHeader: true,
            cells =>
            {
                var (venue, market) = TardisSpelling.Of(source, cells.Exactly(8));
                return new ImportedTrade(
                    venue, market, Rows.Microseconds(cells.Whole(2, "timestamp")), TradeWords.Id(cells[4]), cells.Price(6, "price"),
                    cells.Quantity(7, "amount"), TradeWords.Side(cells[5]));
            },
            cancellationToken);
}

/// <summary>Trades as a JSON array of <c>[milliseconds, id, type, side, price, amount, cost]</c>, as freqtrade writes them.</summary>
internal sealed partial class TradeArray : IImportFormat
{
    public string Name => "trade array";

    public bool Knows(ImportFile file, string head) => Head().IsMatch(head);

    public IAsyncEnumerable<ImportRow> ReadAsync(ImportSource source, CancellationToken cancellationToken)
    {
        var name = TradeWords.FileName().Match(source.File.Name).Groups;
        var venue = source.Venue(name["venue"].Success ? name["venue"].Value : null);
        var market = source.Market(name["market"].Value, InstrumentKind.Spot);
        return Rows.OfJsonAsync(
            source.Content,
            trade => new ImportedTrade(
                venue, market, Rows.Milliseconds(trade[0].GetInt64()), TradeWords.Id(trade[1].GetString()),
                Rows.Price(trade[4].GetDecimal(), "price"), Rows.Quantity(trade[5].GetDecimal(), "amount"),
                TradeWords.Side(trade[3].GetString())),
            cancellationToken);
    }

    [GeneratedRegex("^\\s*\\[\\s*\\[\\s*[0-9]{12,13}\\s*,\\s*\"", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Head();
}

/// <summary>
/// Trades as Kraken publishes its history: <c>seconds,price,volume</c>, no header and no ids. Trades that are alike in all are told
/// apart by their number within their instant, which is the same whenever the file is read.
/// </summary>
internal sealed partial class KrakenTrades : IImportFormat
{
    public string Name => "kraken trades";

    public bool Knows(ImportFile file, string head) => Head().IsMatch(head);

    public IAsyncEnumerable<ImportRow> ReadAsync(ImportSource source, CancellationToken cancellationToken)
    {
        var name = TradeWords.FileName().Match(source.File.Name).Groups;
        var venue = source.Venue(name["venue"].Success ? name["venue"].Value : null);
        var market = source.Market(name["market"].Success ? name["market"].Value : Path.GetFileNameWithoutExtension(source.File.Name), InstrumentKind.Spot);
        (long Second, int Count) last = default;
        return Rows.OfLinesAsync(source.Content, hasHeader: false, Parse, cancellationToken);

        ImportRecord Parse(Cells cells)
        {
            var second = cells.Exactly(3).Whole(0, "time");
            last = second == last.Second ? (second, last.Count + 1) : (second, 1);
            return new ImportedTrade(
                venue, market, Rows.Milliseconds(second * 1000), $"#{last.Count.ToString(CultureInfo.InvariantCulture)}",
                cells.Price(1, "price"), cells.Quantity(2, "volume"), TakerSide: null);
        }
    }

    [GeneratedRegex("^[0-9]{9,10},[0-9.]+,[0-9.]+\\r?\\n", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Head();
}

internal static partial class TradeWords
{
    private const int IdMax = 64;

    /// <exception cref="RowFaultException">It is none, or is longer than any venue's.</exception>
    public static string Id(string? text) => text is { Length: > 0 and <= IdMax }
        ? text
        : throw new RowFaultException($"The id is not 1 to {IdMax} characters.");

    /// <exception cref="RowFaultException">It is neither buy nor sell.</exception>
    public static TakerSide Side(string? text) => text switch
    {
        "buy" => TakerSide.Buy,
        "sell" => TakerSide.Sell,
        _ => throw new RowFaultException("The side is neither buy nor sell."),
    };

    [GeneratedRegex("^(?<venue>[a-z]+)-(?<market>[A-Za-z0-9]+)-trades", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    public static partial Regex FileName();
}

/// <summary>What tardis.dev calls venues and markets.</summary>
internal static class TardisSpelling
{
    /// <exception cref="RowFaultException">The market is none that ours could be.</exception>
    public static (VenueId Venue, MarketKey Market) Of(ImportSource source, Cells cells)
    {
        var (venue, kind) = cells[0] switch
        {
            "bitmex" => ("bitmex", InstrumentKind.Perpetual),
            var futures when futures.EndsWith("-futures", StringComparison.Ordinal) => (futures[..^"-futures".Length], InstrumentKind.Perpetual),
            var spot => (spot, InstrumentKind.Spot),
        };
        return venue.Length is > 0 and <= 20 && venue.All(char.IsAsciiLetterLower)
            && (source.Hints.Market ?? VenueSpelling.MarketOf(cells[1], kind)) is { } market
            ? (source.Venue(venue), market)
            : throw new RowFaultException("The exchange or the symbol is none that is known.");
    }
}
