using System.IO.Compression;
using System.Text;
using Platform.Domain.Markets;
using Platform.Workers.Markets.Import;

namespace Platform.Workers.Tests.Markets;

/// <summary>Files made to harm whoever imports them.</summary>
public sealed class ImportAttackTests : IDisposable
{
    private readonly string folder = Directory.CreateDirectory(
        Path.Combine(Directory.CreateTempSubdirectory("import-").FullName, "crypto", "kraken", "minute", "btcusd")).FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Zip => Path.Combine(folder, "20240101_trade.zip");

    public void Dispose() => Directory.Delete(Path.GetFullPath(Path.Combine(folder, "..", "..", "..", "..")), recursive: true);

    [Fact]
    public async Task Attack_24_archive_that_unpacks_to_a_thousand_times_its_size_is_refused_before_it_is_unpacked()
    {
        await using var rows = await MarketRows.MakeAsync();
        await using (var archive = await ZipFile.OpenAsync(Zip, ZipArchiveMode.Create, Cancel))
        await using (var entry = await archive.CreateEntry("bars.csv", CompressionLevel.SmallestSize).OpenAsync(Cancel))
            for (var megabyte = 0; megabyte < 64; megabyte++)
                await entry.WriteAsync(Encoding.ASCII.GetBytes(new string('\n', 1024 * 1024)), Cancel);
        var gzip = Path.Combine(folder, "kraken-BTCUSD-trades.csv.gz");
        await using (var packed = new GZipStream(File.Create(gzip), CompressionLevel.SmallestSize))
            for (var line = 0; line < 2_000_000; line++)
                await packed.WriteAsync("1672531436,90.5,1.1\n"u8.ToArray(), Cancel);

        Assert.Contains("times its size", (await RefusedAsync(rows, Zip)).Message, StringComparison.Ordinal);
        Assert.Contains("times its size", (await RefusedAsync(rows, gzip)).Message, StringComparison.Ordinal);

        Assert.Equal(["0|0"], await rows.AskAsync("select (select count(*) from platform.md_candle), (select count(*) from platform.md_import where is_done)"));
    }

    [Fact]
    public async Task Attack_24_no_more_is_unpacked_than_in_proportion_to_what_lies_there()
    {
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
            for (var megabyte = 0; megabyte < 64; megabyte++)
                await gzip.WriteAsync(new byte[1024 * 1024], Cancel);
        packed.Position = 0;
        var unpacked = 0L;
        var buffer = new byte[64 * 1024];
        await using var bounded = new BoundedStream(new GZipStream(packed, CompressionMode.Decompress), packed.Length);

        await Assert.ThrowsAsync<ImportRefusedException>(async () =>
        {
            for (int read; (read = await bounded.ReadAsync(buffer, Cancel)) > 0;)
                unpacked += read;
        });

        Assert.InRange(unpacked, BoundedStream.Free, (BoundedStream.RatioMax + 1) * packed.Length);
        Assert.InRange(bounded.Position - unpacked, 1, buffer.Length);
    }

    [Theory]
    [InlineData("../../../../tmp/x.csv")]
    [InlineData("/etc/x.csv")]
    [InlineData("..\\x.csv")]
    [InlineData("C:x.csv")]
    [InlineData(".csv")]
    [InlineData("x.sh")]
    [InlineData("inner.zip")]
    public async Task Attack_24_name_in_an_archive_that_leads_elsewhere_is_refused(string name)
    {
        await using var rows = await MarketRows.MakeAsync();
        await PackAsync((name, "0,1,2,1,2,5\n"));

        await RefusedAsync(rows, Zip);

        Assert.Equal([Zip], Directory.EnumerateFiles(folder));
    }

    [Fact]
    public async Task Attack_24_archive_of_several_files_or_of_none_or_damaged_is_refused()
    {
        await using var rows = await MarketRows.MakeAsync();
        await PackAsync(("a.csv", "0,1,2,1,2,5\n"), ("b.csv", "0,1,2,1,2,5\n"));
        await RefusedAsync(rows, Zip);
        await PackAsync();
        await RefusedAsync(rows, Zip);
        await PackAsync(("a.csv", string.Concat(Enumerable.Range(0, 1000).Select(minute => $"{minute * 60000},1,2,1,2,{minute}\n"))));
        var bytes = await File.ReadAllBytesAsync(Zip, Cancel);
        bytes.AsSpan(60, 200).Fill(0x55);
        await File.WriteAllBytesAsync(Zip, bytes, Cancel);

        Assert.Contains("damaged", (await RefusedAsync(rows, Zip)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Attack_24_line_without_an_end_and_text_in_another_encoding_are_refused()
    {
        await using var rows = await MarketRows.MakeAsync();
        var csv = Path.Combine(folder, "bars-1m.csv");
        const string Header = "timestamp,open,high,low,close,volume\n";

        await File.WriteAllTextAsync(csv, Header + new string('1', LineText.LineMax + 1), Cancel);
        Assert.Contains("Line 2 is longer", (await RefusedAsync(rows, csv)).Message, StringComparison.Ordinal);
        await File.WriteAllBytesAsync(csv, [.. Encoding.ASCII.GetBytes(Header), .. "2024-01-01 00:00:00,1,2,1,2,\xff5\n"u8.ToArray(), 0xff, 0xfe, (byte)'\n'], Cancel);
        Assert.Contains("is not text in UTF-8", (await RefusedAsync(rows, csv)).Message, StringComparison.Ordinal);
        await File.WriteAllTextAsync(csv, Header + "2024-01-01 00:00:00,1,2,1,2,\0\n", Cancel);
        Assert.Contains("is not text in UTF-8", (await RefusedAsync(rows, csv)).Message, StringComparison.Ordinal);
        await File.WriteAllTextAsync(csv, Header, new UnicodeEncoding(bigEndian: false, byteOrderMark: true), Cancel);
        Assert.Contains("no format", (await RefusedAsync(rows, csv)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Attack_24_nested_and_endless_json_is_refused()
    {
        await using var rows = await MarketRows.MakeAsync();
        var json = Path.Combine(folder, "kraken-BTCUSD-trades.json");

        await File.WriteAllTextAsync(json, "[[1570752011620,\"1\",null,\"sell\",1,1,1]," + new string('[', 100), Cancel);
        await RefusedAsync(rows, json);
        await File.WriteAllTextAsync(json, "[[1570752011620,\"1\",null,\"sell\",1,1,1],[1570752011620,\"" + new string('1', JsonMembers.MemberMax * 2), Cancel);
        await RefusedAsync(rows, json);
        await File.WriteAllTextAsync(json, "[[1570752011620,\"1\",null,\"sell\",1,1,1]", Cancel);
        await RefusedAsync(rows, json);
    }

    [Fact]
    public async Task Attack_24_file_that_is_nothing_but_faults_is_refused_before_the_report_fills_the_disk()
    {
        await using var rows = await MarketRows.MakeAsync();
        var csv = Path.Combine(folder, "bars-1m.csv");
        await File.WriteAllLinesAsync(csv, Enumerable.Repeat("=1+1", 50_000).Prepend("timestamp,open,high,low,close,volume"), Cancel);

        Assert.Contains("rows were rejected", (await RefusedAsync(rows, csv)).Message, StringComparison.Ordinal);

        Assert.Equal([$"{Importer.RejectsMax + Importer.BatchMax}"], await rows.AskAsync("select count(*) from platform.md_import_reject"));
    }

    private static Task<ImportRefusedException> RefusedAsync(MarketRows rows, string path) => Assert.ThrowsAsync<ImportRefusedException>(
        () => rows.Importer.ImportAsync(path, new(VenueId.From("kraken"), MarketKey.From("BTC-USD")), progress: null, Cancel));

    private async Task PackAsync(params IEnumerable<(string Name, string Text)> files)
    {
        await using var archive = await ZipFile.OpenAsync(Zip, File.Exists(Zip) ? ZipArchiveMode.Update : ZipArchiveMode.Create, Cancel);
        if (archive.Mode is ZipArchiveMode.Update)
            foreach (var old in archive.Entries.ToList())
                old.Delete();
        foreach (var (name, text) in files)
        {
            await using var entry = await archive.CreateEntry(name).OpenAsync(Cancel);
            await entry.WriteAsync(Encoding.UTF8.GetBytes(text), Cancel);
        }
    }
}
