using System.Text.Json;
using Marten;
using Npgsql;

namespace Platform.Api.Lists;

/// <summary>A list of the store's documents, of one tenant.</summary>
/// <param name="table">Where they are, with a column <c>data</c> and those that the list names; with its schema.</param>
/// <param name="tenant">Null only where the documents belong to no tenant.</param>
/// <param name="show">A document as callers see it.</param>
public sealed class DocumentSource<TDocument, T>(IDocumentStore store, string table, string? tenant, Func<TDocument, T> show) : IListSource<T>
    where TDocument : notnull
{
    public DocumentSource(IDocumentStore store, string? tenant, Func<TDocument, T> show)
        : this(store, store.Options.FindOrResolveDocumentType(typeof(TDocument)).TableName.QualifiedName, tenant, show)
    {
    }

    // A question that nobody waits for any more is given up; a page by an index takes milliseconds.
    private const int SecondsMax = 10;

    private readonly ISerializer serializer = store.Options.Serializer();

    public async Task<IReadOnlyList<Keyed<T>>> ReadAsync(
        ListOf<T> list, ListQuery asked, Keyset? from, int limit, CancellationToken cancellationToken)
    {
        var keys = list.KeysOf(asked.Sort);
        List<Keyed<T>> rows = [];
        foreach (var page in new ListSql(list, asked, table, tenant).Pages(from, () => limit - rows.Count))
            if (rows.Count < limit)
                await AskAsync(page, async command =>
                {
                    await using var reader = await command.ExecuteReaderAsync(cancellationToken);
                    while (await reader.ReadAsync(cancellationToken))
                        rows.Add(new(
                            show(await serializer.FromJsonAsync<TDocument>(reader, 0, cancellationToken)),
                            new([.. keys.Select((key, at) => reader.IsDBNull(at + 1) ? null : key.Kind.Read(reader, at + 1))])));
                }, cancellationToken);
        return rows;
    }

    public async Task<long> CountAsync(ListOf<T> list, ListQuery asked, CancellationToken cancellationToken)
    {
        var sql = new ListSql(list, asked, table, tenant);
        long count = 0;
        await AskAsync(asked.Count is ListCount.Exact ? sql.Count() : sql.Plan(), async command =>
        {
            var answer = await command.ExecuteScalarAsync(cancellationToken);
            count = answer is long counted ? counted : Expected((string)answer!);
        }, cancellationToken);
        return count;
    }

    private static long Expected(string plan)
    {
        using var json = JsonDocument.Parse(plan);
        return (long)json.RootElement[0].GetProperty("Plan").GetProperty("Plan Rows").GetDecimal();
    }

    private async Task AskAsync(NpgsqlCommand command, Func<NpgsqlCommand, Task> readAsync, CancellationToken cancellationToken)
    {
        await using var asked = command;
        var database = await store.Storage.FindOrCreateDatabase(tenant ?? JasperFx.StorageConstants.DefaultTenantId);
        await using var connection = database.CreateConnection();
        await connection.OpenAsync(cancellationToken);
        (command.Connection, command.CommandTimeout) = (connection, SecondsMax);
        try
        {
            await readAsync(command);
        }
        catch (NpgsqlException error) when (error.InnerException is TimeoutException)
        {
            throw new BodyException(new("list_too_expensive", "That takes too long; narrow the filter."), StatusCodes.Status422UnprocessableEntity);
        }
    }
}
