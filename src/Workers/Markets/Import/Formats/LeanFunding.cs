using System.Text.RegularExpressions;
using Platform.Domain.Markets;

namespace Platform.Workers.Markets.Import.Formats;

/// <summary>Funding rates of perpetual futures: <c>cryptofuture/binance/margin_interest/btcusd.csv</c>, fractions for each interval.</summary>
internal sealed partial class LeanFunding : IImportFormat
{
    public const string Series = "market.funding";

    public string Name => "lean funding";

    public bool Knows(ImportFile file, string head) => Path().IsMatch(string.Join('/', file.Parts));

    public IAsyncEnumerable<ImportRow> ReadAsync(ImportSource source, CancellationToken cancellationToken)
    {
        var path = Path().Match(string.Join('/', source.File.Parts)).Groups;
        var bin = $"{source.Venue(path["venue"].Value)}/{source.Market(path["market"].Value, InstrumentKind.Perpetual)}";
        return Rows.OfLinesAsync(
            source.Content, hasHeader: false,
            cells => new ImportedSample(
                Series, bin, IsDaily: false, cells.Exactly(2).Time(0, "time", "yyyyMMdd HH:mm:ss"), cells.Number(1, "rate")),
            cancellationToken);
    }

    [GeneratedRegex("/cryptofuture/(?<venue>[a-z0-9]+)/margin_interest/(?<market>[a-z0-9]+)\\.csv$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Path();
}
