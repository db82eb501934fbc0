using Npgsql;

namespace Platform.Benchmarks.Append;

/// <summary>
/// The event tables once more, with their columns, indexes and partitions but without a store above them, and the rows
/// that the store wrote to write again.
/// </summary>
internal sealed class PlainEvents : IAsyncDisposable
{
    private const string Tables =
        """
        create schema plain;
        create table plain.mt_streams (like platform.mt_streams including all) partition by list (is_archived);
        create table plain.mt_streams_default partition of plain.mt_streams default;
        create table plain.mt_events (like platform.mt_events including all) partition by list (is_archived);
        create table plain.mt_events_default partition of plain.mt_events default;
        """;

    private readonly NpgsqlDataSource database;

    private PlainEvents(NpgsqlDataSource database) => this.database = database;

    public static async Task<PlainEvents> CreateAsync(string connection, CancellationToken cancel)
    {
        var plain = NpgsqlDataSource.Create(connection);
        await using var command = plain.CreateCommand(Tables);
        await command.ExecuteNonQueryAsync(cancel);

        return new(plain);
    }

    /// <summary>The stream's own row, as it was before its events.</summary>
    public async Task CopyStreamAsync(Guid stream, CancellationToken cancel)
    {
        await using var command = database.CreateCommand(
            "insert into plain.mt_streams select * from platform.mt_streams where id = $1");
        command.Parameters.AddWithValue(stream);
        await command.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>The rows of a stream after its first, in lots of one transaction's size.</summary>
    public async Task<IReadOnlyList<Rows>> ReadAsync(Guid stream, int lot, CancellationToken cancel)
    {
        await using var command = database.CreateCommand(
            "select * from platform.mt_events where stream_id = $1 and version > 1 order by version");
        command.Parameters.AddWithValue(stream);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        Column[] columns = [.. Enumerable.Range(0, reader.FieldCount).Select(index => new Column(
            reader.GetName(index), reader.GetDataTypeName(index), reader.GetFieldType(index)))];

        List<object?[]> rows = [];
        while (await reader.ReadAsync(cancel))
            rows.Add([.. columns.Select((_, index) => reader.IsDBNull(index) ? null : reader.GetValue(index))]);

        return [.. rows.Chunk(lot).Select(chunk => new Rows(columns, chunk))];
    }

    /// <summary>One transaction, one round trip: the stream's version goes up, the events go in.</summary>
    public async Task InsertAsync(Guid stream, Rows rows, CancellationToken cancel)
    {
        await using var connection = await database.OpenConnectionAsync(cancel);
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new("update plain.mt_streams set version = version + $1, timestamp = now() where id = $2")
                {
                    Parameters = { new() { Value = (long)rows.Count }, new() { Value = stream } },
                },
                rows.Insert(),
            },
        };
        await batch.ExecuteNonQueryAsync(cancel);
    }

    public ValueTask DisposeAsync() => database.DisposeAsync();

    internal sealed record Column(string Name, string DataType, Type Type);

    /// <summary>Rows of the event table, column by column, whatever columns it has.</summary>
    internal sealed class Rows(IReadOnlyList<Column> columns, IReadOnlyList<object?[]> rows)
    {
        public int Count => rows.Count;

        public NpgsqlBatchCommand Insert()
        {
            var names = string.Join(", ", columns.Select(column => column.Name));
            var arrays = string.Join(", ", columns.Select((_, index) => $"${index + 1}"));
            var insert = new NpgsqlBatchCommand($"insert into plain.mt_events ({names}) select * from unnest({arrays})");
            for (var index = 0; index < columns.Count; index++)
                insert.Parameters.Add(new() { Value = Values(index), DataTypeName = $"{columns[index].DataType}[]" });

            return insert;
        }

        private Array Values(int column)
        {
            var values = Array.CreateInstance(columns[column].Type, rows.Count);
            for (var row = 0; row < rows.Count; row++)
                values.SetValue(rows[row][column], row);

            return values;
        }
    }
}
