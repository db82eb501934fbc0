using System.Net;
using Npgsql;
using Platform.Api.Tests.Identity;
using Platform.Tests.Support;
using Platform.Workers.Identity;

namespace Platform.Api.Tests.Attacks;

/// <summary>A node that has the store but not its barriers, on a database of its own.</summary>
public sealed class StaleNodeTests(WebCluster cluster) : IClassFixture<WebCluster>
{
    private static readonly Withdrawal Payload = new("USDT", "TRON", "1", "address", Memo: null, "1");
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Attack_69_danger_is_503_within_a_second_of_losing_the_barriers_and_has_no_effect()
    {
        var user = await cluster.AddUserAsync();
        var token = await cluster.One.SignInAsync(user);
        var danger = await cluster.One.DangerTokenAsync(token, user, "stale", Payload);

        await CutBarriersAsync();
        await FreshBecomesAsync(isFresh: false, TimeSpan.FromSeconds(3));
        using var refused = await cluster.One.WithdrawAsync(token, danger, user, "stale", Payload);
        await Problem.ExpectAsync(refused, 503, "barrier_stale");
        using var read = cluster.One.Client(token);
        using var sessions = await read.GetAsync("/v1/auth/sessions", Cancel);
        Assert.Equal(HttpStatusCode.OK, sessions.StatusCode);

        await AllowAsync("true");
        await FreshBecomesAsync(isFresh: true, Patience);
        Assert.Equal(0, await cluster.EffectsAsync("stale"));
        using var done = await cluster.One.WithdrawAsync(token, danger, user, "stale", Payload);
        Assert.Equal(HttpStatusCode.NoContent, done.StatusCode);
        Assert.Equal(1, await cluster.EffectsAsync("stale"));
    }

    // Nobody gets a new connection; those that there are stay, but for the listeners'.
    private async Task CutBarriersAsync()
    {
        await AllowAsync("false");
        await ScalarAsync(
            $"""
             select count(pg_terminate_backend(pid)) from pg_stat_activity
             where datname = '{Database}' and (query like 'listen %' or query like 'select coalesce((select seq%')
             """);
    }

    private Task AllowAsync(string allowed) => ScalarAsync($"""alter database "{Database}" allow_connections {allowed}""");

    private string? Database => new NpgsqlConnectionStringBuilder(cluster.Connection).Database;

    private Task FreshBecomesAsync(bool isFresh, TimeSpan within) => Eventually.IsTrueAsync(
        $"fresh is {isFresh}", within, _ => Task.FromResult(cluster.One.Of<Barriers>().AreFreshForDanger == isFresh), Cancel);

    private async Task ScalarAsync(string sql)
    {
        var server = new NpgsqlConnectionStringBuilder(cluster.Connection) { Database = "postgres" };
        await using var store = NpgsqlDataSource.Create(server.ConnectionString);
        await using var command = store.CreateCommand(sql);
        await command.ExecuteScalarAsync(Cancel);
    }
}
