using Npgsql;
using Platform.Domain.Snapshots;

namespace Platform.Projections.Snapshots;

/// <summary>The gaps of all series, as rows.</summary>
public sealed class GapRows(NpgsqlDataSource database)
{
    private const string Table = $"{PlatformStore.Schema}.series_gap";

    private const string Columns =
        "id, series, bin, from_ts, to_ts, cause, state, tries, opened_at, next_try_at, healed_by, reason, closed_at, evidence";

    /// <summary>Opens gaps; of one that is known already nothing changes.</summary>
    public async Task OpenAsync(IReadOnlyCollection<Gap> gaps, CancellationToken cancellationToken)
    {
        if (gaps.Count == 0)
            return;

        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await StagedCopy.WriteAsync(connection, "series_gap", Columns, "on conflict do nothing", gaps.Select(ValuesOf), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>Takes the newest gap that is due, so that nobody else asks for it; null when none is.</summary>
    public async Task<Gap?> ClaimAsync(DateTimeOffset now, TimeSpan patience, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        Gap? due;
        await using (var command = new NpgsqlCommand(
            $"select {Columns} from {Table} where closed_at is null and next_try_at <= $1 order by to_ts desc limit 1 for update skip locked", connection))
        {
            command.Parameters.Add(new() { Value = now.ToUniversalTime() });
            due = await ReadAsync(command, cancellationToken) is [var first] ? first : null;
        }

        if (due is null)
            return null;

        var taken = due.Begin(now, patience);
        await UpdateAsync(connection, taken, due.Tries, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return taken;
    }

    /// <summary>What became of a gap that was taken. Whoever was so slow that somebody else took it has nothing to say.</summary>
    public async Task SettleAsync(Gap taken, Gap settled, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await UpdateAsync(connection, settled, taken.Tries, cancellationToken);
    }

    /// <summary>The latest gaps, those that end last first.</summary>
    public async Task<IReadOnlyList<Gap>> LatestAsync(int limit, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand($"select {Columns} from {Table} order by to_ts desc, id limit $1");
        command.Parameters.Add(new() { Value = limit });
        return await ReadAsync(command, cancellationToken);
    }

    /// <summary>How many are open of each series that has any.</summary>
    public async Task<IReadOnlyDictionary<string, long>> CountOpenAsync(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand($"select series, count(*) from {Table} where closed_at is null group by series");
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var open = new Dictionary<string, long>(StringComparer.Ordinal);
        while (await reader.ReadAsync(cancellationToken))
            open.Add(reader.GetString(0), reader.GetInt64(1));
        return open;
    }

    /// <param name="tries">As the row has to have them still.</param>
    private static async Task UpdateAsync(NpgsqlConnection connection, Gap gap, int tries, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            $"""
            update {Table} set state = $2, tries = $3, next_try_at = $4, healed_by = $5, reason = $6, closed_at = $7
            where id = $1 and closed_at is null and tries = $8
            """, connection);
        foreach (var value in (object?[])[gap.Id, (short)gap.State, gap.Tries, gap.NextTryAt.ToUniversalTime(), gap.HealedBy, gap.Reason, gap.ClosedAt?.ToUniversalTime(), tries])
            command.Parameters.Add(new() { Value = value ?? DBNull.Value });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task<IReadOnlyList<Gap>> ReadAsync(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var gaps = new List<Gap>();
        while (await reader.ReadAsync(cancellationToken))
            gaps.Add(Read(reader));
        return gaps;
    }

    private static object?[] ValuesOf(Gap gap) =>
    [
        gap.Id, gap.Series, gap.Bin, gap.From.ToUniversalTime(), gap.To.ToUniversalTime(), gap.Cause, (short)gap.State, gap.Tries,
        gap.OpenedAt.ToUniversalTime(), gap.NextTryAt.ToUniversalTime(), gap.HealedBy, gap.Reason, gap.ClosedAt?.ToUniversalTime(), gap.Evidence,
    ];

    private static Gap Read(NpgsqlDataReader row) => new(
        row.GetGuid(0), row.GetString(1), row.GetString(2), row.GetFieldValue<DateTimeOffset>(3), row.GetFieldValue<DateTimeOffset>(4),
        row.GetString(5), (GapState)row.GetInt16(6), row.GetInt32(7), row.GetFieldValue<DateTimeOffset>(8),
        row.GetFieldValue<DateTimeOffset>(9), row.IsDBNull(10) ? null : row.GetString(10), row.IsDBNull(11) ? null : row.GetString(11),
        row.IsDBNull(12) ? null : row.GetFieldValue<DateTimeOffset>(12), row.IsDBNull(13) ? null : row.GetString(13));
}
