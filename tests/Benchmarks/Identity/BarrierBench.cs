using System.Diagnostics;
using System.Globalization;
using Marten;
using Npgsql;
using Platform.Domain.Identity;
using Platform.Projections;
using Platform.Tests.Support;
using Platform.Workers.Identity;

namespace Platform.Benchmarks.Identity;

/// <summary>
/// From the commit of a barrier until each of three other processes refuses what it stands before, against a bare
/// notification of PostgreSQL to the same processes. They look each millisecond.
/// </summary>
public static class BarrierBench
{
    /// <summary>The argument that makes this program one of the three.</summary>
    public const string ReaderArgument = "barrier-reader";

    private const int Readers = 3;
    private const int Raises = 300;
    private const string BareChannel = "bench_bare";

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(1);

    public static async Task<IReadOnlyList<BenchRow>> RunAsync(CancellationToken cancel)
    {
        var connection = await TestDatabase.CreateAsync("bench_barriers");
        var folder = Directory.CreateTempSubdirectory("bench-barriers-");
        var readers = new List<Process>();
        try
        {
            using (var store = DocumentStore.For(options => options.UsePlatform(connection)))
                await PlatformSchema.ApplyAsync(store, cancel);
            await using var stand = await IdentityStand.StartAsync(connection, folder.FullName, cancel);
            for (var number = 0; number < Readers; number++)
                readers.Add(await StartAsync(connection, folder.FullName, cancel));

            var (ours, bare) = (new Samples(), new Samples());
            for (var number = 0; number < Raises; number++)
            {
                await MeasureAsync(readers, ours, () => RaiseAsync(stand, number, cancel), cancel);
                await MeasureAsync(readers, bare, () => NotifyAsync(connection, cancel), cancel);
            }

            return
            [
                new($"barrier to {Readers} processes, p50", Samples.Text(ours.At(50)), Samples.Text(bare.At(50)), Samples.Ratio(ours.At(50), bare.At(50))),
                new($"barrier to {Readers} processes, p99", Samples.Text(ours.At(99)), Samples.Text(bare.At(99)), Samples.Ratio(ours.At(99), bare.At(99))),
            ];
        }
        finally
        {
            foreach (var reader in readers)
            {
                reader.Kill();
                await reader.WaitForExitAsync(CancellationToken.None);
                reader.Dispose();
            }

            await TestDatabase.DropAsync(connection);
            folder.Delete(recursive: true);
        }
    }

    /// <summary>One of the three: says in ticks of the system's clock when it knew of each.</summary>
    public static async Task ReadAsync(string connection, string keyFolder, CancellationToken cancel)
    {
        await using var stand = await IdentityStand.StartAsync(connection, keyFolder, cancel);
        await using var listener = new NpgsqlConnection(connection);
        await listener.OpenAsync(cancel);
        await using (var listen = new NpgsqlCommand($"listen {BareChannel}", listener))
            await listen.ExecuteNonQueryAsync(cancel);
        var (barriers, subjects) = (stand.Of<Barriers>(), stand.Of<BarrierSubjects>());
        using var timer = new PeriodicTimer(Look);
        await TellAsync();
        for (var number = 0; number < Raises; number++)
        {
            while (!barriers.IsBarred(1, Subject(subjects, number).Id))
                await timer.WaitForNextTickAsync(cancel);
            await TellAsync();
            await listener.WaitAsync(cancel);
            await TellAsync();
        }

        static Task TellAsync() => Console.Out.WriteLineAsync(Now.ToString(CultureInfo.InvariantCulture));
    }

    private static long Now => TimeProvider.System.GetUtcNow().Ticks;

    private static BarrierSubject Subject(BarrierSubjects subjects, int number) =>
        subjects.ApiKey(number.ToString(CultureInfo.InvariantCulture));

    // When the commit is sent, not when it is answered.
    private static async Task<long> RaiseAsync(IdentityStand stand, int number, CancellationToken cancel)
    {
        await using var session = stand.Of<IDocumentStore>().LightweightSession();
        await session.RaiseBarriersAsync([Subject(stand.Of<BarrierSubjects>(), number)], BarrierCause.Abuse, cancel);
        var start = Now;
        await session.SaveChangesAsync(cancel);
        return start;
    }

    private static async Task<long> NotifyAsync(string connection, CancellationToken cancel)
    {
        await using var sender = new NpgsqlConnection(connection);
        await sender.OpenAsync(cancel);
        await using var notify = new NpgsqlCommand($"notify {BareChannel}", sender);
        var start = Now;
        await notify.ExecuteNonQueryAsync(cancel);
        return start;
    }

    private static async Task MeasureAsync(
        List<Process> readers, Samples samples, Func<Task<long>> beginAsync, CancellationToken cancel)
    {
        var start = await beginAsync();
        foreach (var reader in readers)
            samples.Add(TimeSpan.FromTicks(await ToldAsync(reader, cancel) - start));
    }

    private static async Task<Process> StartAsync(string connection, string keyFolder, CancellationToken cancel)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true, UseShellExecute = false };
        foreach (var argument in (string[])[ReaderArgument, connection, keyFolder])
            start.ArgumentList.Add(argument);
        var reader = Process.Start(start) ?? throw new InvalidOperationException("A reader did not start.");
        await ToldAsync(reader, cancel);
        return reader;
    }

    // What else the process writes is none of ours.
    private static async Task<long> ToldAsync(Process reader, CancellationToken cancel)
    {
        while (true)
        {
            var line = await reader.StandardOutput.ReadLineAsync(cancel) ?? throw new InvalidOperationException("A reader ended.");
            if (long.TryParse(line, CultureInfo.InvariantCulture, out var ticks))
                return ticks;
        }
    }
}
