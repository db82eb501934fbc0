using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Platform.Workers.Markets.Import.Formats;

/// <summary>A table of FRED (Federal Reserve Bank of St. Louis): <c>DATE,SERIES</c>, per cent per year, one row for each change or day.</summary>
internal sealed partial class FredTable : IImportFormat
{
    public const string Series = "macro.fred";

    public string Name => "fred table";

    public bool Knows(ImportFile file, string head) => Header().IsMatch(head);

    public async IAsyncEnumerable<ImportRow> ReadAsync(
        ImportSource source, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var name = "";
        await foreach (var (number, text) in LineText.LinesAsync(source.Content, cancellationToken))
            if (number == 1)
                name = Cells.Of(text)[1];
            else if (text.Length > 0)
                yield return Rows.Read(number, () => Parse(name, Cells.Of(text)));
    }

    private static ImportedSample Parse(string name, Cells cells) =>
        new(Series, name, IsDaily: true, cells.Exactly(2).Time(0, "date", "yyyy-MM-dd"), cells.Number(1, "value"));

    [GeneratedRegex("^(DATE|observation_date),[A-Z0-9_]{1,40}\\r?\\n", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Header();
}

/// <summary>A table of the OECD's main indicators: place, indicator, subject, measure, frequency, time, value, flags.</summary>
internal sealed partial class OecdTable : IImportFormat
{
    public string Name => "oecd table";

    public bool Knows(ImportFile file, string head) =>
        head.StartsWith("\"LOCATION\",\"INDICATOR\",\"SUBJECT\",\"MEASURE\",\"FREQUENCY\",\"TIME\",\"Value\"", StringComparison.Ordinal);

    public IAsyncEnumerable<ImportRow> ReadAsync(ImportSource source, CancellationToken cancellationToken) =>
        Rows.OfLinesAsync(source.Content, hasHeader: true, Parse, cancellationToken);

    private static ImportedSample Parse(Cells cells)
    {
        var words = Enumerable.Range(0, 5).Select(index => cells.Exactly(8)[index]).ToList();
        return words.TrueForAll(word => Word().IsMatch(word))
            ? new(
                $"macro.oecd.{string.Join('.', words.Skip(1)).ToLowerInvariant()}", words[0], IsDaily: true, Period(cells[5]),
                cells.Number(6, "value"))
            : throw new RowFaultException("A code is not letters, digits and underscores.");
    }

    // A period is known by its first day.
    private static DateTimeOffset Period(string text)
    {
        var month = Quarter().Match(text) is { Success: true } quarter
            ? $"{quarter.Groups["year"].Value}-{(((quarter.Groups["quarter"].Value[0] - '1') * 3) + 1).ToString("00", CultureInfo.InvariantCulture)}"
            : text;
        return DateTimeOffset.TryParseExact(month, ["yyyy-MM", "yyyy"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            ? at
            : throw new RowFaultException("The time is no year, quarter or month.");
    }

    [GeneratedRegex("^(?<year>[0-9]{4})-Q(?<quarter>[1-4])$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Quarter();

    [GeneratedRegex("^[A-Z0-9_]{1,20}$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Word();
}
