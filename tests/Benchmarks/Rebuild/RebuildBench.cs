using System.Diagnostics;
using Marten;
using Npgsql;
using Platform.Projections;
using Platform.Projections.Trading;
using Platform.Tests.Support;

namespace Platform.Benchmarks.Rebuild;

/// <summary>
/// All read models of trading made anew from the stored events by the store's daemon and our projections, against reading the
/// same events, every column of them, with plain Npgsql.
/// </summary>
public static class RebuildBench
{
    private const int Rounds = 3;

    private const string Forget =
        """
        truncate platform.mt_doc_orderview, platform.mt_doc_trade, platform.mt_doc_book;
        delete from platform.mt_event_progression;
        """;

    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    public static async Task<IReadOnlyList<BenchRow>> RunAsync(CancellationToken cancel)
    {
        var connection = await TestDatabase.CreateAsync("bench_rebuild");
        try
        {
            using var store = DocumentStore.For(options => options.UsePlatform(connection));
            // Without the triggers that keep the trade history: here it is to be made again and again.
            await store.Storage.ApplyAllConfiguredChangesToDatabaseAsync();
            await TradingPast.AppendAsync(store, cancel);
            return [await MeasureAsync(store, connection, cancel)];
        }
        finally
        {
            await TestDatabase.DropAsync(connection);
        }
    }

    private static async Task<BenchRow> MeasureAsync(IDocumentStore store, string connection, CancellationToken cancel)
    {
        await using var database = NpgsqlDataSource.Create(connection);
        var (ours, reference) = (new Samples(), new Samples());
        var events = 0;
        await RebuildAsync(store, database, cancel); // Warm-up.
        for (var round = 0; round < Rounds; round++)
        {
            ours.Add(await RebuildAsync(store, database, cancel));
            var start = Stopwatch.GetTimestamp();
            events = await ReadAllAsync(database, cancel);
            reference.Add(Stopwatch.GetElapsedTime(start));
        }

        return new(
            $"rebuild of all read models from {events} events, median time",
            Rate(ours.At(50)), Rate(reference.At(50)), Samples.Ratio(ours.At(50), reference.At(50)));

        string Rate(TimeSpan time) => $"{Samples.Text(time)}, {events / time.TotalSeconds:F0} events/s";
    }

    private static async Task<TimeSpan> RebuildAsync(
        IDocumentStore store, NpgsqlDataSource database, CancellationToken cancel)
    {
        await using (var forget = database.CreateCommand(Forget))
            await forget.ExecuteNonQueryAsync(cancel);

        using var daemon = await store.BuildProjectionDaemonAsync();
        var start = Stopwatch.GetTimestamp();
        await daemon.StartAllAsync();
        await daemon.WaitForNonStaleData(Longest);
        var time = Stopwatch.GetElapsedTime(start);
        await daemon.StopAllAsync();

        await using var session = store.QuerySession();
        var made = await session.Query<OrderView>().CountAsync(order => order.AnyTenant(), cancel);
        return made == TradingPast.Orders
            ? time
            : throw new InvalidOperationException($"{made} orders were rebuilt of {TradingPast.Orders}.");
    }

    private static async Task<int> ReadAllAsync(NpgsqlDataSource database, CancellationToken cancel)
    {
        await using var command = database.CreateCommand("select * from platform.mt_events order by seq_id");
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var columns = new object[reader.FieldCount];
        var rows = 0;
        while (await reader.ReadAsync(cancel))
        {
            reader.GetValues(columns);
            rows++;
        }

        return rows;
    }
}
