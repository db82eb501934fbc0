using Npgsql;
using Platform.Domain.Markets;
using Platform.Domain.Values;
using Platform.Projections.Snapshots;

namespace Platform.Projections.Markets;

/// <summary>A bar and what it is of.</summary>
public readonly record struct BarRow(int Instrument, BarLevel Level, Bar Bar, BarOrigin Origin);

/// <summary>
/// The stored bars. A bar that says no more than what is known changes nothing; one that differs takes the other's place with the
/// next revision, unless the other's origin is the better one.
/// </summary>
public sealed class BarRows(NpgsqlDataSource database, Partitions partitions)
{
    private const string Table = $"{PlatformStore.Schema}.md_candle";

    private const string Columns =
        "instrument_id, level, ts, open, high, low, close, volume, quote_volume, trades, state, origin, revision";

    private const string Replace =
        $"""
        on conflict (instrument_id, level, ts) do update set
            open = excluded.open, high = excluded.high, low = excluded.low, close = excluded.close, volume = excluded.volume,
            quote_volume = excluded.quote_volume, trades = excluded.trades, state = excluded.state, origin = excluded.origin,
            revision = known.revision + 1
        where excluded.origin >= known.origin and (
            (known.open, known.high, known.low, known.close, known.volume)
                is distinct from (excluded.open, excluded.high, excluded.low, excluded.close, excluded.volume)
            or known.state = 4 and excluded.state <> 4
            or known.quote_volume is null and excluded.quote_volume is not null
            or known.trades is null and excluded.trades is not null)
        """;

    // Origin 0 is RolledUp and state 1 Empty, 3 Healed, 4 Partial: $2 is the parent's length, $3 the child's, in seconds. Seconds without a
    // trade are said by nobody; of longer ones all must be there, traded or proved to be empty, or the parent is partial.
    private const string RollUp =
        $"""
        insert into {Table} as known ({Columns})
        select instrument_id, $2, date_bin(make_interval(secs => $2), ts, timestamptz 'epoch') as start,
            (array_agg(open order by ts) filter (where open is not null))[1], max(high), min(low),
            (array_agg(close order by ts desc) filter (where open is not null))[1], sum(volume),
            case when bool_and(quote_volume is not null) then sum(quote_volume) end,
            case when bool_and(trades is not null) then sum(trades) end,
            case when bool_or(state = 4) or $3 >= 60 and max(open) is not null and count(*) < $2 / $3 then 4 when bool_or(state = 3) then 3 when max(open) is null then 1 else 0 end, 0, 0
        from {Table}
        where instrument_id = $1 and level = $3 and ts >= $4 and ts < $5
        group by instrument_id, start
        having max(open) is not null or count(*) = $2 / $3
        {Replace}
        """;

    /// <summary>Writes bars, in a transaction of its own, and whatever is made of them.</summary>
    /// <returns>How many are new or changed.</returns>
    public async Task<int> WriteAsync(IReadOnlyCollection<BarRow> rows, CancellationToken cancellationToken)
    {
        if (rows.Count == 0)
            return 0;

        await MakeRoomAsync(rows, cancellationToken);
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var written = await WriteAsync(connection, rows, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return written;
    }

    /// <summary>The same within the caller's transaction.</summary>
    public static async Task<int> WriteAsync(
        NpgsqlConnection connection, IReadOnlyCollection<BarRow> rows, CancellationToken cancellationToken)
    {
        await TakeTurnsAsync(connection, rows, cancellationToken);
        // The last word on a bar is the one that counts.
        var last = rows.GroupBy(row => (row.Instrument, row.Level, row.Bar.Start)).Select(same => ValuesOf(same.Last()));
        var written = await StagedCopy.WriteAsync(connection, "md_candle", Columns, Replace, last, cancellationToken);
        if (written > 0)
            foreach (var touched in rows.GroupBy(row => (row.Instrument, row.Level)))
                await RollUpAsync(
                    connection, touched.Key.Instrument, touched.Key.Level,
                    touched.Min(row => row.Bar.Start), touched.Max(row => row.Bar.Start), cancellationToken);
        return written;
    }

    // Two that made one hour at once of minutes of which each saw its own would leave it without the other's.
    private static Task<int> TakeTurnsAsync(
        NpgsqlConnection connection, IEnumerable<BarRow> rows, CancellationToken cancellationToken) => ExecuteAsync(
        connection, $"select from {PlatformStore.Schema}.md_instrument where id = any($1) order by id for no key update", cancellationToken,
        rows.Select(row => row.Instrument).Distinct().ToArray());

    private async Task MakeRoomAsync(IEnumerable<BarRow> rows, CancellationToken cancellationToken)
    {
        foreach (var level in rows.GroupBy(row => row.Level))
            foreach (var table in MarketTables.CandlesFrom(level.Key))
                await partitions.EnsureAsync(table, level.Select(row => row.Bar.Start), cancellationToken);
    }

    private static object?[] ValuesOf(BarRow row) =>
    [
        row.Instrument, (int)row.Level.Length.TotalSeconds, row.Bar.Start.ToUniversalTime(),
        row.Bar.Prices?.Open.Value, row.Bar.Prices?.High.Value, row.Bar.Prices?.Low.Value, row.Bar.Prices?.Close.Value,
        row.Bar.Volume.Value, row.Bar.QuoteVolume?.Value, row.Bar.Trades, (short)row.Bar.State, (short)row.Origin, row.Bar.Revision,
    ];

    // Level by level up to days, each of the one below; what the venue itself gave stays.
    private static async Task RollUpAsync(
        NpgsqlConnection connection, int instrument, BarLevel level, DateTimeOffset first, DateTimeOffset last,
        CancellationToken cancellationToken)
    {
        for (var child = level; child.Parent is { } parent; child = parent)
            await ExecuteAsync(
                connection, RollUp, cancellationToken, instrument, (int)parent.Length.TotalSeconds, (int)child.Length.TotalSeconds,
                parent.StartOf(first), parent.StartOf(last) + parent.Length);
    }

    private static async Task<int> ExecuteAsync(
        NpgsqlConnection connection, string sql, CancellationToken cancellationToken, params object[] values)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
            command.Parameters.Add(new() { Value = value });
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>The bars of [from, to), oldest first.</summary>
    public async Task<IReadOnlyList<Bar>> ReadAsync(
        int instrument, BarLevel level, DateTimeOffset from, DateTimeOffset to, int limit, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            $"""
            select ts, open, high, low, close, volume, quote_volume, trades, state, revision from {Table}
            where instrument_id = $1 and level = $2 and ts >= $3 and ts < $4 order by ts limit $5
            """);
        foreach (var value in (object[])[instrument, (int)level.Length.TotalSeconds, from.ToUniversalTime(), to.ToUniversalTime(), limit])
            command.Parameters.Add(new() { Value = value });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var bars = new List<Bar>();
        while (await reader.ReadAsync(cancellationToken))
            bars.Add(Read(reader));
        return bars;
    }

    /// <summary>Where the bars of [from, to) start that the venue itself told, or an import: no stream knows better.</summary>
    public async Task<IReadOnlySet<DateTimeOffset>> ToldAsync(
        int instrument, BarLevel level, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            $"select ts from {Table} where instrument_id = $1 and level = $2 and ts >= $3 and ts < $4 and origin > {(int)BarOrigin.Streamed}");
        foreach (var value in (object[])[instrument, (int)level.Length.TotalSeconds, from.ToUniversalTime(), to.ToUniversalTime()])
            command.Parameters.Add(new() { Value = value });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var told = new HashSet<DateTimeOffset>();
        while (await reader.ReadAsync(cancellationToken))
            told.Add(await reader.GetFieldValueAsync<DateTimeOffset>(0, cancellationToken));
        return told;
    }

    /// <summary>When the last second starts that was made of trades as they came; null when there is none.</summary>
    public async Task<DateTimeOffset?> LastStreamedAsync(int instrument, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            $"select ts from {Table} where instrument_id = $1 and level = 1 and origin = {(int)BarOrigin.Streamed} order by ts desc limit 1");
        command.Parameters.Add(new() { Value = instrument });
        return await command.ExecuteScalarAsync(cancellationToken) is DateTime last ? new DateTimeOffset(last) : null;
    }

    /// <summary>The last close before an instant; null when there is none.</summary>
    public async Task<Price?> CloseBeforeAsync(
        int instrument, BarLevel level, DateTimeOffset at, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            $"""
            select close from {Table}
            where instrument_id = $1 and level = $2 and ts < $3 and close is not null order by ts desc limit 1
            """);
        foreach (var value in (object[])[instrument, (int)level.Length.TotalSeconds, at.ToUniversalTime()])
            command.Parameters.Add(new() { Value = value });
        return await command.ExecuteScalarAsync(cancellationToken) is decimal close ? Price.From(close) : null;
    }

    /// <summary>How many bars are stored of each day of [from, to), by its start; days without any are left out.</summary>
    public async Task<IReadOnlyDictionary<DateTimeOffset, int>> CountByDayAsync(
        int instrument, BarLevel level, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            $"""
            select date_bin('1 day', ts, timestamptz 'epoch'), count(*)::int from {Table}
            where instrument_id = $1 and level = $2 and ts >= $3 and ts < $4 group by 1
            """);
        foreach (var value in (object[])[instrument, (int)level.Length.TotalSeconds, from.ToUniversalTime(), to.ToUniversalTime()])
            command.Parameters.Add(new() { Value = value });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var days = new Dictionary<DateTimeOffset, int>();
        while (await reader.ReadAsync(cancellationToken))
            days.Add(await reader.GetFieldValueAsync<DateTimeOffset>(0, cancellationToken), reader.GetInt32(1));
        return days;
    }

    /// <summary>Each hole between two whole bars that begins in [from, to), whenever it ends; the newest first.</summary>
    public async Task<IReadOnlyList<(DateTimeOffset From, DateTimeOffset To)>> HolesAsync(
        int instrument, BarLevel level, DateTimeOffset from, DateTimeOffset to, int limit, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            $"""
            select ts + $4, next from (
                select ts, lead(ts) over (order by ts) as next from {Table}
                where instrument_id = $1 and level = $2 and ts >= $3 and state <> {(int)BarState.Partial}) as pairs
            where next > ts + $4 and ts + $4 < $5 order by ts desc limit $6
            """);
        foreach (var value in (object[])[instrument, (int)level.Length.TotalSeconds, from.ToUniversalTime(), level.Length, to.ToUniversalTime(), limit])
            command.Parameters.Add(new() { Value = value });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var holes = new List<(DateTimeOffset, DateTimeOffset)>();
        while (await reader.ReadAsync(cancellationToken))
            holes.Add((await reader.GetFieldValueAsync<DateTimeOffset>(0, cancellationToken), await reader.GetFieldValueAsync<DateTimeOffset>(1, cancellationToken)));
        return holes;
    }

    /// <summary>From the first hole between two stored bars of [from, to) to the last; null when there is none.</summary>
    public async Task<(DateTimeOffset From, DateTimeOffset To)?> HoleSpanAsync(
        int instrument, BarLevel level, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            $"""
            select min(ts) + $5, max(next) from (
                select ts, lead(ts) over (order by ts) as next from {Table}
                where instrument_id = $1 and level = $2 and ts >= $3 and ts < $4) as pairs
            where next > ts + $5
            """);
        foreach (var value in (object[])[instrument, (int)level.Length.TotalSeconds, from.ToUniversalTime(), to.ToUniversalTime(), level.Length])
            command.Parameters.Add(new() { Value = value });
        return await SpanAsync(command, cancellationToken);
    }

    /// <summary>The median time between one traded second and the next, within the hour that starts then on each of the seven days before.</summary>
    /// <param name="hour">Of today; it may be running.</param>
    /// <returns>It and of how many it is the median; null when there is none.</returns>
    public async Task<(TimeSpan Median, long Gaps)?> MedianGapAsync(int instrument, DateTimeOffset hour, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            $"""
            select percentile_disc(0.5) within group (order by gap), count(gap) from generate_series(1, 7) as back
            cross join lateral (
                select ts - lag(ts) over (order by ts) as gap from {Table}
                where instrument_id = $1 and level = 1 and close is not null
                    and ts >= $2 - make_interval(days => back) and ts < $2 - make_interval(days => back) + interval '1 hour') as traded
            """);
        command.Parameters.Add(new() { Value = instrument });
        command.Parameters.Add(new() { Value = hour.ToUniversalTime() });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) && !await reader.IsDBNullAsync(0, cancellationToken)
            ? (await reader.GetFieldValueAsync<TimeSpan>(0, cancellationToken), reader.GetInt64(1))
            : null;
    }

    /// <summary>When the first and the last stored bar of a level start; null when there is none.</summary>
    public async Task<(DateTimeOffset First, DateTimeOffset Last)?> ExtentAsync(
        int instrument, BarLevel level, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            $"select min(ts), max(ts) from {Table} where instrument_id = $1 and level = $2");
        command.Parameters.Add(new() { Value = instrument });
        command.Parameters.Add(new() { Value = (int)level.Length.TotalSeconds });
        return await SpanAsync(command, cancellationToken);
    }

    private static async Task<(DateTimeOffset, DateTimeOffset)?> SpanAsync(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) && !await reader.IsDBNullAsync(0, cancellationToken)
            ? (await reader.GetFieldValueAsync<DateTimeOffset>(0, cancellationToken), await reader.GetFieldValueAsync<DateTimeOffset>(1, cancellationToken))
            : null;
    }

    private static Bar Read(NpgsqlDataReader row) => new(
        row.GetFieldValue<DateTimeOffset>(0),
        row.IsDBNull(1) ? null : new BarPrices(
            Price.From(row.GetDecimal(1)), Price.From(row.GetDecimal(2)), Price.From(row.GetDecimal(3)), Price.From(row.GetDecimal(4))),
        Quantity.From(row.GetDecimal(5)),
        row.IsDBNull(6) ? null : Notional.From(row.GetDecimal(6)),
        row.IsDBNull(7) ? null : row.GetInt64(7),
        (BarState)row.GetInt16(8),
        row.GetInt32(9));
}
