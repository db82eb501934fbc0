using Npgsql;
using Platform.Domain.Markets;
using Platform.Domain.Snapshots;
using Platform.Projections.Markets;
using Platform.Projections.Snapshots;

namespace Platform.Workers.Markets.Import;

/// <summary>Puts imported records into their tables. What is there already stays as it is, but for rules and tiers, which are the latest.</summary>
public sealed class RecordRows(Partitions partitions, Instruments instruments)
{
    /// <summary>Partitions for these records; before the transaction that writes them.</summary>
    public async Task MakeRoomAsync(IReadOnlyCollection<ImportRecord> records, CancellationToken cancellationToken)
    {
        foreach (var table in PlacesOf(records).GroupBy(place => place.Table, place => place.At))
            await partitions.EnsureAsync(table.Key, table, cancellationToken);
    }

    /// <summary>Into which tables the rows of a record go, and those that are made of them.</summary>
    public static IEnumerable<(PartitionedTable Table, DateTimeOffset At)> PlacesOf(IEnumerable<ImportRecord> records) => records.SelectMany(record =>
    {
        IEnumerable<PartitionedTable> tables = record switch
        {
            ImportedBar bar => MarketTables.CandlesFrom(bar.Level),
            ImportedQuoteBar => [MarketTables.QuoteBars],
            ImportedTrade => [MarketTables.Trades],
            ImportedBook => [MarketTables.Books],
            ImportedSample sample => [SeriesTables.Of(KeyOf(sample).Every)],
            _ => [],
        };
        return tables.Select(table => (table, record.At!.Value));
    });

    /// <summary>Within the caller's transaction.</summary>
    /// <returns>How many rows are new or changed.</returns>
    public async Task<int> WriteAsync(
        NpgsqlConnection connection, IReadOnlyCollection<ImportRecord> records, CancellationToken cancellationToken)
    {
        var written = 0;
        if (await BarsAsync(records, cancellationToken) is { Count: > 0 } barRows)
            written += await BarRows.WriteAsync(connection, barRows, cancellationToken);
        if (records.OfType<ImportedSample>().ToList() is { Count: > 0 } measured)
            written += await SampleRows.WriteAsync(
                connection, measured.Select(sample => (KeyOf(sample), Sample.Of(MergeLaw.Last, sample.Value, sample.Time))), cancellationToken);
        foreach (var shape in RecordShape.All)
            written += await CopyAsync(connection, shape, records.Where(shape.Takes), cancellationToken);
        return written;
    }

    // One statement may change a row once: of two that say the same thing the last one counts.
    private async Task<int> CopyAsync(
        NpgsqlConnection connection, RecordShape shape, IEnumerable<ImportRecord> records, CancellationToken cancellationToken)
    {
        var rows = new List<object?[]>();
        foreach (var record in shape.KeyOf is null ? records : records.GroupBy(shape.KeyOf).Select(same => same.Last()))
            rows.Add(shape.ValuesOf(record, await IdAsync(record, cancellationToken)));
        return rows.Count == 0
            ? 0
            : await StagedCopy.WriteAsync(connection, shape.Table, shape.Columns, shape.OnConflict, rows, cancellationToken);
    }

    private async Task<int> IdAsync(ImportRecord record, CancellationToken cancellationToken) =>
        record.Instrument is var (venue, market) ? await instruments.IdAsync(venue, market, cancellationToken) : 0;

    private async Task<List<BarRow>> BarsAsync(IEnumerable<ImportRecord> records, CancellationToken cancellationToken)
    {
        var rows = new List<BarRow>();
        foreach (var bar in records.OfType<ImportedBar>())
            rows.Add(new(await IdAsync(bar, cancellationToken), bar.Level, bar.Bar, BarOrigin.Imported));
        return rows;
    }

    private static SampleKey KeyOf(ImportedSample sample)
    {
        var every = sample.IsDaily ? Every.Day : Every.Hour;
        return new(sample.Series, sample.Bin, every, every.StartOf(sample.Time));
    }
}
