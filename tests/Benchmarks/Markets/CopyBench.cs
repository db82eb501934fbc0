using System.Diagnostics;
using Marten;
using Npgsql;
using NpgsqlTypes;
using Platform.Projections;
using Platform.Projections.Markets;
using Platform.Projections.Snapshots;
using Platform.Tests.Support;

namespace Platform.Benchmarks.Markets;

/// <summary>Batches of 5,000 seconds of trades with their ids, against a bare COPY of the same rows into a table of the same columns, index and partitions.</summary>
public static class CopyBench
{
    private const string Plain = "platform.plain_second";
    private const int Rows = 5_000;
    // Until then the compiler works beside, and for ours longer.
    private const int WarmUps = 100;
    private const int Batches = 100;

    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static async Task<IReadOnlyList<BenchRow>> RunAsync(CancellationToken cancel)
    {
        var connection = await TestDatabase.CreateAsync("bench_copy");
        try
        {
            using (var store = DocumentStore.For(options => options.UsePlatform(connection)))
                await PlatformSchema.ApplyAsync(store, cancel);
            await using var database = NpgsqlDataSource.Create(connection);
            var partitions = new Partitions(database);
            var seconds = new TradeSeconds(database, partitions);
            await seconds.MakeRoomAsync(Start, cancel);
            await using (var copy = database.CreateCommand(
                $"create table {Plain} (like platform.md_trade_second) partition by range (ts);"
                + $"create index on {Plain} (instrument_id, ts); create table {Plain}_default partition of {Plain} default"))
                await copy.ExecuteNonQueryAsync(cancel);
            await partitions.EnsureAsync(
                new("plain_second", PartitionSpan.Day), Enumerable.Range(-1, 9).Select(day => Start.AddDays(day)), cancel);

            var (ours, plain) = (new Samples(), new Samples());
            for (var batch = 0; batch < WarmUps + Batches; batch++)
            {
                var rows = Some(batch);
                Func<Task>[] both = [() => seconds.WriteAsync(Guid.CreateVersion7(), rows, cancel), () => PlainAsync(database, rows, cancel)];
                // Who comes second finds the disk as the first has left it: they take turns.
                foreach (var one in batch % 2 == 0 ? [0, 1] : (int[])[1, 0])
                {
                    var begin = Stopwatch.GetTimestamp();
                    await both[one]();
                    if (batch >= WarmUps)
                        (one == 0 ? ours : plain).Add(Stopwatch.GetElapsedTime(begin));
                }
            }

            return
            [
                new(
                    "COPY 5,000 seconds of trades once", $"{Samples.Text(ours.At(50))}, {ours.Spread(Rate)} rows/s",
                    $"{Samples.Text(plain.At(50))}, {plain.Spread(Rate)} rows/s", Samples.Ratio(ours.At(50), plain.At(50))),
            ];
        }
        finally
        {
            await TestDatabase.DropAsync(connection);
        }

        static string Rate(TimeSpan time) => $"{Rows / time.TotalSeconds:F0}";
    }

    private static (int, TradeSecond)[] Some(int batch) =>
    [
        .. Enumerable.Range(0, Rows).Select(row => (
            row % 50, new TradeSecond(
                Start.AddSeconds((batch * Rows / 50) + (row / 50)), 17_218.85m, 17_219.01m, 17_218.02m, 17_218.5m + row, 1.23456789m,
                21_257.123456789m, 12, Start, Start.AddMilliseconds(row)))),
    ];

    private static async Task PlainAsync(NpgsqlDataSource database, (int, TradeSecond)[] rows, CancellationToken cancel)
    {
        await using var connection = await database.OpenConnectionAsync(cancel);
        await using var copy = await connection.BeginBinaryImportAsync($"copy {Plain} from stdin (format binary)", cancel);
        foreach (var (instrument, row) in rows)
        {
            await copy.StartRowAsync(cancel);
            await copy.WriteAsync(instrument, NpgsqlDbType.Integer, cancel);
            await copy.WriteAsync(row.Start, NpgsqlDbType.TimestampTz, cancel);
            foreach (var value in (decimal[])[row.Open, row.High, row.Low, row.Close, row.Volume, row.QuoteVolume])
                await copy.WriteAsync(value, NpgsqlDbType.Numeric, cancel);
            await copy.WriteAsync(row.Trades, NpgsqlDbType.Bigint, cancel);
            await copy.WriteAsync(row.FirstAt, NpgsqlDbType.TimestampTz, cancel);
            await copy.WriteAsync(row.LastAt, NpgsqlDbType.TimestampTz, cancel);
        }

        await copy.CompleteAsync(cancel);
    }
}
