using Npgsql;
using Platform.Projections;

namespace Platform.Workers.Identity;

/// <summary>One barrier as the store tells it.</summary>
/// <param name="Sequence">1, 2, … in the order of the commits, without a gap.</param>
/// <param name="Until">Unix ms.</param>
internal sealed record StoredBarrier(long Sequence, Guid Subject, long Until)
{
    /// <summary>As the notification spells it; null: none of ours.</summary>
    public static StoredBarrier? Parse(string payload) =>
        payload.Split('|') is [var sequence, var subject, var until]
        && long.TryParse(sequence, System.Globalization.CultureInfo.InvariantCulture, out var number)
        && Guid.TryParse(subject, out var id)
        && long.TryParse(until, System.Globalization.CultureInfo.InvariantCulture, out var end)
            ? new(number, id, end)
            : null;
}

/// <summary>The tables of barriers, in SQL.</summary>
internal static class BarrierTable
{
    public const string Channel = "barrier";

    /// <summary>
    /// Takes the subjects, their count, and how far ahead of the store's clock to stand (ms); gives the instant (Unix ms).
    /// The lock on the one row of the head is held until the commit: numbers have no gaps, come in the order of the commits,
    /// and a later barrier stands behind every token that was issued behind an earlier one. Notifications leave with the commit.
    /// </summary>
    public const string Raise =
        $"""
        with asked as (select ?::uuid[] as subjects, ?::bigint as count, ?::bigint as ahead),
        head as (
            insert into {PlatformStore.Schema}.barrier_head as head (is_one, seq, until)
            select true, count, (extract(epoch from clock_timestamp()) * 1000)::bigint + ahead from asked
            on conflict (is_one) do update set seq = head.seq + excluded.seq,
                until = greatest(head.until + 1, (extract(epoch from clock_timestamp()) * 1000)::bigint + (select ahead from asked))
            returning seq, until),
        raised as (
            insert into {PlatformStore.Schema}.barrier (subject, until, seq)
            select told.subject, head.until, head.seq - asked.count + told.number
            from asked, head, unnest(asked.subjects) with ordinality as told (subject, number)
            on conflict (subject) do update set until = excluded.until, seq = excluded.seq
            returning subject, until, seq),
        told as (select count(pg_notify('{Channel}', seq || '|' || subject || '|' || until)) from raised)
        select head.until from head, told
        """;

    /// <summary>Takes a tenant and subjects; gives those that were barred before.</summary>
    public const string Streams = $"select id from {PlatformStore.Schema}.mt_streams where tenant_id = ? and id = any(?)";

    private const string HeadSql =
        $"select coalesce((select seq from {PlatformStore.Schema}.barrier_head), 0), clock_timestamp()";

    private const string AfterSql = $"select seq, subject, until from {PlatformStore.Schema}.barrier where seq > $1";

    private const string LatestSql =
        $"select coalesce(max(until), 0) from {PlatformStore.Schema}.barrier where subject = any($1)";

    // A store that does not answer within two heartbeats is as good as none.
    private const int AnswerWithinSeconds = 2;

    /// <summary>The number of the latest barrier, and the time by the store's clock.</summary>
    public static (long Sequence, DateTimeOffset Time) Head(NpgsqlConnection connection)
    {
        using var command = new NpgsqlCommand(HeadSql, connection) { CommandTimeout = AnswerWithinSeconds };
        using var reader = command.ExecuteReader();
        reader.Read();
        return (reader.GetInt64(0), reader.GetFieldValue<DateTimeOffset>(1));
    }

    /// <summary>Every barrier with a later number, in no order.</summary>
    public static IEnumerable<StoredBarrier> After(NpgsqlConnection connection, long sequence)
    {
        using var command = new NpgsqlCommand(AfterSql, connection);
        command.Parameters.AddWithValue(sequence);
        using var reader = command.ExecuteReader();
        while (reader.Read())
            yield return new(reader.GetInt64(0), reader.GetGuid(1), reader.GetInt64(2));
    }

    /// <summary>The latest that stands before any of them, as the store knows it now; 0: none (Unix ms).</summary>
    public static async Task<long> LatestAsync(
        NpgsqlDataSource store, Guid[] subjects, CancellationToken cancellationToken)
    {
        await using var command = store.CreateCommand(LatestSql);
        command.Parameters.AddWithValue(subjects);
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>Forgets the barriers that end before then (Unix ms).</summary>
    public static async Task DeleteAsync(NpgsqlDataSource store, long before, CancellationToken cancellationToken)
    {
        await using var command = store.CreateCommand($"delete from {PlatformStore.Schema}.barrier where until < $1");
        command.Parameters.AddWithValue(before);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
