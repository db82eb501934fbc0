using System.Globalization;

namespace Platform.Api.Lists;

/// <summary>The rows of a list over as many sheets as they need, and what they come to at the end.</summary>
/// <param name="members">Only these; null for all.</param>
/// <param name="rowsMax">Of a sheet. Excel takes 1,048,576, the header and the totals among them.</param>
public sealed class ExcelRows<T>(ExcelFile file, ListOf<T> list, IReadOnlyList<string>? members, int rowsMax = 1_000_000) : IDisposable
{
    // More assets than any venue lists.
    private const int AssetsMax = 1_000;

    // Digits that a spreadsheet program reckons with (IEEE 754 double).
    private const ulong ExactMax = 999_999_999_999_999;

    private readonly List<ListField<T>> fields =
        [.. list.Fields.Where(field => field.IsExported && members?.Contains(field.Member, StringComparer.Ordinal) is not false)];

    private readonly SortedSet<string> assets = new(StringComparer.Ordinal);
    private readonly List<(string Name, int Rows)> full = [];
    private ExcelSheet? sheet;
    private bool isRounded;

    private string SheetName => full.Count == 0 ? list.Name : string.Create(CultureInfo.InvariantCulture, $"{list.Name} {full.Count + 1}");

    public void Write(T item)
    {
        Open().WriteRow(() =>
        {
            foreach (var field in fields)
                WriteCells(field, item);
        });
        if (sheet!.Rows > rowsMax)
            Close();
    }

    /// <summary>Ends the last sheet with the totals.</summary>
    public void Dispose()
    {
        var last = Open();
        var rows = last.Rows;
        (string Sheet, int Rows)[] data = [.. full.Select(each => ($"'{each.Name}'!", each.Rows)), ("", rows)];
        last.WriteRow(() => last.Write(value: null));
        last.WriteRow(() => last.WriteFormula($"\"Rows: \"&{Sum(data, part => $"COUNTA({Range(part, column: 0)})")}"));
        if (fields.Exists(field => field.IsSummed))
            last.WriteRow(() => WriteTotals(last, asset: null, data));
        foreach (var asset in assets)
            last.WriteRow(() => WriteTotals(last, asset, data));
        if (assets.Count >= AssetsMax)
            last.WriteRow(() => last.WriteBold("There are more assets; their totals are left out."));
        if (isRounded)
            last.WriteRow(() => last.WriteBold(
                "Amounts of more than 15 digits are exact in this file and in the API; a spreadsheet program rounds them as it reads them."));
        last.Dispose();
    }

    // A cell for each column of the sheet: what it comes to where that means something.
    private void WriteTotals(ExcelSheet last, string? asset, (string Sheet, int Rows)[] data)
    {
        var column = 0;
        foreach (var field in fields)
        {
            var (amounts, units) = (column, column + 1);
            if (asset is not null && field.Asset is not null)
                last.WriteFormula(Sum(data, part => $"SUMIF({Range(part, units)},\"{asset}\",{Range(part, amounts)})"));
            else if (asset is null && field.IsSummed)
                last.WriteFormula(Sum(data, part => $"SUM({Range(part, amounts)})"));
            else if (column == 0)
                last.WriteBold(asset is null ? "Total" : $"Total {asset}");
            else
                last.Write(value: null);
            if (field.Asset is not null)
                last.Write(asset);
            column += field.Asset is null ? 1 : 2;
        }
    }

    private void WriteCells(ListField<T> field, T item)
    {
        var value = field.Value(item);
        sheet!.Write(field.Kind.Shown(value));
        isRounded |= value is decimal amount && IsLong(amount);
        if (field.Asset is null)
            return;

        var asset = field.Asset(item);
        if (assets.Count < AssetsMax)
            assets.Add(asset);
        sheet.Write(asset);
    }

    private ExcelSheet Open()
    {
        if (sheet is not null)
            return sheet;

        sheet = new(file.AddSheet(SheetName));
        sheet.WriteRow(() =>
        {
            foreach (var field in fields)
            {
                sheet.WriteBold(field.Kind == FieldKind.Time ? $"{field.Name} (UTC)" : field.Name);
                if (field.Asset is not null)
                    sheet.WriteBold($"{field.Name} asset");
            }
        });
        return sheet;
    }

    private void Close()
    {
        full.Add((SheetName, sheet!.Rows));
        sheet.Dispose();
        sheet = null;
    }

    // Digits of the number, without the zeros that it ends in.
    private static bool IsLong(decimal amount)
    {
        var bits = decimal.GetBits(amount);
        var digits = new UInt128((uint)bits[2], ((ulong)(uint)bits[1] << 32) | (uint)bits[0]);
        while (digits > ExactMax && digits % 10 == 0)
            digits /= 10;
        return digits > ExactMax;
    }

    private static string Sum((string Sheet, int Rows)[] data, Func<(string Sheet, int Rows), string> of) => string.Join('+', data.Select(of));

    // Row 1 is the header; a list without rows still has a range.
    private static string Range((string Sheet, int Rows) part, int column)
    {
        var letter = ExcelSheet.ColumnName(column);
        return string.Create(CultureInfo.InvariantCulture, $"{part.Sheet}{letter}$2:{letter}${Math.Max(2, part.Rows)}");
    }
}
