using System.Diagnostics;
using System.Globalization;

namespace Platform.Benchmarks.Push;

/// <summary>
/// One value of fifty rows to 200 SignalR clients, against the same bytes to 200 bare WebSockets. The clients are the
/// same thin readers on both sides and run in the server's process, so the CPU time holds them in both figures.
/// </summary>
public static class PushBench
{
    private const int Clients = 200;
    private const int WarmUpRounds = 20;
    private const int RoundsPerBlock = 25;
    private const int Blocks = 4;
    private static readonly TimeSpan RoundInterval = TimeSpan.FromMilliseconds(120);

    public static async Task<BenchRow> RunAsync(CancellationToken cancellationToken)
    {
        await using var host = await PushBenchHost.StartAsync(cancellationToken);
        await using var ours = await PushReaders.ConnectAsync(Clients, host.HubAddress, isSignalR: true, cancellationToken);
        await using var bare = await PushReaders.ConnectAsync(Clients, host.BareAddress, isSignalR: false, cancellationToken);
        var (ourCost, bareCost) = (new Cost(), new Cost());

        await RunBlockAsync(new(), ours, host.Publish, WarmUpRounds, cancellationToken);
        var sameBytes = ours.LastMessage;
        await RunBlockAsync(new(), bare, () => host.SendBare(sameBytes), WarmUpRounds, cancellationToken);
        for (var block = 0; block < Blocks; block++)
        {
            await RunBlockAsync(ourCost, ours, host.Publish, RoundsPerBlock, cancellationToken);
            await RunBlockAsync(bareCost, bare, () => host.SendBare(sameBytes), RoundsPerBlock, cancellationToken);
        }

        return new(
            $"push to {Clients} clients, {sameBytes.Length} bytes: CPU per delivered frame",
            ourCost.ToString(), bareCost.ToString(), decimal.Round(ourCost.PerFrame / bareCost.PerFrame, 2));
    }

    private static async Task RunBlockAsync(
        Cost cost, PushReaders readers, Action send, int rounds, CancellationToken cancellationToken)
    {
        using var process = Process.GetCurrentProcess();
        using var pace = new PeriodicTimer(RoundInterval);
        var before = process.TotalProcessorTime;
        for (var round = 0; round < rounds; round++)
        {
            await pace.WaitForNextTickAsync(cancellationToken);
            var start = Stopwatch.GetTimestamp();
            await readers.RoundAsync(send, cancellationToken);
            cost.Latencies.AddRange(readers.ReceivedAt.Select(at => Stopwatch.GetElapsedTime(start, at)));
        }

        process.Refresh();
        cost.Cpu += process.TotalProcessorTime - before;
    }

    private sealed class Cost
    {
        public TimeSpan Cpu { get; set; }

        public List<TimeSpan> Latencies { get; } = [];

        /// <summary>Microseconds.</summary>
        public decimal PerFrame => (decimal)Cpu.TotalMicroseconds / Latencies.Count;

        public override string ToString()
        {
            Latencies.Sort();
            return string.Create(
                CultureInfo.InvariantCulture, $"{PerFrame:F1} us (p50 {At(50):F1} ms, p99 {At(99):F1} ms)");
        }

        private double At(int percent) => Latencies[Latencies.Count * percent / 100].TotalMilliseconds;
    }
}
