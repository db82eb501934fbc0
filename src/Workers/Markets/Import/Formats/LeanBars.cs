using System.Globalization;
using System.Text.RegularExpressions;
using Platform.Domain.Markets;

namespace Platform.Workers.Markets.Import.Formats;

/// <summary>
/// Trade and quote bars as QuantConnect's LEAN keeps them: a zipped CSV without a header. Folders and name say the rest:
/// <c>crypto/coinbase/minute/btcusd/20170903_quote.zip</c>, <c>cryptofuture/bybit/hour/btcusdt_trade.zip</c>.
/// </summary>
internal sealed partial class LeanBars : IImportFormat
{
    private const string Day = "yyyyMMdd HH:mm";

    public string Name => "lean bars";

    public bool Knows(ImportFile file, string head) => Path().IsMatch(string.Join('/', file.Parts));

    public IAsyncEnumerable<ImportRow> ReadAsync(ImportSource source, CancellationToken cancellationToken)
    {
        var path = Path().Match(string.Join('/', source.File.Parts)).Groups;
        var kind = path["future"].Success ? InstrumentKind.Perpetual : InstrumentKind.Spot;
        var (venue, market) = (source.Venue(path["venue"].Value), source.Market(path["market"].Value, kind));
        var level = path["level"].Value switch
        {
            "second" => BarLevel.Second,
            "minute" => BarLevel.Minute,
            "hour" => BarLevel.Hour,
            _ => BarLevel.Day,
        };
        var date = path["date"].Success
            ? DateTimeOffset.ParseExact(path["date"].Value, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal)
            : (DateTimeOffset?)null;
        return Rows.OfLinesAsync(source.Content, hasHeader: false, Parse, cancellationToken);

        ImportRecord Parse(Cells cells)
        {
            var start = StartOf(cells, date);
            if (level.StartOf(start) != start)
                throw new RowFaultException("The bar does not start where bars of its length do.");
            return path["quote"].Success
                ? new ImportedQuoteBar(venue, market, level, start, Side(cells.Exactly(11), 1), Side(cells, 6))
                : new ImportedBar(venue, market, level, TradeBar(cells.Exactly(6), start));
        }
    }

    private static DateTimeOffset StartOf(Cells cells, DateTimeOffset? date)
    {
        if (date is not { } day)
            return cells.Time(0, "time", Day);

        var milliseconds = cells.Whole(0, "time");
        return milliseconds is >= 0 and < 86_400_000
            ? day.AddMilliseconds(milliseconds)
            : throw new RowFaultException("The time is not within the day.");
    }

    private static Bar TradeBar(Cells cells, DateTimeOffset start) =>
        new(start, cells.Prices(1), cells.Quantity(5, "volume"), QuoteVolume: null, Trades: null, BarState.Traded);

    // A side on which nobody stood is left out.
    private static QuoteSide? Side(Cells cells, int at) => Enumerable.Range(at, 5).All(index => cells[index].Length == 0)
        ? null
        : new(cells.Prices(at), cells.Quantity(at + 4, "size"));

    [GeneratedRegex(
        "/crypto(?<future>future)?/(?<venue>[a-z0-9]+)/(((?<level>second|minute)/(?<market>[a-z0-9]+)/(?<date>[0-9]{8})_)|((?<level>hour|daily)/(?<market>[a-z0-9]+)_))((?<quote>quote)|trade)\\.zip$",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Path();
}
