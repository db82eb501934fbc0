using Npgsql;
using Platform.Domain.Identity;
using Platform.Projections;
using Platform.Tests.Support;

namespace Platform.Workers.Tests.Identity;

/// <summary>Nodes that lose their line to the store, on a database of their own.</summary>
public sealed class BarrierOutageTests(IdentityCluster cluster) : IClassFixture<IdentityCluster>
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Attack_69_killed_listener_costs_half_a_second_and_nothing_is_missed()
    {
        await using var one = await cluster.AddNodeAsync();
        await using var other = await cluster.AddNodeAsync();
        var users = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => one.AddUserAsync()));
        foreach (var user in users)
        {
            var token = await one.SignInAsync(user);
            other.Believe(token);
            await Eventually.IsTrueAsync("both nodes listen", Patience, async _ => await ListenersAsync("pid") == 2, Cancel);
            var killing = ListenersAsync("pg_terminate_backend(pid)");
            await one.RaiseAsync(one.Subjects.User(user));
            Assert.Equal(2, await killing);
            await other.BarsAsync(token, Second);
        }
    }

    [Fact]
    public async Task Attack_69_node_that_is_cut_off_from_the_store_says_so_and_lets_nothing_dangerous_pass()
    {
        await using var node = await cluster.AddNodeAsync();
        var token = await node.SignInAsync(await node.AddUserAsync());
        var outer = node.Believe(token);
        Assert.True(node.Barriers.AreFreshForDanger);

        await AllowConnectionsAsync("false");
        await Eventually.IsTrueAsync(
            "danger is refused", TimeSpan.FromSeconds(3), _ => Task.FromResult(!node.Barriers.AreFreshForDanger), Cancel);
        var danger = node.Verifier.Danger(token, outer, new("withdrawals.request", "", Pool: null, "digest"), default);
        Assert.Equal(TokenFault.BarriersStale, danger.Fault);
        node.Believe(token);
        await Eventually.IsTrueAsync(
            "inner tokens are not renewed", TimeSpan.FromSeconds(8), _ => Task.FromResult(!node.Barriers.AreFreshForInner), Cancel);

        await AllowConnectionsAsync("true");
        await Eventually.IsTrueAsync(
            "it is fresh again", Patience, _ => Task.FromResult(node.Barriers.AreFreshForDanger), Cancel);
    }

    [Fact]
    public async Task Attack_69_node_whose_every_connection_is_taken_knows_who_is_barred_even_after_its_line_was_cut()
    {
        await using var one = await cluster.AddNodeAsync();
        await using var busy = await cluster.AddNodeAsync(poolMax: 2);
        var user = await one.AddUserAsync();
        var token = await one.SignInAsync(user);
        busy.Believe(token);
        var pool = busy.Store.Storage.Database.Connections;
        await using var first = await pool.OpenConnectionAsync(Cancel);
        await using var second = await pool.OpenConnectionAsync(Cancel);

        await Eventually.IsTrueAsync("both nodes listen", Patience, async _ => await ListenersAsync("pid") == 2, Cancel);
        await ListenersAsync("pg_terminate_backend(pid)");
        await one.RaiseAsync(one.Subjects.User(user));

        await busy.BarsAsync(token, Second);
    }

    private async Task<long> ListenersAsync(string what) => (long)(await ScalarAsync(
        cluster.Connection,
        $"""
        select count({what}) from pg_stat_activity
        where datname = current_database() and (query like 'listen %' or query like 'select coalesce((select seq%')
        """))!;

    private async Task AllowConnectionsAsync(string allowed)
    {
        var target = new NpgsqlConnectionStringBuilder(cluster.Connection);
        var name = target.Database;
        target.Database = "postgres";
        await ScalarAsync(target.ConnectionString, $"""alter database "{name}" allow_connections {allowed}""");
        await ScalarAsync(target.ConnectionString, $"select count(pg_terminate_backend(pid)) from pg_stat_activity where datname = '{name}'");
    }

    private static async Task<object?> ScalarAsync(string connection, string sql)
    {
        await using var store = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connection) { Pooling = false }.ConnectionString);
        await using var command = store.CreateCommand(sql);
        return await command.ExecuteScalarAsync(Cancel);
    }
}
