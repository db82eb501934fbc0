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

        for (var line = 2; reader.ReadLine() is { } read; line++)
        {
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
        var field = new StringBuilder();
        var isQuoted = false;
        for (var i = 0; i < line.Length; i++)
            switch (line[i])
            {
                case '"' when isQuoted && i + 1 < line.Length && line[i + 1] == '"':
                    field.Append('"');
                    i++;
                    break;
                case '"':
                    isQuoted = !isQuoted;
                    break;
                case ',' when !isQuoted:
                    fields.Add(field.ToString());
                    field.Clear();
                    break;
                default:
                    field.Append(line[i]);
                    break;
            }

        fields.Add(field.ToString());
        return fields;
    }
}
