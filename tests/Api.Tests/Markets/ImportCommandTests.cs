using Npgsql;
using Platform.Api.Tests.Operation;
using Platform.Tests.Support;

namespace Platform.Api.Tests.Markets;

/// <summary><c>platform import</c> as an operator types it.</summary>
public sealed class ImportCommandTests(PlatformHost platform) : IDisposable
{
    private const string Importing = "interrupted-import";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string folder = Directory.CreateTempSubdirectory("import-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private Dictionary<string, string> Settings =>
        new() { ["Platform__Postgres"] = platform.Connection, ["Platform__KeyFolder"] = platform.KeyFolder };

    private string ImportConnection =>
        new NpgsqlConnectionStringBuilder(platform.Connection) { ApplicationName = Importing }.ConnectionString;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Exit_code_says_whether_all_rows_some_or_no_file_was_taken()
    {
        var good = await FileAsync("good-1m.csv", "2024-01-01 00:00:00,1,2,1,2,5");
        var doubtful = await FileAsync("=doubtful-1m.csv", "2024-01-01 00:01:00,1,2,1,2,5", "2024-01-01 00:02:00,0,2,1,2,5");
        var report = Path.Combine(folder, "report.csv");

        var taken = await RunAsync(good, "--venue", "kraken", "--market", "BTC-USD");
        var rejected = await RunAsync(good, doubtful, "--venue", "kraken", "--market", "BTC-USD", "--report", report);
        var unnamed = await RunAsync(await FileAsync("unnamed-1m.csv", "2024-01-01 00:03:00,1,2,1,2,5"), folder);

        Assert.Equal((0, "good-1m.csv: bar table, imported up to row 2, 1 new, 0 rejected"), (taken.ExitCode, taken.Output.Trim()));
        Assert.Equal(2, rejected.ExitCode);
        Assert.StartsWith("good-1m.csv: bar table, imported before up to row 2, 0 new, 0 rejected", rejected.Output.Trim(), StringComparison.Ordinal);
        Assert.Equal(["file,line,reason", "'=doubtful-1m.csv,3,The open is not above zero."], await File.ReadAllLinesAsync(report, Cancel));
        Assert.Equal(1, unnamed.ExitCode);
        Assert.Contains("say --venue", unnamed.Errors, StringComparison.Ordinal);
        Assert.Contains($"error: {folder}: It is a folder", unnamed.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Report_that_cannot_be_written_is_said_before_anything_is_imported()
    {
        var ended = await RunAsync(await FileAsync("kept-1m.csv", "2024-01-01 00:04:00,1,2,1,2,5"), "--report", folder);

        Assert.Equal((1, ""), (ended.ExitCode, ended.Output));
        Assert.StartsWith("error: The report cannot be written: ", ended.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_that_is_interrupted_says_that_it_goes_on_from_there_and_shows_no_stack()
    {
        // A pool would keep the lock.
        await using var dropping = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(platform.Connection) { Pooling = false }.ConnectionString);
        await dropping.OpenAsync(Cancel);
        await using var hold = new NpgsqlCommand("select pg_advisory_lock(hashtextextended('platform.retention', 4))", dropping);
        await hold.ExecuteNonQueryAsync(Cancel);
        await using var import = ChildProcess.Start(
            PlatformProcess.Program,
            ["import", Path.Combine(folder, await FileAsync("long-1m.csv", "2024-01-01 00:05:00,1,2,1,2,5")), "--venue", "kraken", "--market", "BTC-USD"],
            new Dictionary<string, string>(Settings, StringComparer.Ordinal) { ["Platform__Postgres"] = ImportConnection }, Path.Combine(folder, "import.log"));
        await Eventually.IsTrueAsync("the import waits for who drops", Patience, _ => WaitsAsync(import), Cancel);

        // The same as by Ctrl-C, which is ignored by what was started in the background.
        var code = await import.TerminateAsync(Patience, Cancel);

        Assert.Equal(130, code);
        Assert.EndsWith("Interrupted: what is done stays, and the same command goes on from there.\n", import.LogTail, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", import.LogTail, StringComparison.Ordinal);
    }

    private async Task<bool> WaitsAsync(ChildProcess import)
    {
        Assert.False(import.HasExited, import.LogTail);
        await using var other = new NpgsqlConnection(platform.Connection);
        await other.OpenAsync(Cancel);
        await using var command = new NpgsqlCommand(
            """
            select exists (select from pg_stat_activity
                where application_name = $1 and wait_event_type = 'Lock' and query like '%pg_advisory_lock_shared%')
            """,
            other)
        {
            Parameters = { new() { Value = Importing } },
        };
        return await command.ExecuteScalarAsync(Cancel) is true;
    }

    private async Task<string> FileAsync(string name, params string[] lines)
    {
        var path = Path.Combine(folder, name);
        await File.WriteAllLinesAsync(path, lines.Prepend("timestamp,open,high,low,close,volume"), Cancel);
        return name;
    }

    // From the folder, as who types names does.
    private Task<Script.Ended> RunAsync(params string[] arguments) => Script.RunAsync(
        "/usr/bin/env", ["-C", folder, RepositoryRoot.Combine(PlatformProcess.Program), "import", .. arguments], Settings, Cancel);
}
