using System.Globalization;
using System.Text;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Spreadsheet;

namespace Platform.Api.Lists;

/// <summary>One sheet, written row by row; a cell that was written is never seen again.</summary>
internal sealed class ExcelSheet : IDisposable
{
    // Excel's own limit for the text of a cell.
    private const int TextMax = 32_767;

    private static readonly DateTime Epoch = new(1899, 12, 30, 0, 0, 0, DateTimeKind.Utc);

    private readonly Stream part;
    private readonly OpenXmlWriter xml;

    public ExcelSheet(Stream part)
    {
        (this.part, xml) = (part, OpenXmlWriter.Create(part));
        xml.WriteStartElement(new Worksheet());
        // The header stays where it is while the rest scrolls.
        xml.WriteElement(new SheetViews(new SheetView(new Pane
        {
            VerticalSplit = 1, TopLeftCell = "A2", ActivePane = PaneValues.BottomLeft, State = PaneStateValues.Frozen,
        })
        { WorkbookViewId = 0 }));
        xml.WriteStartElement(new SheetData());
    }

    /// <summary>Rows written so far.</summary>
    public int Rows { get; private set; }

    /// <summary>A to Z, AA, AB and so on.</summary>
    /// <param name="column">From 0.</param>
    public static string ColumnName(int column) =>
        (column < 26 ? "" : ColumnName((column / 26) - 1)) + (char)('A' + (column % 26));

    public void WriteRow(Action cells)
    {
        xml.WriteStartElement(new Row());
        cells();
        xml.WriteEndElement();
        Rows++;
    }

    /// <summary>A cell by what the value is; an empty one for null.</summary>
    public void Write(object? value)
    {
        switch (value)
        {
            case null:
                xml.WriteElement(new Cell());
                break;
            case string text:
                WriteText(text, ExcelStyle.Text);
                break;
            case bool flag:
                WriteValue("b", flag ? "1" : "0", ExcelStyle.Plain);
                break;
            case DateTimeOffset time:
                WriteValue("n", Text(decimal.Round((decimal)(time.UtcDateTime - Epoch).Ticks / TimeSpan.TicksPerDay, 12)), ExcelStyle.Time);
                break;
            case decimal or long:
                WriteValue("n", Text((IFormattable)value), ExcelStyle.Plain);
                break;
            default:
                WriteText(value.ToString()!, ExcelStyle.Text);
                break;
        }
    }

    public void WriteBold(string text) => WriteText(text, ExcelStyle.Bold);

    /// <param name="formula">Without the equals sign; never of a caller's making.</param>
    public void WriteFormula(string formula)
    {
        xml.WriteStartElement(new Cell(), [new("s", "", Text(ExcelStyle.Bold))]);
        xml.WriteElement(new CellFormula(formula));
        xml.WriteEndElement();
    }

    public void Dispose()
    {
        xml.WriteEndElement();
        xml.WriteEndElement();
        xml.Dispose();
        part.Dispose();
    }

    /// <summary>As XML 1.0 and Excel take it: what neither can hold is written by its number, as Excel itself does.</summary>
    internal static string Plain(string text)
    {
        if (text.Length <= TextMax && text.All(letter => letter is >= ' ' and < '\uD800' and not '_'))
            return text;

        StringBuilder plain = new();
        foreach (var rune in text.EnumerateRunes())
        {
            // An underscore could be taken for the beginning of such a number.
            if (rune.Value is (< ' ' and not ('\t' or '\n')) or '_' or 0xFFFE or 0xFFFF)
                plain.Append(CultureInfo.InvariantCulture, $"_x{rune.Value:X4}_");
            else
                plain.Append(rune.ToString());
            if (plain.Length >= TextMax)
                break;
        }
        return plain.Length <= TextMax ? plain.ToString() : plain.ToString(0, TextMax);
    }

    private void WriteText(string text, uint style)
    {
        xml.WriteStartElement(new Cell(), [new("t", "", "inlineStr"), new("s", "", Text(style))]);
        xml.WriteElement(new InlineString(new Text(Plain(text)) { Space = SpaceProcessingModeValues.Preserve }));
        xml.WriteEndElement();
    }

    private void WriteValue(string type, string value, uint style)
    {
        xml.WriteStartElement(new Cell(), style == ExcelStyle.Plain
            ? [new OpenXmlAttribute("t", "", type)]
            : [new("t", "", type), new("s", "", Text(style))]);
        xml.WriteElement(new CellValue(value));
        xml.WriteEndElement();
    }

    private static string Text(IFormattable value) => value.ToString(format: null, CultureInfo.InvariantCulture);
}
