using Npgsql;
using Platform.Projections;
using Platform.Projections.Snapshots;

namespace Platform.Workers.Markets.Import;

/// <summary>How far a file has been imported.</summary>
/// <param name="Line">The last row that was committed.</param>
public sealed record ImportState(bool IsDone, long Line, long Written, long Rejected);

/// <summary>What was imported, by the digest of its bytes; written in the transaction of the rows themselves.</summary>
internal static class ImportLedger
{
    private const string Table = $"{PlatformStore.Schema}.md_import";
    private const string Ranges = $"{PlatformStore.Schema}.md_import_range";

    // Shared by those who import, alone by who drops.
    private const string RetentionLock = "hashtextextended('platform.retention', 4)";

    /// <summary>False while another process imports the same file; held until the connection closes.</summary>
    public static async Task<bool> TryLockAsync(NpgsqlConnection connection, ImportFile file, CancellationToken cancellationToken)
    {
        await using var command = Command(connection, "select pg_try_advisory_lock(hashtextextended($1, 4))", file.Digest);
        return await command.ExecuteScalarAsync(cancellationToken) is true;
    }

    /// <summary>No partition is dropped before the connection closes: those that an import makes are empty until its rows are committed.</summary>
    public static async Task HoldOffRetentionAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = Command(connection, $"select pg_advisory_lock_shared({RetentionLock})");
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>False while something is imported, or another process drops; held until the connection closes.</summary>
    public static async Task<bool> TryLockRetentionAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = Command(connection, $"select pg_try_advisory_lock({RetentionLock})");
        return await command.ExecuteScalarAsync(cancellationToken) is true;
    }

    /// <summary>Where an earlier run ended; the beginning when there was none.</summary>
    public static async Task<ImportState> BeginAsync(
        NpgsqlConnection connection, ImportFile file, string format, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using (var begin = Command(
            connection,
            $"""
            insert into {Table} (digest, name, format, is_done, rows_read, rows_written, rows_rejected, started_at)
            values ($1, $2, $3, false, 0, 0, 0, $4) on conflict do nothing
            """,
            file.Digest, file.Name, format, now))
            await begin.ExecuteNonQueryAsync(cancellationToken);

        await using var command = Command(
            connection, $"select is_done, rows_read, rows_written, rows_rejected from {Table} where digest = $1", file.Digest);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return new(reader.GetBoolean(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetInt64(3));
    }

    public static async Task AdvanceAsync(
        NpgsqlConnection connection, ImportFile file, ImportState state, (DateTimeOffset First, DateTimeOffset Last)? extent,
        CancellationToken cancellationToken)
    {
        // Least and greatest pass over what is null.
        await using var command = Command(
            connection,
            $"""
            update {Table} set rows_read = $2, rows_written = $3, rows_rejected = $4,
                first_ts = least(first_ts, $5), last_ts = greatest(last_ts, $6)
            where digest = $1
            """,
            file.Digest, state.Line, state.Written, state.Rejected);
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset?> { TypedValue = extent?.First });
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset?> { TypedValue = extent?.Last });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Remembers from when to when the rows of each table are.</summary>
    public static Task CoverAsync(
        NpgsqlConnection connection, ImportFile file, IEnumerable<(PartitionedTable Table, DateTimeOffset At)> places,
        CancellationToken cancellationToken) => StagedCopy.WriteAsync(
        connection, "md_import_range", "digest, table_name, first_ts, last_ts",
        """
        on conflict (digest, table_name) do update set
            first_ts = least(known.first_ts, excluded.first_ts), last_ts = greatest(known.last_ts, excluded.last_ts)
        """,
        places.GroupBy(place => place.Table, place => place.At.ToUniversalTime())
            .Select(table => new object?[] { file.Digest, table.Key.Name, table.Min(), table.Max() }),
        cancellationToken);

    /// <summary>From when to when rows of a table were imported, both included. Of files that were imported before tables were noted, all tables.</summary>
    public static async Task<IReadOnlyList<(DateTimeOffset First, DateTimeOffset Last)>> RangesAsync(
        NpgsqlConnection connection, PartitionedTable table, CancellationToken cancellationToken)
    {
        await using var command = Command(
            connection,
            $"""
            select first_ts, last_ts from {Ranges} where table_name = $1
            union all
            select first_ts, last_ts from {Table} as file
            where first_ts is not null and not exists (select from {Ranges} as of where of.digest = file.digest)
            """,
            table.Name);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var ranges = new List<(DateTimeOffset, DateTimeOffset)>();
        while (await reader.ReadAsync(cancellationToken))
            ranges.Add((
                await reader.GetFieldValueAsync<DateTimeOffset>(0, cancellationToken), await reader.GetFieldValueAsync<DateTimeOffset>(1, cancellationToken)));
        return ranges;
    }

    public static async Task FinishAsync(
        NpgsqlConnection connection, ImportFile file, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var command = Command(
            connection, $"update {Table} set is_done = true, finished_at = $2 where digest = $1", file.Digest, now);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Why rows were not taken, in their order.</summary>
    public static async Task<IReadOnlyList<(long Line, string Reason)>> RejectsAsync(
        NpgsqlConnection connection, ImportFile file, CancellationToken cancellationToken)
    {
        await using var command = Command(
            connection, $"select line, reason from {PlatformStore.Schema}.md_import_reject where digest = $1 order by line", file.Digest);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rejects = new List<(long, string)>();
        while (await reader.ReadAsync(cancellationToken))
            rejects.Add((reader.GetInt64(0), reader.GetString(1)));
        return rejects;
    }

    private static NpgsqlCommand Command(NpgsqlConnection connection, string sql, params ReadOnlySpan<object> values)
    {
        var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
            command.Parameters.Add(new() { Value = value });
        return command;
    }
}
