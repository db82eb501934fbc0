using Npgsql;
using Platform.Domain.Snapshots;

namespace Platform.Projections.Snapshots;

/// <summary>Of which series and bin a sample is, and when it starts.</summary>
public readonly record struct SampleKey(string Series, string Bin, Every Every, DateTimeOffset Start);

/// <summary>A sample as it is stored.</summary>
/// <param name="Revision">How often it was corrected.</param>
public sealed record StoredSample(SampleKey Key, Sample Sample, int Revision);

/// <summary>Samples of one step that are stored of a series, over all its bins.</summary>
/// <param name="First">When the first of them starts.</param>
public sealed record StoredSeries(string Series, Every Every, DateTimeOffset First, DateTimeOffset Last);

/// <summary>The samples of all series. One that comes again changes nothing; one that differs is the next revision.</summary>
public sealed class SampleRows(NpgsqlDataSource database, Partitions partitions)
{
    private const string Columns =
        "series, bin, every, ts, a, b, c, d, volume, first_at, first_tie, last_at, last_tie, inputs, revision";

    private const string Replace =
        """
        on conflict (series, bin, every, ts) do update set
            a = excluded.a, b = excluded.b, c = excluded.c, d = excluded.d, volume = excluded.volume,
            first_at = excluded.first_at, first_tie = excluded.first_tie, last_at = excluded.last_at, last_tie = excluded.last_tie,
            inputs = excluded.inputs, revision = known.revision + 1
        where (known.a, known.b, known.c, known.d, known.volume, known.first_at, known.first_tie, known.last_at, known.last_tie, known.inputs)
            is distinct from (excluded.a, excluded.b, excluded.c, excluded.d, excluded.volume, excluded.first_at, excluded.first_tie,
                excluded.last_at, excluded.last_tie, excluded.inputs)
        """;

    /// <summary>Writes samples in a transaction of its own.</summary>
    /// <returns>How many are new or changed.</returns>
    public async Task<int> WriteAsync(
        IReadOnlyCollection<(SampleKey Key, Sample Sample)> samples, CancellationToken cancellationToken)
    {
        if (samples.Count == 0)
            return 0;

        await MakeRoomAsync(samples.Select(sample => sample.Key), cancellationToken);
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var written = await WriteAsync(connection, samples, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return written;
    }

    /// <summary>The same within the caller's transaction.</summary>
    public static Task<int> WriteAsync(
        NpgsqlConnection connection, IEnumerable<(SampleKey Key, Sample Sample)> samples, CancellationToken cancellationToken) =>
        StagedCopy.WriteAsync(
            connection, "series_sample", Columns, Replace,
            samples.GroupBy(sample => sample.Key).Select(same => ValuesOf(same.Last().Key, same.Last().Sample)), cancellationToken);

    /// <summary>The samples of [from, to), oldest first.</summary>
    public async Task<IReadOnlyList<StoredSample>> ReadAsync(
        string series, string bin, Every every, DateTimeOffset from, DateTimeOffset to, int limit, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            $"""
            select {Columns} from {PlatformStore.Schema}.series_sample
            where series = $1 and bin = $2 and every = $3 and ts >= $4 and ts < $5 order by ts limit $6
            """);
        foreach (var value in (object[])[series, bin, (short)every, from.ToUniversalTime(), to.ToUniversalTime(), limit])
            command.Parameters.Add(new() { Value = value });
        return await ReadAsync(command, cancellationToken);
    }

    /// <summary>The last sample before an instant; null when there is none.</summary>
    public async Task<StoredSample?> LastBeforeAsync(
        string series, string bin, Every every, DateTimeOffset at, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            $"""
            select {Columns} from {PlatformStore.Schema}.series_sample
            where series = $1 and bin = $2 and every = $3 and ts < $4 order by ts desc limit 1
            """);
        foreach (var value in (object[])[series, bin, (short)every, at.ToUniversalTime()])
            command.Parameters.Add(new() { Value = value });
        return await ReadAsync(command, cancellationToken) is [var last] ? last : null;
    }

    /// <summary>Whether anything was ever stored of that series and bin, and is kept.</summary>
    public async Task<bool> ExistsAsync(string series, string bin, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            $"select exists (select from {PlatformStore.Schema}.series_sample where series = $1 and bin = $2)");
        command.Parameters.Add(new() { Value = series });
        command.Parameters.Add(new() { Value = bin });
        return await command.ExecuteScalarAsync(cancellationToken) is true;
    }

    /// <summary>The samples of all bins of [from, to), in no order.</summary>
    public async Task<IReadOnlyList<StoredSample>> ReadBinsAsync(
        string series, Every every, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            $"select {Columns} from {PlatformStore.Schema}.series_sample where series = $1 and every = $2 and ts >= $3 and ts < $4");
        foreach (var value in (object[])[series, (short)every, from.ToUniversalTime(), to.ToUniversalTime()])
            command.Parameters.Add(new() { Value = value });
        return await ReadAsync(command, cancellationToken);
    }

    /// <summary>Which series have samples, whoever wrote them; a question to the index for each.</summary>
    /// <param name="limit">Series that are looked for, in the order of their names.</param>
    public async Task<IReadOnlyList<StoredSeries>> StoredAsync(int limit, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            $"""
            with recursive named as (
                select min(series) as series, 1 as number from {PlatformStore.Schema}.series_sample
                union all
                select (select min(later.series) from {PlatformStore.Schema}.series_sample as later where later.series > named.series), number + 1
                from named where named.series is not null and number < $1)
            select named.series, step.every, stored.first, stored.last from named, (values (0::smallint), (1::smallint)) as step (every), lateral (
                select min(ts) as first, max(ts) as last from {PlatformStore.Schema}.series_sample as sample
                where sample.series = named.series and sample.every = step.every) as stored
            where stored.first is not null
            """);
        command.Parameters.Add(new() { Value = limit });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var stored = new List<StoredSeries>();
        while (await reader.ReadAsync(cancellationToken))
            stored.Add(ReadSeries(reader));
        return stored;
    }

    private async Task MakeRoomAsync(IEnumerable<SampleKey> keys, CancellationToken cancellationToken)
    {
        foreach (var every in keys.GroupBy(key => key.Every))
            await partitions.EnsureAsync(SeriesTables.Of(every.Key), every.Select(key => key.Start), cancellationToken);
    }

    private static async Task<IReadOnlyList<StoredSample>> ReadAsync(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var samples = new List<StoredSample>();
        while (await reader.ReadAsync(cancellationToken))
            samples.Add(Read(reader));
        return samples;
    }

    private static StoredSeries ReadSeries(NpgsqlDataReader row) => new(
        row.GetString(0), (Every)row.GetInt16(1), row.GetFieldValue<DateTimeOffset>(2), row.GetFieldValue<DateTimeOffset>(3));

    private static object?[] ValuesOf(SampleKey key, Sample sample) =>
    [
        key.Series, key.Bin, (short)key.Every, key.Start.ToUniversalTime(), sample.A, sample.B, sample.C, sample.D, sample.Volume,
        sample.First.At.ToUniversalTime(), sample.First.Tie, sample.Last.At.ToUniversalTime(), sample.Last.Tie, sample.Inputs, 0,
    ];

    private static StoredSample Read(NpgsqlDataReader row) => new(
        new(row.GetString(0), row.GetString(1), (Every)row.GetInt16(2), row.GetFieldValue<DateTimeOffset>(3)),
        new(
            row.GetDecimal(4), row.GetDecimal(5), row.GetDecimal(6), row.GetDecimal(7), row.GetDecimal(8),
            new(row.GetFieldValue<DateTimeOffset>(9), row.GetString(10)), new(row.GetFieldValue<DateTimeOffset>(11), row.GetString(12)),
            row.GetInt64(13)),
        row.GetInt32(14));
}
