using System.Globalization;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using DocumentFormat.OpenXml.Validation;
using Platform.Api.Lists;
using Platform.Domain.Trading;

namespace Platform.Api.Tests.Lists;

/// <summary>What a spreadsheet of a list holds, read by the Open XML SDK, which did not write it.</summary>
public sealed class SpreadsheetTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 2, 12, 0, 0, TimeSpan.Zero);

    private static readonly ListOf<Sample> Money = Sample.List with
    {
        Fields = [.. Sample.List.Fields.Select(field => field.Name is "amount" ? field with { Asset = sample => sample.Side is Side.Buy ? "BTC" : "USDT" } : field)],
    };

    [Theory]
    [InlineData("=cmd|'/c calc'!A0")]
    [InlineData("+1")]
    [InlineData("-1+1")]
    [InlineData("@SUM(A1:A9)")]
    [InlineData("\t=1+1")]
    [InlineData("\r\n=1+1")]
    [InlineData("=HYPERLINK(\"https://elsewhere.example\")")]
    [InlineData("<f>1+1</f>")]
    [InlineData("_x0041_")]
    [InlineData("a\u0000b\u0008\uFFFE")]
    [InlineData("\u202Eabc \uD83D\uDE00")]
    [InlineData(" kept ")]
    public void Attack_23_text_that_looks_like_a_formula_is_text(string text)
    {
        using var file = Written(Sample.List, [ListSamples.Of(1) with { Name = text }]);
        using var document = Opened(file);

        var cell = Rows(document, 0)[1][1];
        Assert.Equal(CellValues.InlineString, cell.DataType!.Value);
        Assert.Null(cell.CellFormula);
        Assert.True(FormatOf(document, cell).QuotePrefix!.Value);
        Assert.Equal(text, Read(cell.InlineString!.Text!.Text));
        Assert.Single(document.WorkbookPart!.WorksheetParts.First().Worksheet.Descendants<CellFormula>());
    }

    [Fact]
    public void Values_keep_their_type_and_every_digit()
    {
        var sample = new Sample(Guid.CreateVersion7(Noon), null, 1234567890123456.789012m, long.MaxValue, true, Noon.AddMilliseconds(1), Side.Sell);
        using var file = Written(Money, [sample]);
        using var document = Opened(file);

        var rows = Rows(document, 0);
        Assert.Equal(
            ["id", "name", "amount", "amount asset", "number", "isGood", "at (UTC)", "side"], rows[0].Select(cell => cell.InnerText));
        Assert.Equal(
            [sample.Id.ToString(), "", "1234567890123456.789012", "USDT", "9223372036854775807", "1", "46024.500000011574", "sell"],
            rows[1].Select(cell => cell.InnerText));
        Assert.Contains("more than 15 digits", rows[^1][0].InnerText, StringComparison.Ordinal);
    }

    [Fact]
    public void Totals_are_formulas_over_all_sheets_for_each_asset_apart()
    {
        using var file = Written(Money, [.. Enumerable.Range(0, 25).Select(ListSamples.Of)], rowsMax: 10);
        using var document = Opened(file);

        Assert.Equal(["samples", "samples 2", "samples 3"], document.WorkbookPart!.Workbook.Sheets!.Elements<Sheet>().Select(sheet => sheet.Name!.Value));
        Assert.Equal([11, 11], Enumerable.Range(0, 2).Select(sheet => Rows(document, sheet).Count));
        Assert.Equal(
            [
                "\"Rows: \"&COUNTA('samples'!A$2:A$11)+COUNTA('samples 2'!A$2:A$11)+COUNTA(A$2:A$6)",
                "SUMIF('samples'!D$2:D$11,\"BTC\",'samples'!C$2:C$11)+SUMIF('samples 2'!D$2:D$11,\"BTC\",'samples 2'!C$2:C$11)+SUMIF(D$2:D$6,\"BTC\",C$2:C$6)",
                "SUMIF('samples'!D$2:D$11,\"USDT\",'samples'!C$2:C$11)+SUMIF('samples 2'!D$2:D$11,\"USDT\",'samples 2'!C$2:C$11)+SUMIF(D$2:D$6,\"USDT\",C$2:C$6)",
            ],
            Rows(document, 2).SelectMany(row => row).Select(cell => cell.CellFormula?.Text).OfType<string>());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(11)]
    public void File_of_any_length_is_valid(int rows)
    {
        using var file = Written(Money, [.. Enumerable.Range(0, rows).Select(ListSamples.Of)], rowsMax: 10);
        using var document = Opened(file);

        Assert.Empty(new OpenXmlValidator().Validate(document, TestContext.Current.CancellationToken).Select(error => $"{error.Path?.XPath}: {error.Description}"));
    }

    [Fact]
    public void Only_the_members_asked_for_become_columns()
    {
        using var file = Written(Money, [ListSamples.Of(1)], members: ["amount", "id"]);
        using var document = Opened(file);

        Assert.Equal(["id", "amount", "amount asset"], Rows(document, 0)[0].Select(cell => cell.InnerText));
    }

    private static MemoryStream Written(ListOf<Sample> list, IReadOnlyList<Sample> samples, IReadOnlyList<string>? members = null, int rowsMax = 1_000)
    {
        MemoryStream stream = new();
        using ExcelFile file = new(stream);
        using (ExcelRows<Sample> rows = new(file, list, members, rowsMax))
            foreach (var sample in samples)
                rows.Write(sample);
        file.Finish();
        return stream;
    }

    private static SpreadsheetDocument Opened(Stream file) => SpreadsheetDocument.Open(file, isEditable: false);

    private static List<List<Cell>> Rows(SpreadsheetDocument document, int sheet)
    {
        var id = document.WorkbookPart!.Workbook.Sheets!.Elements<Sheet>().ElementAt(sheet).Id!.Value!;
        return [.. ((WorksheetPart)document.WorkbookPart.GetPartById(id)).Worksheet.Descendants<Row>().Select(row => row.Elements<Cell>().ToList())];
    }

    private static CellFormat FormatOf(SpreadsheetDocument document, Cell cell) =>
        document.WorkbookPart!.WorkbookStylesPart!.Stylesheet.CellFormats!.Elements<CellFormat>().ElementAt((int)cell.StyleIndex!.Value);

    // As Excel reads it: _x0041_ is the letter of that number.
    private static string Read(string text) => System.Text.RegularExpressions.Regex.Replace(
        text, "_x(?<code>[0-9A-F]{4})_",
        match => ((char)int.Parse(match.Groups["code"].Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString(),
        System.Text.RegularExpressions.RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));
}
