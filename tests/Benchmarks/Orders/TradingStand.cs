using Platform.Tests.Support;

namespace Platform.Benchmarks.Orders;

/// <summary>A platform and a venue as processes of their own, on a database of their own; all gone at the end.</summary>
internal sealed class TradingStand : IAsyncDisposable
{
    public const string Email = "trader@bench.test";
    public const string Password = "as fast as it goes";

    private static readonly TimeSpan StartLongest = TimeSpan.FromSeconds(60);

    private readonly string folder = Directory.CreateTempSubdirectory("platform-bench-").FullName;
    private ChildProcess? platform;

    private TradingStand(string connection) => Connection = connection;

    /// <summary>How to connect to the platform's database.</summary>
    public string Connection { get; }

    public Uri Platform { get; } = new($"http://127.0.0.1:{FreePort.Next()}");

    public PaperVenueProcess Venue { get; } = new();

    /// <summary>The system's id of the platform's process.</summary>
    public int ProcessId => platform!.Id;

    /// <param name="more">Settings over the usual ones, as the environment spells them.</param>
    public static async Task<TradingStand> RaiseAsync(CancellationToken cancel, params (string Name, string Value)[] more)
    {
        var stand = new TradingStand(await TestDatabase.CreateAsync("bench_orders"));
        try
        {
            await stand.Venue.InitializeAsync();
            await stand.StartPlatformAsync(more, cancel);
            return stand;
        }
        catch
        {
            await stand.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (platform is not null)
            await platform.DisposeAsync();
        await Venue.DisposeAsync();
        await TestDatabase.DropAsync(Connection);
        Directory.Delete(folder, recursive: true);
    }

    private Task StartPlatformAsync((string Name, string Value)[] more, CancellationToken cancel)
    {
        var settings = new Dictionary<string, string>
        {
            ["ASPNETCORE_URLS"] = Platform.ToString(),
            ["Platform__Postgres"] = Connection,
            ["Platform__Venue__RestUrl"] = Venue.Address.ToString(),
            ["Platform__Venue__StreamUrl"] = $"ws://127.0.0.1:{Venue.Address.Port}",
            ["Platform__Venue__KeyFile"] = Venue.KeyFile,
            ["Platform__KeyFolder"] = Path.Combine(folder, "keys"),
            ["Platform__Demo__Email"] = Email,
            ["Platform__Demo__Password"] = Password,
        };
        foreach (var (name, value) in more)
            settings[name] = value;
        KeyEncryptionKey.MakeIn(settings["Platform__KeyFolder"]);
        platform = ChildProcess.Start("bin/platform", [], settings, Path.Combine(folder, "platform.log"));
        return platform.IsReadyAsync(new(Platform, "/health/ready"), StartLongest, cancel);
    }
}
