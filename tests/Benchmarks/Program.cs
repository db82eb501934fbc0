using Platform.Benchmarks;
using Platform.Benchmarks.Append;
using Platform.Benchmarks.Identity;
using Platform.Benchmarks.Lists;
using Platform.Benchmarks.Markets;
using Platform.Benchmarks.Orders;
using Platform.Benchmarks.Push;
using Platform.Benchmarks.Rebuild;
using Platform.Benchmarks.Secrets;

// All of them, or those that the arguments name.
(string Name, Func<CancellationToken, Task<IReadOnlyList<BenchRow>>> RunAsync)[] benches =
[
    ("append", AppendBench.RunAsync),
    ("orders", OrderBench.RunAsync),
    ("rebuild", RebuildBench.RunAsync),
    ("push", async cancel => [await PushBench.RunAsync(cancel)]),
    ("secrets", SealBench.RunAsync),
    ("tokens", TokenBench.RunAsync),
    ("barriers", BarrierBench.RunAsync),
    ("permissions", PermissionBench.RunAsync),
    ("lists", ListBench.RunAsync),
    ("aggregator", AggregatorBench.RunAsync),
    ("books", BookBench.RunAsync),
    ("copy", CopyBench.RunAsync),
    ("stream", StreamBench.RunAsync),
];
using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, key) =>
{
    key.Cancel = true;
    stop.Cancel();
};

if (args is [BarrierBench.ReaderArgument, var connection, var keyFolder])
{
    await BarrierBench.ReadAsync(connection, keyFolder, stop.Token);
    return;
}

if (args is [PlainServer.Argument, var database, var pool, var address])
{
    await PlainServer.RunAsync(database, pool, address, stop.Token);
    return;
}

List<BenchRow> rows = [];
foreach (var (name, runAsync) in benches)
{
    if (args.Length > 0 && !args.Contains(name, StringComparer.Ordinal))
        continue;

    await Console.Error.WriteLineAsync($"Measuring: {name}".AsMemory(), stop.Token);
    rows.AddRange(await runAsync(stop.Token));
}

await BenchTable.WriteAsync(rows, Console.Out);
