using System.IO.Compression;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Spreadsheet;

namespace Platform.Api.Lists;

/// <summary>
/// The outside of a workbook (ECMA-376) that is written from front to back and never held: its sheets, then the few
/// small parts that name them. The package of the Open XML SDK keeps a whole file in memory; its writer does not.
/// </summary>
/// <param name="to">Need not be seekable.</param>
public sealed class ExcelFile(Stream to) : IDisposable
{
    public const string MediaType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    private const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string Types = "application/vnd.openxmlformats-officedocument.spreadsheetml";

    private readonly ZipArchive zip = new(to, ZipArchiveMode.Create, leaveOpen: true);
    private readonly List<string> sheets = [];

    /// <summary>Whether a caller would rather have that than JSON.</summary>
    public static bool IsWantedBy(HttpRequest request)
    {
        var accepted = request.GetTypedHeaders().Accept;
        return QualityOf(MediaType) is > 0 and var quality && quality >= QualityOf("application/json");

        double QualityOf(string type) => accepted
            .Where(each => each.MediaType.Equals(type, StringComparison.OrdinalIgnoreCase))
            .Select(each => each.Quality ?? 1).DefaultIfEmpty(0).Max();
    }

    /// <summary>Begins the next sheet; the one before must be closed.</summary>
    public Stream AddSheet(string name)
    {
        sheets.Add(name);
        return Part($"xl/worksheets/sheet{sheets.Count}.xml");
    }

    /// <summary>Writes what is left, once all sheets are closed; without it the file is none.</summary>
    public void Finish()
    {
        WriteWorkbook();
        WriteStyles();
        Write("xl/_rels/workbook.xml.rels", $"""
            <Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
            {string.Concat(sheets.Index().Select(sheet => Relation($"sheet{sheet.Index + 1}", "worksheet", $"worksheets/sheet{sheet.Index + 1}.xml")))}
            {Relation("styles", "styles", "styles.xml")}
            </Relationships>
            """);
        Write("_rels/.rels", $"""
            <Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
            {Relation("workbook", "officeDocument", "xl/workbook.xml")}
            </Relationships>
            """);
        Write("[Content_Types].xml", $"""
            <Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
            <Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
            <Default Extension="xml" ContentType="{Types}.worksheet+xml"/>
            <Override PartName="/xl/workbook.xml" ContentType="{Types}.sheet.main+xml"/>
            <Override PartName="/xl/styles.xml" ContentType="{Types}.styles+xml"/>
            </Types>
            """);
    }

    public void Dispose() => zip.Dispose();

    private static string Relation(string id, string type, string target) =>
        $"""<Relationship Id="{id}" Type="{Relations}/{type}" Target="{target}"/>""";

    private Stream Part(string path) => zip.CreateEntry(path, CompressionLevel.Fastest).Open();

    private void Write(string path, string xml)
    {
        using StreamWriter text = new(Part(path));
        text.Write("""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>""");
        text.Write(xml);
    }

    private void WriteWorkbook()
    {
        using var part = Part("xl/workbook.xml");
        using var xml = OpenXmlWriter.Create(part);
        xml.WriteElement(new Workbook(
            new Sheets(sheets.Index().Select(sheet => new Sheet
            {
                Name = sheet.Item, SheetId = (uint)sheet.Index + 1, Id = $"sheet{sheet.Index + 1}",
            })),
            // Formulas come without a result: whoever opens the file reckons.
            new CalculationProperties { FullCalculationOnLoad = true }));
    }

    private void WriteStyles()
    {
        using var part = Part("xl/styles.xml");
        using var xml = OpenXmlWriter.Create(part);
        xml.WriteElement(ExcelStyle.Sheet());
    }
}
