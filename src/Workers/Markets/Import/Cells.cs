using System.Globalization;
using System.Text;
using Platform.Domain.Markets;
using Platform.Domain.Values;

namespace Platform.Workers.Markets.Import;

/// <summary>The cells of one line of CSV (RFC 4180; a cell holds no line end), read as what they ought to be.</summary>
public readonly struct Cells
{
    private const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    private readonly IReadOnlyList<string> cells;

    private Cells(IReadOnlyList<string> cells) => this.cells = cells;

    public int Count => cells.Count;

    /// <summary>Empty where the line ends before it.</summary>
    public string this[int index] => index < cells.Count ? cells[index] : "";

    public static Cells Of(string line) => new(line.Contains('"', StringComparison.Ordinal) ? Quoted(line) : line.Split(','));

    /// <exception cref="RowFaultException">There are fewer or more.</exception>
    public Cells Exactly(int count) => cells.Count == count
        ? this
        : throw new RowFaultException($"It has {cells.Count} columns instead of {count}.");

    /// <exception cref="RowFaultException">It is no number that can be held exactly.</exception>
    public decimal Number(int index, string name) =>
        decimal.TryParse(this[index], Style, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw new RowFaultException($"The {name} is no decimal number.");

    /// <exception cref="RowFaultException">It is no number above zero.</exception>
    public Price Price(int index, string name) => Rows.Price(Number(index, name), name);

    /// <exception cref="RowFaultException">It is no number, or below zero.</exception>
    public Quantity Quantity(int index, string name) => Rows.Quantity(Number(index, name), name);

    /// <exception cref="RowFaultException">It is no whole number.</exception>
    public long Whole(int index, string name) =>
        long.TryParse(this[index], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw new RowFaultException($"The {name} is no whole number.");

    /// <exception cref="RowFaultException">It is not written so.</exception>
    public DateTimeOffset Time(int index, string name, params string[] formats) =>
        DateTimeOffset.TryParseExact(this[index], formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            ? at
            : throw new RowFaultException($"The {name} is not written as {formats[0]}.");

    /// <summary>Four cells: open, high, low, close.</summary>
    /// <exception cref="RowFaultException">One is no price, or the high is not the highest or the low not the lowest.</exception>
    public BarPrices Prices(int index, string prefix = "") => Rows.Prices(
        Number(index, prefix + "open"), Number(index + 1, prefix + "high"), Number(index + 2, prefix + "low"),
        Number(index + 3, prefix + "close"));

    private static List<string> Quoted(string line)
    {
        var found = new List<string>();
        var cell = new StringBuilder();
        var (isQuoted, at) = (false, 0);
        while (at < line.Length)
        {
            var letter = line[at++];
            if (letter == '"' && isQuoted && at < line.Length && line[at] == '"')
            {
                cell.Append('"');
                at++;
            }
            else if (letter == '"')
            {
                isQuoted = !isQuoted;
            }
            else if (letter == ',' && !isQuoted)
            {
                found.Add(cell.ToString());
                cell.Clear();
            }
            else
            {
                cell.Append(letter);
            }
        }

        found.Add(cell.ToString());
        return isQuoted ? throw new RowFaultException("A quotation mark is not closed.") : found;
    }
}
