using DocumentFormat.OpenXml.Spreadsheet;

namespace Platform.Api.Lists;

/// <summary>How a cell looks; the numbers are places in the workbook's table of formats.</summary>
internal static class ExcelStyle
{
    public const uint Plain = 0;
    public const uint Bold = 1;
    public const uint Time = 2;

    /// <summary>Stays text even when it is edited: what looks like a formula is none (Excel's leading apostrophe).</summary>
    public const uint Text = 3;

    private const uint TimeFormat = 164;

    public static Stylesheet Sheet() => new(
        new NumberingFormats(new NumberingFormat { NumberFormatId = TimeFormat, FormatCode = "yyyy-mm-dd hh:mm:ss.000" }),
        new Fonts(new Font(), new Font(new Bold())),
        // The first two fills are the format's own.
        new Fills(
            new Fill(new PatternFill { PatternType = PatternValues.None }), new Fill(new PatternFill { PatternType = PatternValues.Gray125 })),
        new Borders(new Border()),
        new CellStyleFormats(new CellFormat()),
        new CellFormats(
            new CellFormat(),
            new CellFormat { FontId = 1, ApplyFont = true },
            new CellFormat { NumberFormatId = TimeFormat, ApplyNumberFormat = true },
            new CellFormat { QuotePrefix = true }));
}
