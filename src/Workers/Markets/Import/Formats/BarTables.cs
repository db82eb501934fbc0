using System.Text.RegularExpressions;
using Platform.Domain.Markets;
using Platform.Domain.Values;

namespace Platform.Workers.Markets.Import.Formats;

/// <summary>
/// Bars as CSV with the header <c>timestamp,open,high,low,close,volume</c>, as pandas writes them. The name ends with the length of the
/// bars (<c>-1m.csv</c>); of which venue and market they are, the operator says.
/// </summary>
internal sealed partial class BarTable : IImportFormat
{
    public string Name => "bar table";

    public bool Knows(ImportFile file, string head) =>
        head.StartsWith("timestamp,open,high,low,close,volume", StringComparison.Ordinal) && Length().IsMatch(file.Name);

    public IAsyncEnumerable<ImportRow> ReadAsync(ImportSource source, CancellationToken cancellationToken)
    {
        var (venue, market) = (source.Venue(), source.Market(symbol: null, InstrumentKind.Spot));
        var level = BarLength.LevelOf(Length().Match(source.File.Name).Groups["length"].Value);
        return Rows.OfLinesAsync(
            source.Content, hasHeader: true,
            cells => BarLength.BarOf(
                venue, market, level,
                cells.Exactly(6).Time(0, "timestamp", "yyyy-MM-dd HH:mm:ss.FFFFFF", "yyyy-MM-dd HH:mm:sszzz", "yyyy-MM-ddTHH:mm:ssZ"),
                cells.Prices(1), cells.Quantity(5, "volume")),
            cancellationToken);
    }

    [GeneratedRegex("[-_](?<length>1[smhd])\\.csv(\\.gz)?$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Length();
}

/// <summary>
/// Bars as a JSON array of <c>[milliseconds, open, high, low, close, volume]</c>, as ccxt and freqtrade write them:
/// <c>XRPUSDT-perp-1h.json.gz</c>, <c>XRP_USDT_USDT-1h-futures.json.gz</c>.
/// </summary>
internal sealed partial class BarArray : IImportFormat
{
    public string Name => "bar array";

    public bool Knows(ImportFile file, string head) => Head().IsMatch(head) && FileName().IsMatch(file.Name);

    public IAsyncEnumerable<ImportRow> ReadAsync(ImportSource source, CancellationToken cancellationToken)
    {
        var name = FileName().Match(source.File.Name).Groups;
        var kind = name["perp"].Success ? InstrumentKind.Perpetual : InstrumentKind.Spot;
        var (venue, market) = (source.Venue(), source.Market(name["market"].Value.Replace("_", "", StringComparison.Ordinal), kind));
        var level = BarLength.LevelOf(name["length"].Value);
        return Rows.OfJsonAsync(
            source.Content,
            bar => BarLength.BarOf(
                venue, market, level, Rows.Milliseconds(bar[0].GetInt64()),
                Rows.Prices(bar[1].GetDecimal(), bar[2].GetDecimal(), bar[3].GetDecimal(), bar[4].GetDecimal()),
                Rows.Quantity(bar[5].GetDecimal(), "volume")),
            cancellationToken);
    }

    [GeneratedRegex("^\\s*\\[\\s*\\[\\s*[0-9]{12,13}\\s*,\\s*[0-9.]+\\s*,", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Head();

    [GeneratedRegex("^(?<market>[A-Za-z0-9]+(_[A-Za-z0-9]+)?)(_[A-Z]+)?(?<perp>-perp)?-(?<length>1[smhd])(?<perp>-futures)?\\.json(\\.gz)?$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex FileName();
}

internal static class BarLength
{
    public static BarLevel LevelOf(string length) => length switch
    {
        "1s" => BarLevel.Second,
        "1m" => BarLevel.Minute,
        "1h" => BarLevel.Hour,
        _ => BarLevel.Day,
    };

    /// <exception cref="RowFaultException">Bars of this length do not start there.</exception>
    public static ImportedBar BarOf(
        VenueId venue, MarketKey market, BarLevel level, DateTimeOffset start, BarPrices prices, Quantity volume) =>
        level.StartOf(start) == start
            ? new(venue, market, level, new(start, prices, volume, QuoteVolume: null, Trades: null, BarState.Traded))
            : throw new RowFaultException("The bar does not start where bars of its length do.");
}
