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

/// <summary>
/// Seconds of trades, written in batches of which each is there once and whole: its id is a row of the same commit, so that
/// whoever does not know what became of a commit simply writes it again. Rows are never changed.
/// </summary>
public sealed class TradeSeconds(NpgsqlDataSource database, Partitions partitions)
{
    private const string Schema = PlatformStore.Schema;
    private const string Columns =
        "instrument_id, ts, open, high, low, close, volume, quote_volume, trades, first_at, last_at";

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

    /// <summary>Makes bars of all parts of the seconds that these rows are of, and of these all longer ones; again, the same.</summary>
    public async Task RollAsync(
        IReadOnlyCollection<(int Instrument, TradeSecond Second)> rows, BarRows bars, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            $"""
            select instrument_id, ts, (array_agg(open order by first_at))[1], max(high), min(low),
                (array_agg(close order by last_at desc))[1], sum(volume), sum(quote_volume), sum(trades)::bigint
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

    /// <summary>Partitions from yesterday to a week ahead; drops those that are older than what is kept.</summary>
    /// <returns>Rows that came when there was no partition for them, and are where they belong now.</returns>
    public async Task<long> KeepAsync(DateTimeOffset now, TimeSpan retention, CancellationToken cancellationToken)
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
        await partitions.DropBeforeAsync(Table, now - retention, _ => false, cancellationToken);
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
