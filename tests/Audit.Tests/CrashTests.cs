using System.Diagnostics;
using Npgsql;
using Platform.Projections;
using Platform.Tests.Support;

namespace Platform.Audit.Tests;

public sealed class CrashTests
{
    private const int Kills = 8;

    [Fact]
    public async Task Chain_and_signatures_hold_however_often_the_worker_is_killed()
    {
        var connection = await TestDatabase.CreateAsync("audit_crash");
        var folder = Directory.CreateTempSubdirectory("audit").FullName;
        await using (var audited = new AuditedStore(connection, folder))
        {
            await PlatformSchema.ApplyAsync(audited.Store, CancellationToken.None);
            var writing = TradingHistory.AppendAsync(audited.Store, AuditedDatabase.One, 150);
            for (var kill = 1; kill <= Kills; kill++)
            {
                await ChainAndKillAsync(connection, folder, links: kill * 40);
            }

            await writing;
            await audited.CatchUpAsync();
        }

        var ended = await AuditProcess.RunAsync(
            "verify", "--json", "--connection", connection, "--key", Path.Combine(folder, "audit.pub"));

        Assert.True(ended.ExitCode == 0, ended.ToString());
        Assert.Equal(2 + (150 * 7), ended.Json.GetProperty("entries").GetInt64());
        Assert.Equal(0, ended.Json.GetProperty("unsigned").GetInt64());
        await TestDatabase.DropAsync(connection);
        Directory.Delete(folder, recursive: true);
    }

    // Killed as soon as it has got so far: in the middle of whatever it does then.
    private static async Task ChainAndKillAsync(string connection, string folder, long links)
    {
        var tests = Path.Combine(AppContext.BaseDirectory, "Platform.Audit.Tests.dll");
        using var worker = Process.Start("dotnet", [tests, "chain", connection, folder]);
        try
        {
            await Eventually.IsTrueAsync(
                $"{links} links",
                TimeSpan.FromSeconds(60),
                async cancel => await CountAsync(connection, cancel) >= links,
                TestContext.Current.CancellationToken);
        }
        finally
        {
            worker.Kill();
            await worker.WaitForExitAsync();
        }
    }

    private static async Task<long> CountAsync(string connection, CancellationToken cancellationToken)
    {
        await using var opened = new NpgsqlConnection(connection);
        await opened.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand("select count(*) from platform.audit_link", opened);
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }
}
