using System.Text;

namespace Platform.Workers.Markets.Fetching;

/// <summary>Comma-separated values with a header (RFC 4180), as statistics offices publish them.</summary>
internal static class Csv
{
    /// <summary>Each line behind the header, by the header's names.</summary>
    /// <exception cref="FormatException">There is no header with these names, or a line has another number of fields.</exception>
    public static IEnumerable<IReadOnlyDictionary<string, string>> Rows(ReadOnlyMemory<byte> text, params IReadOnlyList<string> names)
    {
        using var reader = new StreamReader(new MemoryStream(text.ToArray()), Encoding.UTF8);
        var header = reader.ReadLine() is { } first ? Fields(first) : [];
        if (names.Except(header, StringComparer.Ordinal).FirstOrDefault() is { } missing)
            throw new FormatException($"The header has no {missing}.");

        var line = 1;
        while (reader.ReadLine() is { } read)
        {
            line++;
            if (read.Length == 0)
                continue;

            var fields = Fields(read);
            if (fields.Count != header.Count)
                throw new FormatException($"Line {line} has {fields.Count} fields, and the header {header.Count}.");

            yield return header.Zip(fields).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal);
        }
    }

    private static List<string> Fields(string line)
    {
        List<string> fields = [];
        var at = 0;
        while (at <= line.Length)
            fields.Add(Field(line, ref at));
        return fields;
    }

    private static string Field(string line, ref int at)
    {
        if (at < line.Length && line[at] == '"')
            return Quoted(line, ref at);

        var end = line.IndexOf(',', at) is >= 0 and var comma ? comma : line.Length;
        var field = line[at..end];
        at = end + 1;
        return field;
    }

    // A quote within is written twice.
    private static string Quoted(string line, ref int at)
    {
        var field = new StringBuilder();
        while (true)
        {
            var start = at + 1;
            var end = line.IndexOf('"', start);
            if (end < 0)
                throw new FormatException("A quote is not closed.");

            field.Append(line, start, end - start);
            at = end + 1;
            if (at >= line.Length || line[at] == ',')
                break;
            if (line[at] != '"')
                throw new FormatException("A quote is closed before its field ends.");
            field.Append('"');
        }

        at++;
        return field.ToString();
    }
}
