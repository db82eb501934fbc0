using System.Text.Json;
using Npgsql;
using Platform.Tests.Support;

namespace Platform.Simulation;

/// <summary>
/// A platform, a venue and a PostgreSQL as real processes in a data folder of their own, at the mercy of the test. The folder
/// with its logs stays when the test failed.
/// </summary>
public sealed class Stage : IAsyncDisposable
{
    public const string Email = "trader@simulation.test";
    public const string Password = "every order exactly once";

    private static readonly TimeSpan StartLongest = TimeSpan.FromSeconds(60);

    private readonly string folder;
    private readonly Dictionary<string, string> scriptSettings;
    private Dictionary<string, string> platformSettings = [];
    private ChildProcess? venue;
    private ChildProcess? platform;

    private Stage(string folder)
    {
        this.folder = folder;
        scriptSettings = new() { ["PLATFORM_DATA"] = folder };
    }

    public Uri PlatformAddress { get; } = new($"http://127.0.0.1:{FreePort.Next()}");

    public Uri VenueAddress { get; } = new($"http://127.0.0.1:{FreePort.Next()}");

    /// <summary>Set when everything went well: then nothing is kept.</summary>
    public bool IsDone { get; set; }

    public VenueKey VenueKey { get; private set; } = new("", "");

    /// <summary>How often the platform was killed.</summary>
    public int Kills { get; private set; }

    /// <summary>How often PostgreSQL was restarted.</summary>
    public int PostgresRestarts { get; private set; }

    /// <summary>Starts PostgreSQL and the venue; the platform is the test's to start.</summary>
    /// <param name="name">Of the data folder, unique among the runs of this checkout.</param>
    public static async Task<Stage> RaiseAsync(string name, int seed, CancellationToken cancel)
    {
        var stage = new Stage(RepositoryRoot.Combine(".data", name));
        Directory.CreateDirectory(Path.Combine(stage.folder, "log"));
        try
        {
            KeyEncryptionKey.MakeIn(Path.Combine(stage.folder, "keys"));
            await stage.StartVenueAsync(seed, cancel);
            await stage.StartPostgresAsync(cancel);
            return stage;
        }
        catch
        {
            await stage.DisposeAsync();
            throw;
        }
    }

    public void StartPlatform() => platform = ChildProcess.Start("bin/platform", [], platformSettings, LogOf("platform"));

    public Task PlatformIsReadyAsync(CancellationToken cancel) =>
        Running.IsReadyAsync(new Uri(PlatformAddress, "/health/ready"), StartLongest, cancel);

    /// <summary>SIGKILL. A platform that has ended by itself fails the test.</summary>
    public async Task KillPlatformAsync()
    {
        if (Running.HasExited)
            Assert.Fail($"The platform ended by itself:\n{Running.LogTail}");

        await Running.KillAsync();
        await Running.DisposeAsync();
        Kills++;
    }

    /// <summary>Every connection is cut, nothing is checkpointed, and the database recovers at its start.</summary>
    public async Task RestartPostgresAsync(CancellationToken cancel)
    {
        await Script.OutputAsync("scripts/postgres.sh", ["restart-immediately"], scriptSettings, cancel);
        PostgresRestarts++;
    }

    /// <summary>A number out of the platform's own database, for what it tells nobody.</summary>
    public async Task<long> CountAsync(string rows, CancellationToken cancel)
    {
        await using var database = NpgsqlDataSource.Create(platformSettings["Platform__Postgres"]);
        await using var command = database.CreateCommand($"select count(*) from {rows}");

        return (long)(await command.ExecuteScalarAsync(cancel))!;
    }

    /// <summary>Runs the auditor's tool against the database of this stage.</summary>
    public Task<Script.Ended> AuditAsync(string command, CancellationToken cancel) =>
        Script.RunAsync("bin/audit", [command], platformSettings, cancel);

    public async ValueTask DisposeAsync()
    {
        if (platform is not null)
            await platform.DisposeAsync();
        if (venue is not null)
            await venue.DisposeAsync();
        await Script.RunAsync(
            "scripts/postgres.sh", [IsDone ? "remove" : "stop"], scriptSettings, CancellationToken.None);
        if (IsDone)
            Directory.Delete(folder, recursive: true);
    }

    private ChildProcess Running => platform ?? throw new InvalidOperationException("The platform was not started.");

    private string VenueKeyFile => Path.Combine(folder, "venue", "api-key.json");

    private string LogOf(string program) => Path.Combine(folder, "log", $"{program}.log");

    private async Task StartVenueAsync(int seed, CancellationToken cancel)
    {
        var data = Path.Combine(folder, "venue");
        Directory.CreateDirectory(data);
        // The venue, too, fails now and then after it took the order: its answer comes late, never, or as an error.
        string[] arguments =
        [
            "--port", $"{VenueAddress.Port}", "--data", data, "--seed", $"{seed}",
            "--faults", $"delay-ack=0.05,drop-ack=0.05,error-after-accept=0.05,seed={seed}",
        ];
        venue = ChildProcess.Start("bin/papervenue", arguments, new Dictionary<string, string>(), LogOf("venue"));
        await venue.IsReadyAsync(new Uri(VenueAddress, "/api/v3/ping"), StartLongest, cancel);

        await using var keyFile = File.OpenRead(VenueKeyFile);
        VenueKey = await JsonSerializer.DeserializeAsync<VenueKey>(keyFile, Wire.Json, cancel)
            ?? throw new InvalidDataException("The venue's key file is empty.");
    }

    private async Task StartPostgresAsync(CancellationToken cancel) => platformSettings = new()
    {
        ["ASPNETCORE_URLS"] = PlatformAddress.ToString(),
        ["Platform__Postgres"] = await Script.OutputAsync("scripts/postgres.sh", ["start"], scriptSettings, cancel),
        ["Platform__Venue__RestUrl"] = VenueAddress.ToString(),
        ["Platform__Venue__StreamUrl"] = $"ws://127.0.0.1:{VenueAddress.Port}",
        ["Platform__Venue__KeyFile"] = VenueKeyFile,
        ["Platform__KeyFolder"] = Path.Combine(folder, "keys"),
        ["Platform__Demo__Email"] = Email,
        ["Platform__Demo__Password"] = Password,
    };
}
