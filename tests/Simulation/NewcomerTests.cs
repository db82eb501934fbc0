using System.Diagnostics;
using System.Text.Json;
using Platform.Tests.Support;

namespace Platform.Simulation;

/// <summary>What <c>make run</c> promises to who has just cloned the repository.</summary>
[Collection(WholeMachine.Name)]
public sealed class NewcomerTests
{
    private static readonly TimeSpan StartLongest = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan ReadyLongest = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan StopLongest = TimeSpan.FromSeconds(30);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_platforms_run_side_by_side_stop_at_ctrl_c_and_find_their_data_again()
    {
        await using var mine = new Checkout("newcomer-mine");
        await using var neighbours = new Checkout("newcomer-neighbours");

        var first = await mine.RunAsync(StartLongest);
        var beside = await neighbours.RunAsync(StartLongest);

        Assert.Empty(first.Ports.Intersect(beside.Ports));
        Assert.NotEqual(first.Password, beside.Password);
        Assert.Equal(0, await mine.InterruptAsync());
        await Assert.ThrowsAsync<HttpRequestException>(() => AskAsync(first.Platform));
        Assert.True((await AskAsync(beside.Platform)).IsSuccessStatusCode, "Stopping one platform stopped its neighbour.");

        var again = await mine.RunAsync(ReadyLongest);

        Assert.Equal((first.Email, first.Password, first.VenueSecret), (again.Email, again.Password, again.VenueSecret));
        Assert.Equal(0, await mine.InterruptAsync());
        Assert.Equal(0, await neighbours.InterruptAsync());
    }

    private static async Task<HttpResponseMessage> AskAsync(Uri platform)
    {
        using var client = new HttpClient();
        return await client.GetAsync(new Uri(platform, "/health/ready"), Cancel);
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

        public async Task<Printed> RunAsync(TimeSpan deadline)
        {
            Directory.CreateDirectory(folder);
            var log = Path.Combine(folder, $"run-{Stopwatch.GetTimestamp()}.log");
            run = ChildProcess.Start("scripts/run.sh", [], Settings, log);
            await Eventually.IsTrueAsync(
                $"{name} is ready", deadline,
                async stop => File.Exists(log) && (await File.ReadAllTextAsync(log, stop)).Contains("Venue secret:", StringComparison.Ordinal), Cancel);

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

        public Task<int> InterruptAsync() => run!.InterruptAsync(StopLongest, Cancel);

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
