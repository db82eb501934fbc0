using Npgsql;
using Platform.Domain.Markets;
using Platform.Projections.Markets;
using Platform.Projections.Snapshots;
using Platform.Tests.Support;
using Platform.Workers.Markets.Import;

namespace Platform.Workers.Tests.Markets;

/// <summary>A database with the tables of market data and series, and nothing else.</summary>
internal sealed class MarketRows : IAsyncDisposable
{
    private MarketRows(string connection)
    {
        Connection = connection;
        Database = NpgsqlDataSource.Create(connection);
        Gaps = new(Database);
        Partitions = new(Database);
        Bars = new(Database, Partitions);
        Instruments = new(Database);
        Samples = new(Database, Partitions);
        Importer = new(Database, new(Partitions, Instruments), TimeProvider.System);
    }

    public string Connection { get; }

    public NpgsqlDataSource Database { get; }

    public GapRows Gaps { get; }

    public Partitions Partitions { get; }

    public BarRows Bars { get; }

    public Instruments Instruments { get; }

    public SampleRows Samples { get; }

    public Importer Importer { get; }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<MarketRows> MakeAsync()
    {
        var rows = new MarketRows(await TestDatabase.CreateAsync("market_rows"));
        await rows.ExecuteAsync($"create schema platform; {SeriesTables.Definition} {MarketTables.Definition} {TradeSeconds.Definition} {IndexSamples.Definition}");
        return rows;
    }

    public Task<int> InstrumentAsync(string venue, string market) =>
        Instruments.IdAsync(VenueId.From(venue), MarketKey.From(market), Cancel);

    public async Task ExecuteAsync(string sql)
    {
        await using var command = Database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Cancel);
    }

    /// <summary>All rows of a question, each as its values joined by a bar.</summary>
    public async Task<IReadOnlyList<string>> AskAsync(string sql)
    {
        await using var command = Database.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync(Cancel);
        var rows = new List<string>();
        while (await reader.ReadAsync(Cancel))
            rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(column => Text(reader, column))));
        return rows;
    }

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        await TestDatabase.DropAsync(Connection);
    }

    private static string Text(NpgsqlDataReader reader, int column) => reader.IsDBNull(column)
        ? ""
        : Convert.ToString(reader.GetValue(column), System.Globalization.CultureInfo.InvariantCulture)!;
}
