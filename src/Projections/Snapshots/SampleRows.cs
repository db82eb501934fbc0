using Npgsql;
using Platform.Domain.Snapshots;

namespace Platform.Projections.Snapshots;

/// <summary>Of which series and bin a sample is, and when it starts.</summary>
public readonly record struct SampleKey(string Series, string Bin, Every Every, DateTimeOffset Start);

/// <summary>A sample as it is stored.</summary>
/// <param name="Revision">How often it was corrected.</param>
public sealed record StoredSample(SampleKey Key, Sample Sample, int Revision);

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

    /// <summary>Partitions for these samples; before the transaction that writes them.</summary>
    public async Task MakeRoomAsync(IEnumerable<SampleKey> keys, CancellationToken cancellationToken)
    {
        foreach (var every in keys.GroupBy(key => key.Every))
            await partitions.EnsureAsync(SeriesTables.Of(every.Key), every.Select(key => key.Start), cancellationToken);
    }

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

    private static async Task<IReadOnlyList<StoredSample>> ReadAsync(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var samples = new List<StoredSample>();
        while (await reader.ReadAsync(cancellationToken))
            samples.Add(Read(reader));
        return samples;
    }

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
