using Npgsql;
using Platform.Domain.Markets;
using Platform.Domain.Values;
using Platform.Projections.Snapshots;

namespace Platform.Projections.Markets;

/// <summary>A venue told a bar otherwise than before.</summary>
/// <param name="Kept">What was known and stays, with prices.</param>
/// <param name="Told">What the venue says now, with prices.</param>
public sealed record VenueRestated(int Instrument, BarLevel Level, Bar Kept, Bar Told, DateTimeOffset SeenAt);

/// <summary>What venues told otherwise, beside what was kept; the same again is one row.</summary>
public sealed class Restatements(NpgsqlDataSource database)
{
    private const string Columns =
        "instrument_id, level, ts, open, high, low, close, volume, kept_open, kept_high, kept_low, kept_close, kept_volume, seen_at";

    public async Task WriteAsync(IReadOnlyCollection<VenueRestated> restated, CancellationToken cancellationToken)
    {
        if (restated.Count == 0)
            return;

        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await StagedCopy.WriteAsync(connection, "md_restatement", Columns, "on conflict do nothing", restated.Select(ValuesOf), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>The latest of a market at all venues, those that were seen last first.</summary>
    /// <returns>Null when nothing was ever stored of the market.</returns>
    public async Task<IReadOnlyList<(VenueId Venue, VenueRestated Restated)>?> LatestAsync(
        MarketKey market, int limit, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            $"""
            select venue, id, level, ts, open, high, low, close, volume, kept_open, kept_high, kept_low, kept_close, kept_volume, seen_at
            from {PlatformStore.Schema}.md_instrument left join {PlatformStore.Schema}.md_restatement on instrument_id = id
            where market = $1 order by seen_at desc nulls last, ts desc limit $2
            """);
        command.Parameters.Add(new() { Value = market.Value });
        command.Parameters.Add(new() { Value = limit });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        if (!reader.HasRows)
            return null;

        var latest = new List<(VenueId, VenueRestated)>();
        while (await reader.ReadAsync(cancellationToken) && !await reader.IsDBNullAsync(2, cancellationToken))
            latest.Add((VenueId.From(reader.GetString(0)), Read(reader)));
        return latest;
    }

    private static VenueRestated Read(NpgsqlDataReader row)
    {
        var (level, start) = (TimeSpan.FromSeconds(row.GetInt32(2)), row.GetFieldValue<DateTimeOffset>(3));
        return new(
            row.GetInt32(1), Enum.GetValues<BarLevel>().Single(each => each.Length == level), BarAt(9), BarAt(4),
            row.GetFieldValue<DateTimeOffset>(14));

        Bar BarAt(int column) => new(
            start, new(PriceAt(column), PriceAt(column + 1), PriceAt(column + 2), PriceAt(column + 3)), Quantity.From(row.GetDecimal(column + 4)),
            QuoteVolume: null, Trades: null, BarState.Traded);

        Price PriceAt(int column) => Price.From(row.GetDecimal(column));
    }

    private static object?[] ValuesOf(VenueRestated of) =>
    [
        of.Instrument, (int)of.Level.Length.TotalSeconds, of.Told.Start.ToUniversalTime(), .. AmountsOf(of.Told), .. AmountsOf(of.Kept),
        of.SeenAt.ToUniversalTime(),
    ];

    private static object?[] AmountsOf(Bar bar) =>
        [bar.Prices?.Open.Value, bar.Prices?.High.Value, bar.Prices?.Low.Value, bar.Prices?.Close.Value, bar.Volume.Value];
}
