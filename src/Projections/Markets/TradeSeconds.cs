using Npgsql;
using NpgsqlTypes;
using Platform.Domain.Markets;
using Platform.Domain.Values;
using Platform.Projections.Snapshots;

namespace Platform.Projections.Markets;

/// <summary>What one venue traded on one market within a second, or a part of it: parts of one second add up.</summary>
/// <param name="Start">Of the second, UTC.</param>
/// <param name="Volume">Base units.</param>
/// <param name="FirstAt">Of the earliest trade, by the venue's clock.</param>
public sealed record TradeSecond(
    DateTimeOffset Start, decimal Open, decimal High, decimal Low, decimal Close, decimal Volume, decimal QuoteVolume,
    long Trades, DateTimeOffset FirstAt, DateTimeOffset LastAt);

/// <summary>A part of a second, and the batch with which it is written.</summary>
public readonly record struct SecondPart(Guid Batch, TradeSecond Second);

/// <summary>What one venue traded on one market within a while that begins at <paramref name="Start"/>.</summary>
/// <param name="Volume">Base units.</param>
public sealed record PastTrades(DateTimeOffset Start, decimal Volume, decimal QuoteVolume, long Trades);

/// <summary>
/// Seconds of trades, written in batches of which each is there once and whole: its id is a row of the same commit, so that
/// whoever does not know what became of a commit simply writes it again. Rows are never changed.
/// </summary>
public sealed class TradeSeconds(NpgsqlDataSource database, Partitions partitions)
{
    private const string Schema = PlatformStore.Schema;
    private const string PartColumns = "ts, open, high, low, close, volume, quote_volume, trades, first_at, last_at";
    private const string Columns = $"instrument_id, {PartColumns}";

    // Of all parts of a second.
    private const string Sums =
        """
        (array_agg(open order by first_at))[1], max(high), min(low),
        (array_agg(close order by last_at desc))[1], sum(volume), sum(quote_volume), sum(trades)::bigint
        """;

    public static PartitionedTable Table { get; } = new("md_trade_second", PartitionSpan.Day);

    /// <summary>Run again, it changes nothing.</summary>
    public static string Definition { get; } =
        $"""
        create table if not exists {Schema}.md_batch (
            batch_id uuid primary key, rows int not null, trades bigint not null, committed_at timestamptz not null default now());

        create table if not exists {Schema}.md_trade_second (
            instrument_id int not null, ts timestamptz not null,
            open numeric not null, high numeric not null, low numeric not null, close numeric not null,
            volume numeric not null, quote_volume numeric not null, trades bigint not null,
            first_at timestamptz not null, last_at timestamptz not null) partition by range (ts);
        create index if not exists md_trade_second_of on {Schema}.md_trade_second (instrument_id, ts);
        create table if not exists {Schema}.md_trade_second_default partition of {Schema}.md_trade_second default;
        create table if not exists {Schema}.md_trade_second_stray (like {Schema}.md_trade_second);

        create table if not exists {Schema}.md_journal (one boolean primary key default true check (one), owner uuid not null);

        """;

    /// <summary>Writes a batch, unless it is there already.</summary>
    /// <returns>False when it was there.</returns>
    public async Task<bool> WriteAsync(
        Guid batch, IReadOnlyCollection<(int Instrument, TradeSecond Second)> rows, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var insert = new NpgsqlCommand(
            $"insert into {Schema}.md_batch (batch_id, rows, trades) values ($1, $2, $3) on conflict do nothing", connection);
        insert.Parameters.Add(new() { Value = batch });
        insert.Parameters.Add(new() { Value = rows.Count });
        insert.Parameters.Add(new() { Value = rows.Sum(row => row.Second.Trades) });
        if (await insert.ExecuteNonQueryAsync(cancellationToken) == 0)
            return false;

        await using (var copy = await connection.BeginBinaryImportAsync(
            $"copy {Schema}.md_trade_second ({Columns}) from stdin (format binary)", cancellationToken))
        {
            foreach (var (instrument, second) in rows)
                await WriteAsync(copy, instrument, second, cancellationToken);
            await copy.CompleteAsync(cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    /// <summary>Which of these batches are there.</summary>
    public async Task<IReadOnlySet<Guid>> WrittenAsync(IReadOnlyCollection<Guid> batches, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand($"select batch_id from {Schema}.md_batch where batch_id = any($1)");
        command.Parameters.Add(new() { Value = batches.ToArray() });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        HashSet<Guid> written = [];
        while (await reader.ReadAsync(cancellationToken))
            written.Add(reader.GetGuid(0));
        return written;
    }

    /// <summary>What is stored of the last day, oldest first: minutes, of the last hour tens of seconds, and of its last minutes seconds.</summary>
    public async Task<IReadOnlyList<PastTrades>> DayAsync(int instrument, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            $"""
            select date_bin(
                case when ts < $3 then interval '1 minute' when ts < $4 then interval '10 seconds' else interval '1 second' end,
                ts, timestamptz 'epoch') as start, sum(volume), sum(quote_volume), sum(trades)::bigint
            from {Schema}.md_trade_second where instrument_id = $1 and ts >= $2 group by start order by start
            """);
        // A whole minute more than each needs, so that no step is cut.
        var minute = BarLevel.Minute.StartOf(now);
        foreach (var value in (object[])[instrument, minute.AddDays(-1), minute.AddMinutes(-61), minute.AddMinutes(-2)])
            command.Parameters.Add(new() { Value = value });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        List<PastTrades> parts = [];
        while (await reader.ReadAsync(cancellationToken))
            parts.Add(new(
                await reader.GetFieldValueAsync<DateTimeOffset>(0, cancellationToken), reader.GetDecimal(1), reader.GetDecimal(2), reader.GetInt64(3)));
        return parts;
    }

    /// <summary>Makes bars of all parts of the seconds that these rows are of, and of these all longer ones; again, the same.</summary>
    public async Task RollAsync(
        IReadOnlyCollection<(int Instrument, TradeSecond Second)> rows, BarRows bars, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            $"""
            select instrument_id, ts, {Sums}
            from {Schema}.md_trade_second join unnest($1, $2) as of (instrument, second) on instrument_id = instrument and ts = second
            group by instrument_id, ts
            """);
        command.Parameters.Add(new() { Value = rows.Select(row => row.Instrument).ToArray() });
        command.Parameters.Add(new() { Value = rows.Select(row => row.Second.Start).ToArray() });
        List<BarRow> whole = [];
        await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
            while (await reader.ReadAsync(cancellationToken))
                whole.Add(new(reader.GetInt32(0), BarLevel.Second, Read(reader), BarOrigin.Streamed));
        await bars.WriteAsync(whole, cancellationToken);
    }

    /// <summary>
    /// The seconds of which these are parts, whole, oldest first: what is stored of them, and the parts whose batch is not. It is one
    /// question, so that a batch that is being written counts once.
    /// </summary>
    public async Task<IReadOnlyList<Bar>> WholeAsync(
        int instrument, IReadOnlyCollection<SecondPart> parts, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            $"""
            select $1, ts, {Sums}
            from (
                select {PartColumns} from {Schema}.md_trade_second
                join (select distinct unnest($3::timestamptz[])) as asked(second) on ts = second where instrument_id = $1
                union all
                select {PartColumns} from unnest($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) as part(batch, {PartColumns})
                where not exists (select from {Schema}.md_batch where batch_id = part.batch)) as parts
            group by ts order by ts
            """);
        foreach (var values in (object[])[
            instrument, Each(part => part.Batch), Each(part => part.Second.Start), Each(part => part.Second.Open), Each(part => part.Second.High),
            Each(part => part.Second.Low), Each(part => part.Second.Close), Each(part => part.Second.Volume), Each(part => part.Second.QuoteVolume),
            Each(part => part.Second.Trades), Each(part => part.Second.FirstAt), Each(part => part.Second.LastAt)])
            command.Parameters.Add(new() { Value = values });
        List<Bar> whole = [];
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            whole.Add(Read(reader));
        return whole;

        T[] Each<T>(Func<SecondPart, T> value) => [.. parts.Select(value)];
    }

    /// <summary>Partitions from yesterday to a week ahead.</summary>
    /// <returns>Rows that came when there was no partition for them, and are where they belong now.</returns>
    public async Task<long> MakeRoomAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        // Two steps, each a commit: a crash between them leaves the rows in the stray table, and the next run goes on.
        await ExecuteAsync(
            $"""
            with moved as (delete from {Schema}.md_trade_second_default returning *)
            insert into {Schema}.md_trade_second_stray select * from moved
            """, cancellationToken);
        await partitions.EnsureAsync(
            Table, [.. Enumerable.Range(-1, 9).Select(day => now.AddDays(day)), .. await StrayDaysAsync(cancellationToken)], cancellationToken);
        var strays = await ExecuteAsync(
            $"""
            with moved as (delete from {Schema}.md_trade_second_stray returning *)
            insert into {Schema}.md_trade_second select * from moved
            """, cancellationToken);
        return strays;
    }

    /// <summary>Whose journal was the last to be written from; null: none yet.</summary>
    public async Task<Guid?> OwnerAsync(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand($"select owner from {Schema}.md_journal");
        return await command.ExecuteScalarAsync(cancellationToken) as Guid?;
    }

    public async Task OwnAsync(Guid owner, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            $"insert into {Schema}.md_journal (owner) values ($1) on conflict (one) do update set owner = excluded.owner");
        command.Parameters.Add(new() { Value = owner });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task WriteAsync(
        NpgsqlBinaryImporter copy, int instrument, TradeSecond second, CancellationToken cancellationToken)
    {
        await copy.StartRowAsync(cancellationToken);
        await copy.WriteAsync(instrument, NpgsqlDbType.Integer, cancellationToken);
        await copy.WriteAsync(second.Start, NpgsqlDbType.TimestampTz, cancellationToken);
        await copy.WriteAsync(second.Open, NpgsqlDbType.Numeric, cancellationToken);
        await copy.WriteAsync(second.High, NpgsqlDbType.Numeric, cancellationToken);
        await copy.WriteAsync(second.Low, NpgsqlDbType.Numeric, cancellationToken);
        await copy.WriteAsync(second.Close, NpgsqlDbType.Numeric, cancellationToken);
        await copy.WriteAsync(second.Volume, NpgsqlDbType.Numeric, cancellationToken);
        await copy.WriteAsync(second.QuoteVolume, NpgsqlDbType.Numeric, cancellationToken);
        await copy.WriteAsync(second.Trades, NpgsqlDbType.Bigint, cancellationToken);
        await copy.WriteAsync(second.FirstAt, NpgsqlDbType.TimestampTz, cancellationToken);
        await copy.WriteAsync(second.LastAt, NpgsqlDbType.TimestampTz, cancellationToken);
    }

    private static Bar Read(NpgsqlDataReader row) => new(
        row.GetFieldValue<DateTimeOffset>(1),
        new BarPrices(
            Price.From(row.GetDecimal(2)), Price.From(row.GetDecimal(3)), Price.From(row.GetDecimal(4)), Price.From(row.GetDecimal(5))),
        Quantity.From(row.GetDecimal(6)), Notional.From(row.GetDecimal(7)), row.GetInt64(8), BarState.Traded);

    private async Task<IReadOnlyList<DateTimeOffset>> StrayDaysAsync(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            $"select distinct date_trunc('day', ts, 'UTC') from {Schema}.md_trade_second_stray");
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        List<DateTimeOffset> days = [];
        while (await reader.ReadAsync(cancellationToken))
            days.Add(await reader.GetFieldValueAsync<DateTimeOffset>(0, cancellationToken));
        return days;
    }

    private async Task<long> ExecuteAsync(string sql, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(sql);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
