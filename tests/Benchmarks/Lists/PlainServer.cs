using System.Text;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Platform.Api.Lists;
using Platform.Api.Trading;
using Platform.Projections;
using Platform.Projections.Trading;

namespace Platform.Benchmarks.Lists;

/// <summary>
/// What anybody would write in an afternoon, as a process of its own: the page of trades by the very SQL of the platform and
/// nothing around it, and the spreadsheet by one query and the Open XML SDK as its documentation shows it.
/// </summary>
internal static class PlainServer
{
    /// <summary>Makes this program run as the server; connection, pool and address follow.</summary>
    public const string Argument = "plain-server";

    private static readonly ListQuery FirstPage = new(
        ListBench.PageSize, Cursor: null, Search: null, new("number", IsDescending: true), [], Members: null, ListCount.None, After: null,
        IsExport: false, Scope: "");

    private const string Columns =
        $"""
        {TradeColumns.Number}, {TradeColumns.Price}, {TradeColumns.Quantity}, {TradeColumns.QuoteQuantity}, {TradeColumns.FeeAmount},
        {TradeColumns.Id}::text, {TradeColumns.VenueTradeId}, {TradeColumns.OrderId}::text, {TradeColumns.Market}, {TradeColumns.Side},
        {TradeColumns.FeeAsset}, {TradeColumns.Liquidity}, {TradeColumns.ExecutedAt}::text
        """;

    // Of the columns, those before.
    private const int Numbers = 5;

    public static async Task RunAsync(string connection, string pool, string address, CancellationToken cancel)
    {
        await using var database = NpgsqlDataSource.Create(connection);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(address);
        await using var app = builder.Build();
        app.MapGet("/ready", () => Results.Ok());
        app.MapGet("/page", http => SendPageAsync(http, database, pool));
        app.MapGet("/export", http => SendExportAsync(http, database, pool));
        await app.RunAsync(cancel);
    }

    private static async Task SendPageAsync(HttpContext http, NpgsqlDataSource database, string pool)
    {
        await using var connection = await database.OpenConnectionAsync(http.RequestAborted);
        await using var command = new ListSql(TradingLists.Trades, FirstPage, $"{PlatformStore.Schema}.mt_doc_trade", pool)
            .Pages(from: null, () => ListBench.PageSize + 1).Single();
        command.Connection = connection;
        StringBuilder items = new("[");
        await using (var reader = await command.ExecuteReaderAsync(http.RequestAborted))
        {
            while (await reader.ReadAsync(http.RequestAborted))
                items.Append(items.Length > 1 ? "," : "").Append(reader.GetString(0));
        }

        http.Response.ContentType = "application/json";
        await http.Response.WriteAsync(items.Append(']').ToString(), http.RequestAborted);
    }

    private static async Task SendExportAsync(HttpContext http, NpgsqlDataSource database, string pool)
    {
        var file = Path.GetTempFileName();
        try
        {
            await using var command = database.CreateCommand(
                $"select {Columns} from {PlatformStore.Schema}.mt_doc_trade where tenant_id = $1 order by {TradeColumns.Number} desc");
            command.Parameters.AddWithValue(pool);
            await using (var reader = await command.ExecuteReaderAsync(http.RequestAborted))
                await WriteAsync(file, reader, http.RequestAborted);
            http.Response.ContentType = ExcelFile.MediaType;
            await http.Response.SendFileAsync(file, http.RequestAborted);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static async Task WriteAsync(string file, NpgsqlDataReader reader, CancellationToken cancel)
    {
        using var document = SpreadsheetDocument.Create(file, SpreadsheetDocumentType.Workbook);
        var book = document.AddWorkbookPart();
        var sheet = book.AddNewPart<WorksheetPart>();
        using (var xml = OpenXmlWriter.Create(sheet))
        {
            xml.WriteStartElement(new Worksheet());
            xml.WriteStartElement(new SheetData());
            while (await reader.ReadAsync(cancel))
            {
                xml.WriteStartElement(new Row());
                for (var column = 0; column < reader.FieldCount; column++)
                    xml.WriteElement(column < Numbers
                        ? new Cell(new CellValue(reader.GetDecimal(column)))
                        : new Cell(new InlineString(new Text(reader.GetString(column)))) { DataType = CellValues.InlineString });
                xml.WriteEndElement();
            }

            xml.WriteEndElement();
            xml.WriteEndElement();
        }

        book.Workbook = new(new Sheets(new Sheet { Name = "trades", SheetId = 1, Id = book.GetIdOfPart(sheet) }));
    }
}
