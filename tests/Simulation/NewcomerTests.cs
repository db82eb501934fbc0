using System.Diagnostics;
using System.Text.Json;
using Platform.Tests.Support;

namespace Platform.Simulation;

/// <summary>What <c>make run</c> promises to who has just cloned the repository.</summary>
[Collection(WholeMachine.Name)]
public sealed class NewcomerTests
{
    private static readonly TimeSpan StartLongest = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan StopLongest = TimeSpan.FromSeconds(30);

    // From a built tree, on a machine that does nothing else: so the quickest of a few starts is held to it.
    private static readonly TimeSpan ReadyLongest = TimeSpan.FromSeconds(20);
    private const int StartsMax = 3;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_platforms_run_side_by_side_stop_at_ctrl_c_and_find_their_data_again()
    {
        await using var mine = new Checkout("newcomer-mine");
        await using var neighbours = new Checkout("newcomer-neighbours");

        var first = await mine.RunAsync();
        var beside = await neighbours.RunAsync();

        Assert.Empty(first.Ports.Intersect(beside.Ports));
        Assert.NotEqual(first.Password, beside.Password);
        await mine.StopAsync();
        await Assert.ThrowsAsync<HttpRequestException>(() => IsReadyAsync(first.Platform, Cancel));
        await Eventually.IsTrueAsync("the neighbour is still ready", StopLongest, stop => IsReadyAsync(beside.Platform, stop), Cancel);

        var (again, took) = await mine.RunAgainAsync();

        Assert.Equal((first.Email, first.Password, first.VenueSecret), (again.Email, again.Password, again.VenueSecret));
        Assert.True(took <= ReadyLongest, $"Ready {took} after it was started, at best.");
        await neighbours.StopAsync();
    }

    private static async Task<bool> IsReadyAsync(Uri platform, CancellationToken cancellationToken)
    {
        using var client = new HttpClient();
        using var answer = await client.GetAsync(new Uri(platform, "/health/ready"), cancellationToken);
        return answer.IsSuccessStatusCode;
    }

    /// <summary>What is printed when all is ready, and the ports that were taken.</summary>
    private sealed record Printed(
        Uri Platform, string Email, string Password, string VenueKey, string VenueSecret, IReadOnlyList<int> Ports);

    /// <summary>A data folder of its own is all that tells two checkouts apart.</summary>
    private sealed class Checkout(string name) : IAsyncDisposable
    {
        private readonly string folder = RepositoryRoot.Combine(".data", name);
        private ChildProcess? run;

        private Dictionary<string, string> Settings => new() { ["PLATFORM_DATA"] = folder, ["Platform__Postgres"] = "" };

        public async Task<Printed> RunAsync()
        {
            Directory.CreateDirectory(folder);
            var log = Path.Combine(folder, $"run-{Stopwatch.GetTimestamp()}.log");
            run = ChildProcess.Start("scripts/run.sh", [], Settings, log);
            await run.SaysAsync("Venue secret:", StartLongest, Cancel);

            var lines = await File.ReadAllLinesAsync(log, Cancel);
            var ports = JsonSerializer.Deserialize<Dictionary<string, int>>(
                await File.ReadAllTextAsync(Path.Combine(folder, "ports.json"), Cancel))!;
            var address = new Uri(After("The platform is ready:"));
            Assert.Equal(ports["platform"], address.Port);
            return new(
                address, After("Email:"), After("Password:"), After("Venue key:"), After("Venue secret:"),
                [ports["platform"], ports["venue"], ports["postgres"]]);

            string After(string label) =>
                lines.Single(line => line.StartsWith(label, StringComparison.Ordinal))[label.Length..].Trim();
        }

        /// <summary>Starts and stops it again until a start was quick enough; says how long the quickest took.</summary>
        public async Task<(Printed Printed, TimeSpan Took)> RunAgainAsync()
        {
            var (printed, quickest) = await TimedAsync();
            for (var start = 2; start <= StartsMax && quickest > ReadyLongest; start++)
            {
                (printed, var took) = await TimedAsync();
                quickest = took < quickest ? took : quickest;
            }
            return (printed, quickest);
        }

        private async Task<(Printed Printed, TimeSpan Took)> TimedAsync()
        {
            var from = Stopwatch.GetTimestamp();
            var printed = await RunAsync();
            var took = Stopwatch.GetElapsedTime(from);
            await StopAsync();
            return (printed, took);
        }

        /// <summary>Ctrl-C.</summary>
        public async Task StopAsync()
        {
            var code = await run!.InterruptAsync(StopLongest, Cancel);
            Assert.True(code == 0, $"{name} ended with {code}: {run.LogTail}");
            Assert.DoesNotContain("killed", run.LogTail, StringComparison.Ordinal);
        }

        public async ValueTask DisposeAsync()
        {
            await Script.RunAsync("scripts/stop.sh", [], Settings, CancellationToken.None);
            await Script.RunAsync("scripts/postgres.sh", ["remove"], Settings, CancellationToken.None);
            if (run is not null)
                await run.DisposeAsync();
            if (Directory.Exists(folder))
                Directory.Delete(folder, recursive: true);
        }
    }
}
