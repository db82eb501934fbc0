using Npgsql;
using Platform.Domain.Markets;
using Platform.Domain.Markets.Aggregation;
using Platform.Projections.Snapshots;

namespace Platform.Projections.Markets;

/// <summary>What stood behind the price of each market, every five minutes; written once, and dropped by the partition.</summary>
public sealed class IndexSamples(NpgsqlDataSource database, Instruments instruments, Partitions partitions)
{
    private const string Schema = PlatformStore.Schema;

    private const string MarketColumns =
        "market, ts, methodology, price_places, quantity_places, past_index, past_age, past_held, is_confirmed, index, is_kept, quality, held";

    private const string VenueColumns = "instrument_id, ts, standing, price, volume, age, bid, ask, verdict, weight";

    /// <summary>Of the markets.</summary>
    public static PartitionedTable Markets { get; } = new("md_sample_market", PartitionSpan.Day);

    /// <summary>Of each venue of them.</summary>
    public static PartitionedTable Venues { get; } = new("md_sample", PartitionSpan.Day);

    /// <summary>
    /// Run again, it changes nothing. Prices and volumes are whole numbers of the market's places, ages are in 100 ns, the enums
    /// small numbers in the order of their declaration.
    /// </summary>
    public static string Definition { get; } =
        $"""
        create table if not exists {Schema}.md_sample_market (
            market text not null, ts timestamptz not null, methodology int not null, price_places smallint not null, quantity_places smallint not null,
            past_index bigint not null, past_age bigint not null, past_held int not null, is_confirmed boolean not null,
            index bigint not null, is_kept boolean not null, quality smallint not null, held int not null,
            primary key (market, ts)) partition by range (ts);

        create table if not exists {Schema}.md_sample (
            instrument_id int not null, ts timestamptz not null, standing smallint not null,
            price bigint not null, volume bigint not null, age bigint not null, bid bigint not null, ask bigint not null,
            verdict smallint not null, weight numeric not null,
            primary key (instrument_id, ts)) partition by range (ts);

        """;

    /// <summary>In one transaction; what is there already stays.</summary>
    public async Task WriteAsync(IReadOnlyCollection<IndexSample> samples, CancellationToken cancellationToken)
    {
        foreach (var table in (PartitionedTable[])[Markets, Venues])
            await partitions.EnsureAsync(table, samples.Select(sample => sample.At), cancellationToken);
        var parts = new List<object?[]>();
        foreach (var sample in samples)
            foreach (var part in sample.Parts)
                parts.Add(ValuesOf(await instruments.IdAsync(part.Venue, sample.Market, cancellationToken), sample.At, part));

        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await StagedCopy.WriteAsync(connection, Markets.Name, MarketColumns, "on conflict do nothing", samples.Select(ValuesOf), cancellationToken);
        await StagedCopy.WriteAsync(connection, Venues.Name, VenueColumns, "on conflict do nothing", parts, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>The last sample of a market at or before an instant; null when there is none within the time that one holds.</summary>
    public async Task<IndexSample?> FindAsync(MarketKey market, DateTimeOffset at, TimeSpan holds, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            $"select {MarketColumns} from {Schema}.md_sample_market where market = $1 and ts <= $2 and ts > $3 order by ts desc limit 1");
        foreach (var value in (object[])[market.Value, at.ToUniversalTime(), (at - holds).ToUniversalTime()])
            command.Parameters.Add(new() { Value = value });
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        if (!await row.ReadAsync(cancellationToken))
            return null;

        var ts = await row.GetFieldValueAsync<DateTimeOffset>(1, cancellationToken);
        return new(
            market, ts, row.GetInt32(2), MarketScale.From(row.GetInt16(3), row.GetInt16(4)),
            new(row.GetInt64(5), row.GetInt64(6), row.GetInt32(7), row.GetBoolean(8)),
            new(row.GetInt64(9), row.GetBoolean(10), (IndexQuality)row.GetInt16(11), row.GetInt32(12)),
            await PartsAsync(market, ts, cancellationToken));
    }

    private async Task<IReadOnlyList<IndexPart>> PartsAsync(MarketKey market, DateTimeOffset ts, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            $"""
            select venue, standing, price, volume, age, bid, ask, verdict, weight from {Schema}.md_sample
            join {Schema}.md_instrument on id = instrument_id where market = $1 and ts = $2 order by venue
            """);
        command.Parameters.Add(new() { Value = market.Value });
        command.Parameters.Add(new() { Value = ts });
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        var parts = new List<IndexPart>();
        while (await row.ReadAsync(cancellationToken))
            parts.Add(new(
                VenueId.From(row.GetString(0)),
                new((VenueStanding)row.GetInt16(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4), row.GetInt64(5), row.GetInt64(6)),
                (VenueVerdict)row.GetInt16(7), row.GetDecimal(8)));
        return parts;
    }

    private static object?[] ValuesOf(IndexSample sample) =>
    [
        sample.Market.Value, sample.At.ToUniversalTime(), sample.Methodology, (short)sample.Scale.PricePlaces, (short)sample.Scale.QuantityPlaces,
        sample.Past.Index, sample.Past.Age, sample.Past.HeldFlushes, sample.Past.IsConfirmed,
        sample.Outcome.Index, sample.Outcome.IsKept, (short)sample.Outcome.Quality, sample.Outcome.HeldFlushes,
    ];

    private static object?[] ValuesOf(int instrument, DateTimeOffset at, IndexPart part) =>
    [
        instrument, at.ToUniversalTime(), (short)part.Input.Standing, part.Input.Price, part.Input.Volume, part.Input.Age, part.Input.Bid,
        part.Input.Ask, (short)part.Verdict, part.Weight,
    ];
}
