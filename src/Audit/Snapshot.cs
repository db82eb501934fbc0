using System.Data;
using System.Runtime.CompilerServices;
using JasperFx;
using JasperFx.Events;
using JasperFx.Events.Daemon;
using Marten;
using Marten.Events.Archiving;
using Marten.Services;
using Npgsql;
using Platform.Projections;

namespace Platform.Audit;

/// <summary>
/// Events and read models of a running platform as they stood at one moment: one read-only transaction, so that a read
/// model can be compared with exactly the events that it has seen.
/// </summary>
internal sealed class Snapshot : IAsyncDisposable
{
    private const int PageSize = 2000;

    private readonly IDocumentStore store;
    private readonly NpgsqlConnection connection;
    private readonly NpgsqlTransaction transaction;

    private Snapshot(IDocumentStore store, NpgsqlConnection connection, NpgsqlTransaction transaction)
    {
        this.store = store;
        this.connection = connection;
        this.transaction = transaction;
    }

    /// <summary>How the store writes rows.</summary>
    public ISerializer Serializer => store.Options.Serializer();

    public static async Task<Snapshot> OpenAsync(string connectionString, CancellationToken cancellationToken)
    {
        var opened = new NpgsqlConnection(connectionString);
        await opened.OpenAsync(cancellationToken);
        var begun = await opened.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        await using var readOnly = new NpgsqlCommand("set transaction read only", opened, begun);
        await readOnly.ExecuteNonQueryAsync(cancellationToken);
        var reading = DocumentStore.For(options =>
        {
            options.UsePlatform(connectionString);
            options.AutoCreateSchemaObjects = AutoCreate.None;
            options.Projections.AsyncMode = DaemonMode.ExternallyManaged;
        });
        return new(reading, opened, begun);
    }

    /// <summary>Up to where the read models of that name had come.</summary>
    public async Task<long> ProgressAsync(string readModels, CancellationToken cancellationToken)
    {
        await using var session = store.QuerySession(SessionOptions.ForTransaction(transaction));
        return await session.ProgressOfAsync(readModels, cancellationToken);
    }

    /// <summary>Every tenant that has events, or rows of one of these types.</summary>
    public async Task<IReadOnlyList<string>> TenantsAsync(IEnumerable<Type> rows, CancellationToken cancellationToken)
    {
        var tables = rows.Select(TableOf).Prepend($"{PlatformStore.Schema}.mt_streams");
        var sql = string.Join(" union ", tables.Select(table => $"select tenant_id from {table}")) + " order by 1";
        await using var command = new NpgsqlCommand(sql, connection, transaction);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        List<string> tenants = [];
        while (await reader.ReadAsync(cancellationToken))
        {
            tenants.Add(reader.GetString(0));
        }

        return tenants;
    }

    /// <summary>All events of one tenant in their order, archived ones included.</summary>
    public async IAsyncEnumerable<IEvent> EventsAsync(
        string tenant, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var options = SessionOptions.ForTransaction(transaction);
        options.TenantId = tenant;
        await using var session = store.QuerySession(options);
        var after = 0L;
        IReadOnlyList<IEvent> page;
        do
        {
            page = await session.Events.QueryAllRawEvents()
                .Where(e => e.MaybeArchived() && e.Sequence > after)
                .OrderBy(e => e.Sequence)
                .Take(PageSize)
                .ToListAsync(cancellationToken);
            foreach (var e in page)
            {
                yield return e;
            }

            after = page.Count > 0 ? page[^1].Sequence : after;
        }
        while (page.Count == PageSize);
    }

    /// <summary>All live rows of one tenant, in no order.</summary>
    public async IAsyncEnumerable<(Guid Id, T Row)> RowsAsync<T>(
        string tenant, [EnumeratorCancellation] CancellationToken cancellationToken)
        where T : class
    {
        var sql = $"select id, data from {TableOf(typeof(T))} where tenant_id = $1";
        await using var command = new NpgsqlCommand(sql, connection, transaction);
        command.Parameters.Add(new() { Value = tenant });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            yield return (reader.GetGuid(0), await Serializer.FromJsonAsync<T>(reader, 1, cancellationToken));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await transaction.DisposeAsync();
        await connection.DisposeAsync();
        store.Dispose();
    }

    private string TableOf(Type row) => store.Options.FindOrResolveDocumentType(row).TableName.QualifiedName;
}
