using System.Globalization;
using System.Net;
using Platform.Api.Lists;
using Platform.Api.Tests.Operation;
using Platform.Tests.Support;

namespace Platform.Api.Tests.Lists;

/// <summary>Lists as files, from the running platform.</summary>
public sealed class ExportTests(PlatformHost platform, LongTrades trades) : IClassFixture<LongTrades>
{
    // A sheet of so many rows is some 200 MB of XML; a batch is a few.
    private const long GrowthMax = 160L << 20;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task List_is_a_spreadsheet_to_whoever_would_rather_have_one()
    {
        using var trader = await Trader.OpenAsync(platform);

        foreach (var (accept, type) in ((string, string)[])
        [
            (ExcelFile.MediaType, ExcelFile.MediaType), ($"application/json;q=0.5, {ExcelFile.MediaType}", ExcelFile.MediaType),
            ($"application/json, {ExcelFile.MediaType};q=0.5", "application/json"), ($"{ExcelFile.MediaType};q=0", "application/json"),
            ("*/*", "application/json"),
        ])
        {
            using var answer = await AskAsync(trader.Http, $"{trader.Path}/orders?filter.isOpen=eq:true", accept);
            Assert.Equal((HttpStatusCode.OK, type), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        }
        using var file = await AskAsync(trader.Http, $"{trader.Path}/trades", ExcelFile.MediaType);
        Assert.Equal("trades.xlsx", file.Content.Headers.ContentDisposition?.FileName);
    }

    [Theory]
    [InlineData("limit=100", "limit")]
    [InlineData("cursor=abc", "cursor")]
    [InlineData("count=exact", "count")]
    public async Task Spreadsheet_has_no_pages(string query, string field)
    {
        using var trader = await Trader.OpenAsync(platform);
        using var answer = await AskAsync(trader.Http, $"{trader.Path}/orders?{query}", ExcelFile.MediaType);

        await Problem.ExpectAsync(answer, 400, "unknown_parameter", field);
    }

    [Fact]
    public async Task Two_hundred_thousand_rows_are_exported_in_bounded_memory_and_add_up_in_LibreOffice()
    {
        const string install = "apt-get install -y --no-install-recommends libreoffice-calc";
        var office = Environment.GetEnvironmentVariable("PATH")!.Split(':').Select(each => Path.Combine(each, "soffice")).FirstOrDefault(File.Exists);
        var folder = Directory.CreateTempSubdirectory("export-").FullName;
        try
        {
            var growth = await GrowthAsync(trades.Platform, async () =>
                await DownloadAsync(trades.Platform.Http, $"/v1/pools/{trades.Pool}/trades", Path.Combine(folder, "trades.xlsx")));
            Assert.InRange(growth, long.MinValue, GrowthMax);

            Assert.SkipWhen(office is null, $"soffice is not on PATH. The command: {install}");
            await Script.OutputAsync(office,
                [
                    $"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to",
                    "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false", "--outdir", folder, Path.Combine(folder, "trades.xlsx"),
                ], new Dictionary<string, string>(), Cancel);
            await AssertTotalsAsync(await File.ReadAllLinesAsync(Path.Combine(folder, "trades.csv"), Cancel));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task Export_ends_when_the_caller_leaves()
    {
        var before = await trades.ReadSoFarAsync(Cancel);
        using (var answer = await AskAsync(trades.Platform.Http, $"/v1/pools/{trades.Pool}/trades", ExcelFile.MediaType))
        await using (var body = await answer.Content.ReadAsStreamAsync(Cancel))
        {
            if (!answer.IsSuccessStatusCode)
                Assert.Fail(await new StreamReader(body).ReadToEndAsync(Cancel));
            await body.ReadExactlyAsync(new byte[1024], Cancel);
        }

        long read = 0;
        await Eventually.IsTrueAsync("nothing is read any more", Patience, async waiting =>
        {
            read = await trades.ReadSoFarAsync(waiting);
            // Twice as long as PostgreSQL keeps such counts to itself.
            await Task.Delay(TimeSpan.FromSeconds(2), TimeProvider.System, waiting);
            return read == await trades.ReadSoFarAsync(waiting);
        }, Cancel);
        Assert.InRange(read - before, 0, LongTrades.Rows / 2);
    }

    // How far the memory of a process rose above where it stood; what every export needs is loaded first.
    private async Task<long> GrowthAsync(PlatformProcess process, Func<Task> act)
    {
        using (var small = await AskAsync(process.Http, $"/v1/pools/{trades.Pool}/trades?filter.number=le:5000", ExcelFile.MediaType))
            await small.Content.CopyToAsync(Stream.Null, Cancel);
        await File.WriteAllTextAsync($"/proc/{process.Id}/clear_refs", "5", Cancel);
        var before = ProcessMemory.Of(process.Id, "VmRSS");
        await act();
        return ProcessMemory.Of(process.Id, "VmHWM") - before;
    }

    private static async Task<HttpResponseMessage> AskAsync(HttpClient http, string target, string accept)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, target);
        request.Headers.TryAddWithoutValidation("Accept", accept);
        return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancel);
    }

    private static async Task DownloadAsync(HttpClient http, string target, string path)
    {
        using var answer = await AskAsync(http, target, ExcelFile.MediaType);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        await using var file = File.Create(path);
        await answer.Content.CopyToAsync(file, Cancel);
    }

    private async Task AssertTotalsAsync(string[] lines)
    {
        var header = lines[0].Split(',');
        Assert.Equal(LongTrades.Rows, lines.Skip(1).TakeWhile(line => !line.StartsWith(',')).Count());
        Assert.StartsWith($"Rows: {LongTrades.Rows},", lines[LongTrades.Rows + 2], StringComparison.Ordinal);
        foreach (var (column, member, asset) in ((string, string, string)[])
        [
            ("quantity", "data -> 'fill' ->> 'quantity'", "split_part(data ->> 'market', '-', 1)"),
            ("quoteQuantity", "data -> 'fill' ->> 'quoteQuantity'", "split_part(data ->> 'market', '-', 2)"),
            ("fee.amount", "data -> 'fill' -> 'fee' ->> 'amount'", "data -> 'fill' -> 'fee' ->> 'asset'"),
        ])
            foreach (var code in (string[])["BNB", "BTC", "ETH", "USDT"])
            {
                var line = lines.Single(each => each.StartsWith($"Total {code},", StringComparison.Ordinal)).Split(',');
                var reckoned = decimal.Parse(line[Array.IndexOf(header, column)].Trim('"'), NumberStyles.Float, CultureInfo.InvariantCulture);
                var exact = await trades.SumAsync(member, asset, code, Cancel);
                // A spreadsheet reckons with 15 digits; sums of 200,000 amounts keep 12 of them.
                Assert.InRange(reckoned - exact, -exact / 1_000_000_000_000, exact / 1_000_000_000_000);
            }
    }
}
