using Npgsql;
using Platform.Api.Tests.Operation;
using Platform.Tests.Support;

namespace Platform.Api.Tests.Lists;

/// <summary>A platform in a process of its own whose demo pool has a long history.</summary>
public sealed class LongTrades : IAsyncLifetime
{
    public const int Rows = 200_000;

    public PlatformProcess Platform { get; private set; } = null!;

    public string Pool { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        Platform = await PlatformProcess.StartAsync(CancellationToken.None);
        (_, Pool) = await Platform.SignInAsync(CancellationToken.None);
        await PastTrades.InsertAsync(Platform.Connection, Pool, Rows, CancellationToken.None);
    }

    public ValueTask DisposeAsync() => Platform.DisposeAsync();

    /// <summary>Rows fetched from the trades since the database was made.</summary>
    public async Task<long> ReadSoFarAsync(CancellationToken cancel) => (long)await ScalarAsync(
        "select coalesce(idx_tup_fetch, 0)::bigint from pg_stat_user_tables where relname = 'mt_doc_trade'", cancel);

    /// <summary>The exact sum of a member over the trades whose asset is that, both as SQL.</summary>
    public async Task<decimal> SumAsync(string member, string asset, string code, CancellationToken cancel) => (decimal)await ScalarAsync(
        $"select coalesce(sum(({member})::numeric), 0) from platform.mt_doc_trade where tenant_id = '{Pool}' and {asset} = '{code}'", cancel);

    private async Task<object> ScalarAsync(string sql, CancellationToken cancel)
    {
        await using var database = new NpgsqlConnection(Platform.Connection);
        await database.OpenAsync(cancel);
        await using var command = new NpgsqlCommand(sql, database) { CommandTimeout = 120 };
        return (await command.ExecuteScalarAsync(cancel))!;
    }
}
