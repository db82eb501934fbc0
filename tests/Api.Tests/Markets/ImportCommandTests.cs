using Platform.Api.Tests.Operation;
using Platform.Tests.Support;

namespace Platform.Api.Tests.Markets;

/// <summary><c>platform import</c> as an operator types it.</summary>
public sealed class ImportCommandTests(PlatformHost platform) : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("import-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Exit_code_says_whether_all_rows_some_or_no_file_was_taken()
    {
        var good = await FileAsync("good-1m.csv", "2024-01-01 00:00:00,1,2,1,2,5");
        var doubtful = await FileAsync("=doubtful-1m.csv", "2024-01-01 00:01:00,1,2,1,2,5", "2024-01-01 00:02:00,0,2,1,2,5");
        var report = Path.Combine(folder, "report.csv");

        var taken = await RunAsync(good, "--venue", "kraken", "--market", "BTC-USD");
        var rejected = await RunAsync(good, doubtful, "--venue", "kraken", "--market", "BTC-USD", "--report", report);
        var unnamed = await RunAsync(await FileAsync("unnamed-1m.csv", "2024-01-01 00:03:00,1,2,1,2,5"));

        Assert.Equal((0, "good-1m.csv: bar table, imported, 2 rows, 1 new, 0 rejected"), (taken.ExitCode, taken.Output.Trim()));
        Assert.Equal(2, rejected.ExitCode);
        Assert.StartsWith("good-1m.csv: bar table, imported before, 2 rows, 1 new, 0 rejected", rejected.Output.Trim(), StringComparison.Ordinal);
        Assert.Equal(["file,line,reason", "'=doubtful-1m.csv,3,The open is not above zero."], await File.ReadAllLinesAsync(report, Cancel));
        Assert.Equal(1, unnamed.ExitCode);
        Assert.Contains("say --venue", unnamed.Errors, StringComparison.Ordinal);
    }

    private async Task<string> FileAsync(string name, params string[] lines)
    {
        var path = Path.Combine(folder, name);
        await File.WriteAllLinesAsync(path, lines.Prepend("timestamp,open,high,low,close,volume"), Cancel);
        return path;
    }

    private Task<Script.Ended> RunAsync(params string[] arguments) => Script.RunAsync(
        PlatformProcess.Program, ["import", .. arguments],
        new Dictionary<string, string> { ["Platform__Postgres"] = platform.Connection, ["Platform__KeyFolder"] = platform.KeyFolder }, Cancel);
}
