using Npgsql;
using Platform.Domain.Markets;
using Platform.Domain.Markets.Aggregation;
using Platform.Domain.Markets.Heatmap;
using Platform.Domain.Values;

namespace Platform.Projections.Markets;

/// <summary>What spot markets cost, by the stored bars of all venues.</summary>
public sealed class StoredPrices(NpgsqlDataSource database)
{
    private const string Schema = PlatformStore.Schema;

    // A derivative's market has a colon in its name.
    private const string Closes =
        $"""
        select i.market, c.ts, c.close, c.volume
        from {Schema}.md_candle c join {Schema}.md_instrument i on i.id = c.instrument_id
        where c.level = $1 and c.ts >= $2 and c.ts < $3 and c.close is not null and strpos(i.market, ':') = 0
        order by c.ts
        """;

    // The bar that had just closed: an hour's, or where nobody kept hours the day's. What traded is what its day had.
    private const string AsOf =
        $"""
        select i.market, at.n, last.ended, last.close, last.volume
        from {Schema}.md_instrument i
        cross join unnest($1, $2) with ordinality as at(instant, may_be_coarse, n)
        cross join lateral (
            select * from (
                (select c.ts + interval '1 hour' as ended, c.close, 0 as coarse,
                    (select coalesce(sum(d.volume), 0) from {Schema}.md_candle d where d.instrument_id = i.id and d.level = 3600
                        and d.ts >= at.instant - interval '1 day' and d.ts < at.instant) as volume
                from {Schema}.md_candle c
                where c.instrument_id = i.id and c.level = 3600 and c.close is not null
                    and c.ts > at.instant - interval '4 hours' and c.ts <= at.instant - interval '1 hour'
                order by c.ts desc limit 1)
                union all
                (select c.ts + interval '1 day', c.close, 1, c.volume
                from {Schema}.md_candle c
                where at.may_be_coarse and c.instrument_id = i.id and c.level = 86400 and c.close is not null
                    and c.ts > at.instant - interval '3 days' and c.ts <= at.instant - interval '1 day'
                order by c.ts desc limit 1)) either
            order by coarse limit 1) last
        where strpos(i.market, ':') = 0
        """;

    /// <summary>What each market closed at in each bar of [from, to), by start, oldest first.</summary>
    public async Task<IReadOnlyList<(DateTimeOffset Start, IReadOnlyList<MarketPoint> Closes)>> ClosesAsync(
        BarLevel level, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(Closes);
        command.Parameters.Add(new() { Value = (int)level.Length.TotalSeconds });
        command.Parameters.Add(new() { Value = from });
        command.Parameters.Add(new() { Value = to });
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        List<(DateTimeOffset Start, MarketPoint Point)> points = [];
        while (await rows.ReadAsync(cancellationToken))
        {
            var start = await rows.GetFieldValueAsync<DateTimeOffset>(1, cancellationToken);
            points.Add((start, PointOf(rows.GetString(0), rows.GetDecimal(2), start + level.Length, rows.GetDecimal(3))));
        }
        return [.. points.GroupBy(row => row.Start).Select(bar => (bar.Key, (IReadOnlyList<MarketPoint>)[.. bar.Select(row => row.Point)]))];
    }

    /// <summary>What each market cost at each of the instants, in their order.</summary>
    /// <param name="instants">On whole hours; and whether a day's close will do where nobody kept hours.</param>
    public async Task<IReadOnlyList<IReadOnlyList<MarketPoint>>> AsOfAsync(
        IReadOnlyList<(DateTimeOffset At, bool MayBeCoarse)> instants, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(AsOf);
        command.Parameters.Add(new() { Value = instants.Select(instant => instant.At).ToArray() });
        command.Parameters.Add(new() { Value = instants.Select(instant => instant.MayBeCoarse).ToArray() });
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var points = instants.Select(_ => new List<MarketPoint>()).ToArray();
        while (await rows.ReadAsync(cancellationToken))
            points[rows.GetInt64(1) - 1].Add(PointOf(
                rows.GetString(0), rows.GetDecimal(3), await rows.GetFieldValueAsync<DateTimeOffset>(2, cancellationToken),
                rows.GetDecimal(4)));
        return points;
    }

    // Bars are kept by venue: whether the venues agreed, they do not say.
    private static MarketPoint PointOf(string market, decimal close, DateTimeOffset at, decimal volume) =>
        new(Symbol.From(market), close, at, volume, Depth: null, IndexQuality.Thin);
}
