using System.Globalization;

namespace Platform.Benchmarks;

/// <summary>The rows as a table in plain text.</summary>
public static class BenchTable
{
    public static async Task WriteAsync(IReadOnlyList<BenchRow> rows, TextWriter to)
    {
        string[][] cells =
        [
            ["what", "ours", "reference", "ratio"],
            .. rows.Select(row => (string[])
                [row.Name, row.Ours, row.Reference, row.Ratio.ToString("0.00", CultureInfo.InvariantCulture)]),
        ];
        int[] widths = [.. Enumerable.Range(0, cells[0].Length).Select(column => cells.Max(row => row[column].Length))];

        await to.WriteLineAsync();
        foreach (var row in cells)
            await to.WriteLineAsync(string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
    }
}
