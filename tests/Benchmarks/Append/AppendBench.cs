using System.Diagnostics;
using Marten;
using Platform.Domain.Values;
using Platform.Projections;
using Platform.Tests.Support;

namespace Platform.Benchmarks.Append;

/// <summary>
/// Fills appended to an order through the platform's store, against the same rows written by plain Npgsql into a copy of
/// its tables: row by row the same columns, indexes and sizes of transaction.
/// </summary>
public static class AppendBench
{
    private const int Blocks = 5;

    private static readonly PoolId Pool = PoolId.From(Guid.Parse("0199f2b0-0000-7000-8000-0000000000e0"));

    public static async Task<IReadOnlyList<BenchRow>> RunAsync(CancellationToken cancel)
    {
        var connection = await TestDatabase.CreateAsync("bench_append");
        try
        {
            using var store = DocumentStore.For(options => options.UsePlatform(connection));
            await PlatformSchema.ApplyAsync(store, cancel);
            await using var plain = await PlainEvents.CreateAsync(connection, cancel);

            return
            [
                await MeasureAsync(store, plain, events: 1, transactions: 100, cancel),
                await MeasureAsync(store, plain, events: 100, transactions: 20, cancel),
            ];
        }
        finally
        {
            await TestDatabase.DropAsync(connection);
        }
    }

    private static async Task<BenchRow> MeasureAsync(
        DocumentStore store, PlainEvents plain, int events, int transactions, CancellationToken cancel)
    {
        var (ours, reference) = (new Samples(), new Samples());
        await BlockAsync(new(), new()); // Warm-up.
        for (var block = 0; block < Blocks; block++)
            await BlockAsync(ours, reference);

        var (our, plainly) = (ours.At(50), reference.At(50));
        return new(
            $"append {events} {(events == 1 ? "event" : "events")} in a transaction, median time",
            Rate(our), Rate(plainly), Samples.Ratio(our, plainly));

        async Task BlockAsync(Samples marten, Samples npgsql)
        {
            var order = await FillsOf.IntendAsync(store, Pool, cancel);
            for (var transaction = 0; transaction < transactions; transaction++)
            {
                var fills = FillsOf.Order(order, transaction * events, events);
                var start = Stopwatch.GetTimestamp();
                await using var session = store.LightweightSession(Pool.Tenant);
                session.Events.Append(order.Value, fills);
                await session.SaveChangesAsync(cancel);
                marten.Add(Stopwatch.GetElapsedTime(start));
            }

            await plain.CopyStreamAsync(order.Value, cancel);
            foreach (var rows in await plain.ReadAsync(order.Value, events, cancel))
            {
                var start = Stopwatch.GetTimestamp();
                await plain.InsertAsync(order.Value, rows, cancel);
                npgsql.Add(Stopwatch.GetElapsedTime(start));
            }
        }

        string Rate(TimeSpan time) => $"{Samples.Text(time)}, {events / time.TotalSeconds:F0} events/s";
    }
}
