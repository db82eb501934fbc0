using Npgsql;
using Platform.Domain.Markets.Aggregation;
using Platform.Domain.Markets.Heatmap;
using Platform.Domain.Values;

namespace Platform.Projections.Markets;

/// <summary>What spot markets cost, by the stored bars of all venues.</summary>
public sealed class StoredPrices(NpgsqlDataSource database)
{
    private const string Schema = PlatformStore.Schema;

    // The bar that had closed last, of those that closed at once the shortest. What traded is what its day had. A derivative's market has
    // a colon in its name.
    private const string AsOf =
        $"""
        select i.market, at.n, last.ended, last.close, case when last.level = 86400 then last.volume else (
            select coalesce(sum(hour.volume), 0) from {Schema}.md_candle hour where hour.instrument_id = i.id and hour.level = 3600
                and hour.ts >= at.instant - interval '1 day' and hour.ts < at.instant) end
        from {Schema}.md_instrument i
        cross join unnest($1, $2) with ordinality as at(instant, age_max, n)
        cross join lateral (
            select bar.level, c.ts + bar.length as ended, c.close, c.volume
            from (select level, make_interval(secs => level) as length from unnest(array[60, 300, 3600, 86400]) as level) as bar
            cross join lateral (
                select ts, close, volume from {Schema}.md_candle
                where instrument_id = i.id and level = bar.level and close is not null
                    and ts > at.instant - at.age_max - bar.length and ts <= at.instant - bar.length
                order by ts desc limit 1) as c
            order by ended desc, bar.level limit 1) as last
        where strpos(i.market, ':') = 0
        """;

    /// <summary>What each market cost at each of the instants, in their order: the last close before, if it is not too old.</summary>
    public async Task<IReadOnlyList<IReadOnlyList<MarketPoint>>> AsOfAsync(
        IReadOnlyList<(DateTimeOffset At, TimeSpan CloseAgeMax)> instants, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(AsOf);
        command.Parameters.Add(new() { Value = instants.Select(instant => instant.At).ToArray() });
        command.Parameters.Add(new() { Value = instants.Select(instant => instant.CloseAgeMax).ToArray() });
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
