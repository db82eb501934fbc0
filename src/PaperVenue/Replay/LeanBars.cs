using System.Globalization;
using System.IO.Compression;
using System.Text.RegularExpressions;

namespace Platform.PaperVenue.Replay;

/// <summary>
/// LEAN's zipped CSV: trade bars <c>time,open,high,low,close,volume</c> or quote bars
/// <c>time,bid OHLC,size,ask OHLC,size</c>.
/// Time is <c>yyyyMMdd HH:mm</c>, or milliseconds of the day that the entry's name begins with.
/// </summary>
public static partial class LeanBars
{
    private const int TradeFields = 6;
    private const int QuoteFields = 11;

    public static async IAsyncEnumerable<RecordedStep> ReadAsync(string path)
    {
        await using var archive = OpenZip(path);
        var entry = archive.Entries.Count == 1 && archive.Entries[0].Name.EndsWith(".csv", StringComparison.Ordinal)
            ? archive.Entries[0]
            : throw Recording.Unknown($"{path} does not hold one CSV");
        var day = DayOf(entry.Name);
        using var reader = new StreamReader(await entry.OpenAsync());
        (long Opens, decimal[] Values)? waiting = null;
        long span = 0;
        while (await reader.ReadLineAsync() is { } line)
        {
            var bar = Parse(line, day);
            // A bar's span is told by the bar after it.
            if (waiting is { } before)
            {
                span = bar.Opens - before.Opens;
                foreach (var step in Steps(before, span))
                    yield return step;
            }
            waiting = bar;
        }
        if (waiting is { } last)
        {
            foreach (var step in Steps(last, span))
                yield return step;
        }
    }

    private static ZipArchive OpenZip(string path)
    {
        try
        {
            return ZipFile.OpenRead(path);
        }
        catch (InvalidDataException)
        {
            throw Recording.Unknown($"{path} is no zip file");
        }
    }

    private static IEnumerable<RecordedStep> Steps((long Opens, decimal[] Values) bar, long span)
    {
        var values = bar.Values.AsSpan();
        return values.Length == TradeFields - 1
            ? Bars.Trades(bar.Opens, span, values[..4], values[4])
            : Bars.Quotes(bar.Opens, span, values[..4], values[5..9]);
    }

    private static (long Opens, decimal[] Values) Parse(string line, long day)
    {
        var fields = line.Split(',');
        if (fields.Length is not (TradeFields or QuoteFields))
            throw Recording.Unknown($"line '{line}'");
        var values = new decimal[fields.Length - 1];
        for (var i = 0; i < values.Length; i++)
        {
            // Some sizes were written in scientific notation.
            if (!decimal.TryParse(fields[i + 1], NumberStyles.Float, CultureInfo.InvariantCulture, out values[i]))
                throw Recording.Unknown($"line '{line}'");
        }
        return (Time(fields[0], day), values);
    }

    private static long Time(string text, long day)
    {
        if (DateTimeOffset.TryParseExact(
                text, "yyyyMMdd HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
        {
            return time.ToUnixTimeMilliseconds();
        }
        return decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var ofDay)
            ? day + (long)ofDay
            : throw Recording.Unknown($"time '{text}'");
    }

    private static long DayOf(string name)
    {
        var day = DayForm.Match(name).Value;
        return DateTimeOffset.TryParseExact(
            day, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date)
            ? date.ToUnixTimeMilliseconds()
            : 0;
    }

    [GeneratedRegex("^[0-9]{8}(?=_)", RegexOptions.None, matchTimeoutMilliseconds: 100)]
    private static partial Regex DayForm { get; }
}
