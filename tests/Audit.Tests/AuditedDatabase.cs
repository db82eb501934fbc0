using Npgsql;
using Platform.Domain.Values;
using Platform.Projections;
using Platform.Tests.Support;

namespace Platform.Audit.Tests;

/// <summary>
/// A database with a chained and signed history of two pools, made once for a class; each test works on a copy.
/// </summary>
public sealed class AuditedDatabase : IAsyncLifetime
{
    private const int Orders = 45;

    public static readonly PoolId One = PoolId.From(new("01890a5d-0000-774b-bcce-000000000001"));
    public static readonly PoolId Two = PoolId.From(new("01890a5d-0000-774b-bcce-000000000002"));

    private readonly SemaphoreSlim copying = new(1);
    private readonly List<string> copies = [];

    public string Connection { get; private set; } = "";

    public string Folder { get; } = Directory.CreateTempSubdirectory("audit").FullName;

    public string PublicKey => Path.Combine(Folder, "audit.pub");

    public async ValueTask InitializeAsync()
    {
        Connection = await TestDatabase.CreateAsync("audit");
        await using (var audited = new AuditedStore(Connection, Folder))
        {
            await PlatformSchema.ApplyAsync(audited.Store, CancellationToken.None);
            await TradingHistory.AppendAsync(audited.Store, One, Orders);
            await TradingHistory.AppendAsync(audited.Store, Two, Orders);
            await audited.CatchUpAsync();
        }

        await using var pool = new NpgsqlConnection(Connection);
        NpgsqlConnection.ClearPool(pool);
    }

    /// <summary>A copy on which these statements have run as an intruder who owns the database would run them.</summary>
    public async Task<string> CopyAsync(params IEnumerable<string> statements)
    {
        var copy = new NpgsqlConnectionStringBuilder(Connection) { Pooling = false };
        copy.Database += $"_{Guid.CreateVersion7():N}"[^9..];
        await copying.WaitAsync();
        try
        {
            var server = new NpgsqlConnectionStringBuilder(copy.ConnectionString) { Database = "postgres" };
            var original = new NpgsqlConnectionStringBuilder(Connection).Database;
            await ExecuteAsync(server.ConnectionString, $"create database \"{copy.Database}\" template \"{original}\"");
            copies.Add(copy.ConnectionString);
        }
        finally
        {
            copying.Release();
        }

        foreach (var statement in statements)
        {
            // No trigger stops the owner of a database.
            await ExecuteAsync(copy.ConnectionString, $"set session_replication_role = replica; {statement}");
        }

        return copy.ConnectionString;
    }

    public static async Task ExecuteAsync(string connection, string sql)
    {
        await using var opened = new NpgsqlConnection(connection);
        await opened.OpenAsync();
        await using var command = new NpgsqlCommand(sql, opened);
        await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var copy in copies.Append(Connection))
        {
            await TestDatabase.DropAsync(copy);
        }

        copying.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}
