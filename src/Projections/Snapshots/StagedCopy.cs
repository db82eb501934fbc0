using Npgsql;

namespace Platform.Projections.Snapshots;

/// <summary>Rows in bulk into a table that may have some of them: binary COPY into a stage, and from there as the conflict rule says.</summary>
public static class StagedCopy
{
    /// <summary>Within the caller's transaction.</summary>
    /// <param name="table">Without the schema.</param>
    /// <param name="columns">As SQL lists them; the values of a row have this order, and the columns' own types.</param>
    /// <param name="onConflict">SQL; the row that is there is called <c>known</c>.</param>
    /// <returns>How many rows are new or changed.</returns>
    public static async Task<int> WriteAsync(
        NpgsqlConnection connection, string table, string columns, string onConflict, IEnumerable<object?[]> rows,
        CancellationToken cancellationToken)
    {
        await ExecuteAsync(
            connection,
            $"create temp table if not exists {table}_stage (like {PlatformStore.Schema}.{table}) on commit delete rows; truncate {table}_stage",
            cancellationToken);
        await using (var copy = await connection.BeginBinaryImportAsync(
            $"copy {table}_stage ({columns}) from stdin (format binary)", cancellationToken))
        {
            foreach (var row in rows)
                await copy.WriteRowAsync(cancellationToken, row);
            await copy.CompleteAsync(cancellationToken);
        }

        return await ExecuteAsync(
            connection,
            $"insert into {PlatformStore.Schema}.{table} as known ({columns}) select {columns} from {table}_stage {onConflict}",
            cancellationToken);
    }

    private static async Task<int> ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
