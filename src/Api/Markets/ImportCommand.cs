using System.CommandLine;
using System.Globalization;
using System.Text;
using Marten;
using Platform.Api.Secrets;
using Platform.Domain.Markets;
using Platform.Projections;
using Platform.Workers.Markets.Import;
using Spectre.Console;

namespace Platform.Api.Markets;

/// <summary>
/// <c>platform import FILE...</c>. Files that were imported before are left out, one that was cut off goes on where it ended. Exit
/// codes: 0 when every row was taken, 1 when a file was refused, 2 when rows were rejected.
/// </summary>
internal static class ImportCommand
{
    private const int Refused = 1;
    private const int RowsRejected = 2;

    private static readonly Argument<string[]> Files = new("file")
    {
        Description = "The files, plain or packed by gzip or zip.", Arity = ArgumentArity.OneOrMore,
    };

    private static readonly Option<string?> Venue = new("--venue") { Description = "Of which venue they are, where the file does not say it, e.g. kraken." };

    private static readonly Option<string?> Market = new("--market")
    {
        Description = "Of which market they are, where the file does not say it: BTC-USD, or BTC-USD:PERPETUAL.",
    };

    private static readonly Option<string?> Report = new("--report")
    {
        Description = "Where to write why rows were rejected: CSV with file, line and reason. Without it, the first ten of each file are printed.",
    };

    public static Command Create(IServiceProvider services)
    {
        var import = new Command(
            "import",
            $"Import recorded market data: {string.Join(", ", ImportFormats.All.Select(format => format.Name))}. "
            + "Bars as CSV are named by their length, as xrp-1m.csv. The same file again changes nothing; one that was cut off goes on behind its last committed row. "
            + "Exit codes: 0 every row was taken, 1 a file was refused, 2 rows were rejected.")
        {
            Files, Venue, Market, Report,
        };
        import.SetAction((arguments, stop) => RunAsync(
            services, arguments.GetRequiredValue(Files), HintsOf(arguments.GetValue(Venue), arguments.GetValue(Market)),
            arguments.GetValue(Report), stop));
        return import;
    }

    private static ImportHints HintsOf(string? venue, string? market)
    {
        if (venue is not null && (venue.Length is 0 or > 20 || !venue.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter))))
            throw new UsageException("A venue is named by 1 to 20 of a-z and 0-9.");

        MarketKey key = default;
        if (market is not null && !MarketKey.TryFrom(market, out key))
            throw new UsageException("A market is BASE-QUOTE, and BASE-QUOTE:PERPETUAL or another kind where it is not spot.");
        return new(venue is null ? null : VenueId.From(venue), market is null ? null : key);
    }

    private static async Task<int> RunAsync(
        IServiceProvider services, string[] paths, ImportHints hints, string? report, CancellationToken stop)
    {
        await CheckAsync(report);
        await PlatformSchema.ApplyTablesAsync(services.GetRequiredService<IDocumentStore>(), stop);
        var importer = services.GetRequiredService<Importer>();
        var (rejected, exit) = (new List<(string File, long Line, string Reason)>(), 0);
        await Terminal.Remarks.Progress().StartAsync(async progress =>
        {
            foreach (var path in paths)
            {
                var bar = progress.AddTask(Markup.Escape(Path.GetFileName(path)), maxValue: 1);
                try
                {
                    var result = await importer.ImportAsync(path, hints, done => bar.Value = done.Fraction, stop);
                    rejected.AddRange(result.Rejects.Select(reject => (path, reject.Line, reject.Reason)));
                    await Console.Out.WriteLineAsync(Summary(path, result).AsMemory(), stop);
                }
                catch (ImportRefusedException refused)
                {
                    exit = Refused;
                    await Console.Error.WriteLineAsync($"error: {Plain(path)}: {refused.Message}".AsMemory(), stop);
                }

                bar.Value = 1;
            }
        });
        await TellAsync(rejected, report, stop);
        return exit == 0 && rejected.Count > 0 ? RowsRejected : exit;
    }

    // Before hours of work, not after them.
    private static async Task CheckAsync(string? report)
    {
        try
        {
            if (report is not null)
                await File.Open(report, FileMode.OpenOrCreate, FileAccess.Write).DisposeAsync();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"The report cannot be written: {error.Message}");
        }
    }

    private static string Summary(string path, ImportResult result) => string.Create(
        CultureInfo.InvariantCulture,
        $"{Plain(path)}: {result.Format}, imported {(result.WasDone ? "before " : "")}up to row {result.Rows}, {(result.WasDone ? 0 : result.Written)} new, {result.Rejects.Count} rejected");

    private static async Task TellAsync(
        IReadOnlyCollection<(string File, long Line, string Reason)> rejected, string? report, CancellationToken stop)
    {
        if (report is not null)
            await File.WriteAllLinesAsync(
                report,
                rejected.Select(reject => $"{Cell(reject.File)},{reject.Line.ToString(CultureInfo.InvariantCulture)},{Cell(reject.Reason)}")
                    .Prepend("file,line,reason"),
                stop);
        else
            foreach (var reject in rejected.GroupBy(reject => reject.File, StringComparer.Ordinal).SelectMany(file => file.Take(10)))
                await Console.Error.WriteLineAsync($"{Plain(reject.File)}: row {reject.Line}: {reject.Reason}".AsMemory(), stop);
    }

    // A spreadsheet takes a cell that begins so for a formula; an apostrophe makes it text.
    private static string Cell(string text)
    {
        var safe = text is ['=' or '+' or '-' or '@' or '\t' or '\r', ..] ? $"'{text}" : text;
        return safe.AsSpan().ContainsAny(",\"\r\n") ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
    }

    // A file may be called anything; a terminal obeys some of it.
    private static string Plain(string name) =>
        new StringBuilder().AppendJoin("", name.Select(letter => char.IsControl(letter) ? '?' : letter)).ToString();
}
