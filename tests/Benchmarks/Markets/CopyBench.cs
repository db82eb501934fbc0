using System.Diagnostics;
using Marten;
using Npgsql;
using NpgsqlTypes;
using Platform.Projections;
using Platform.Projections.Markets;
using Platform.Tests.Support;

namespace Platform.Benchmarks.Markets;

/// <summary>Batches of 5,000 seconds of trades with their ids, against a bare COPY of the same rows into a copy of the table.</summary>
public static class CopyBench
{
    private const int Rows = 5_000;
    private const int Batches = 30;

    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static async Task<IReadOnlyList<BenchRow>> RunAsync(CancellationToken cancel)
    {
        var connection = await TestDatabase.CreateAsync("bench_copy");
        try
        {
            using (var store = DocumentStore.For(options => options.UsePlatform(connection)))
                await PlatformSchema.ApplyAsync(store, cancel);
            await using var database = NpgsqlDataSource.Create(connection);
            var seconds = new TradeSeconds(database, new(database));
            await seconds.KeepAsync(Start, TimeSpan.FromDays(7), cancel);
            await using (var copy = database.CreateCommand(
                "create table plain (like platform.md_trade_second) partition by range (ts);"
                + "create index on plain (instrument_id, ts); create table plain_day partition of plain default"))
                await copy.ExecuteNonQueryAsync(cancel);

            var (ours, plain) = (new Samples(), new Samples());
            for (var batch = 0; batch < Batches; batch++)
            {
                var rows = Some(batch);
                var begin = Stopwatch.GetTimestamp();
                await seconds.WriteAsync(Guid.CreateVersion7(), rows, cancel);
                ours.Add(Stopwatch.GetElapsedTime(begin));
                begin = Stopwatch.GetTimestamp();
                await PlainAsync(database, rows, cancel);
                plain.Add(Stopwatch.GetElapsedTime(begin));
            }

            var (our, plainly) = (ours.At(50), plain.At(50));
            return [new("COPY 5,000 seconds of trades once", Rate(our), Rate(plainly), Samples.Ratio(our, plainly))];
        }
        finally
        {
            await TestDatabase.DropAsync(connection);
        }

        static string Rate(TimeSpan time) => $"{Samples.Text(time)}, {Rows / time.TotalSeconds:F0} rows/s";
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
        await using var copy = await connection.BeginBinaryImportAsync("copy plain from stdin (format binary)", cancel);
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
