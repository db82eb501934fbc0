using System.Net.Http.Json;
using System.Text.Json;
using Npgsql;
using Platform.Tests.Support;

namespace Platform.Api.Tests.Operation;

/// <summary>The platform as its own process, on a database and a venue that a test may take away.</summary>
public sealed class PlatformProcess : IAsyncDisposable
{
    public const string Email = "operator@platform.test";
    public const string Password = "canary-password-c41b";

    private static readonly TimeSpan StartDeadline = TimeSpan.FromSeconds(90);

    private readonly PlatformProcess? first;
    private readonly string folder = Directory.CreateTempSubdirectory("platform-process-").FullName;
    private ChildProcess? process;
    private (string Name, string Value)[] more = [];

    private PlatformProcess(PlatformProcess? first = null)
    {
        this.first = first;
        Http = new() { BaseAddress = new($"http://127.0.0.1:{FreePort.Next()}"), Timeout = TimeSpan.FromSeconds(30) };
        Venue = first?.Venue ?? new();
        Connection = first?.Connection ?? "";
    }

    public PaperVenueProcess Venue { get; }

    public HttpClient Http { get; }

    public string Connection { get; private set; }

    /// <summary>The system's id of the platform's process.</summary>
    public int Id => process!.Id;

    /// <summary>All that it ever wrote to standard output and standard error.</summary>
    public string Log => File.ReadAllText(LogFile);

    /// <summary>Where it keeps what it logs and traces of each request.</summary>
    public string RayFolder => Path.Combine(folder, "rays");

    /// <summary>All that is there.</summary>
    public string Rays => string.Concat(Directory.EnumerateFiles(RayFolder).Select(ReadAll));

    /// <summary>The file with the key that the vault opens by.</summary>
    public string KekFile => Path.Combine(KeyFolder, "kek");

    private string KeyFolder => first?.KeyFolder ?? Path.Combine(folder, "keys");

    private string LogFile => Path.Combine(folder, "platform.log");

    /// <param name="more">Settings over the usual ones, as the environment spells them.</param>
    public static async Task<PlatformProcess> StartAsync(CancellationToken cancel, params (string Name, string Value)[] more)
    {
        var platform = new PlatformProcess { more = more };
        try
        {
            await platform.Venue.InitializeAsync();
            platform.Connection = await TestDatabase.CreateAsync("api_process");
            KeyEncryptionKey.MakeIn(platform.KeyFolder);
            await platform.RunAsync("/health/ready", cancel);
            return platform;
        }
        catch
        {
            await platform.DisposeAsync();
            throw;
        }
    }

    /// <summary>Another node of the same platform, which ends before this one.</summary>
    public async Task<PlatformProcess> JoinAsync(CancellationToken cancel)
    {
        var other = new PlatformProcess(this) { more = [.. more, ("Platform__RayFolder", Path.Combine(folder, "other-rays"))] };
        try
        {
            await other.RunAsync("/health/ready", cancel);
            return other;
        }
        catch
        {
            await other.DisposeAsync();
            throw;
        }
    }

    /// <summary>Signs in as the demo user and gives the token and the pool.</summary>
    public async Task<(string Token, string Pool)> SignInAsync(CancellationToken cancel)
    {
        using var answer = await Http.PostAsJsonAsync("/v1/auth/sign-in", new { email = Email, password = Password }, cancel);
        var token = (await answer.Content.ReadFromJsonAsync<JsonElement>(cancel)).GetProperty("token").GetString()!;
        Http.DefaultRequestHeaders.Authorization = new("Bearer", token);
        var pools = await Http.GetFromJsonAsync<JsonElement>("/v1/pools", cancel);
        return (token, pools.GetProperty("items")[0].GetProperty("poolId").GetString()!);
    }

    /// <summary>SIGTERM.</summary>
    /// <returns>The exit code.</returns>
    public Task<int> TerminateAsync(TimeSpan deadline, CancellationToken cancel) => process!.TerminateAsync(deadline, cancel);

    /// <summary>Cuts every connection to the database and lets none in, or lets them in again.</summary>
    public async Task AllowDatabaseAsync(string allowed, CancellationToken cancel)
    {
        var name = new NpgsqlConnectionStringBuilder(Connection).Database;
        await using var server = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(Connection) { Database = "postgres" }.ConnectionString);
        await server.OpenAsync(cancel);
        await using var command = new NpgsqlCommand(
            $"""
             alter database "{name}" allow_connections {allowed};
             select pg_terminate_backend(pid) from pg_stat_activity where datname = '{name}';
             """, server);
        await command.ExecuteNonQueryAsync(cancel);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (process is not null)
            await process.DisposeAsync();
        if (first is null)
        {
            await Venue.DisposeAsync();
            if (Connection.Length > 0)
                await TestDatabase.DropAsync(Connection);
        }

        Directory.Delete(folder, recursive: true);
    }

    /// <summary>Starts it, for the first time or again after it ended, and waits until the path answers with success.</summary>
    public async Task RunAsync(string path, CancellationToken cancel)
    {
        if (process is not null)
            await process.DisposeAsync();
        process = ChildProcess.Start(Program, [], Settings(), LogFile);
        await process.IsReadyAsync(new(Http.BaseAddress!, path), StartDeadline, cancel);
    }

    /// <summary>A command of the operator's, on the same database and keys.</summary>
    public Task<Script.Ended> CommandAsync(string[] arguments, CancellationToken cancel, string input = "") =>
        Script.RunAsync(Program, arguments, Settings(), cancel, input);

    /// <summary>The platform as it was built with the tests, from the root of the checkout.</summary>
    public static string Program => $"src/Api/bin/{Configuration}/net10.0/Platform.Api";

    // The platform goes on writing.
    private static string ReadAll(string file)
    {
        using var reader = new StreamReader(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        return reader.ReadToEnd();
    }

    private static string Configuration => new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;

    private Dictionary<string, string> Settings()
    {
        var settings = PlatformSettings.For(Connection, Venue, KeyFolder, Email, Password)
            .ToDictionary(setting => setting.Key.Replace(":", "__", StringComparison.Ordinal), setting => setting.Value);
        settings["ASPNETCORE_URLS"] = Http.BaseAddress!.ToString();
        settings["ASPNETCORE_ENVIRONMENT"] = Configuration is "Release" ? "Production" : "Development";
        // All that can be logged is: what is not to be told must not show even then.
        settings["Logging__LogLevel__Default"] = "Debug";
        foreach (var (name, value) in more)
            settings[name] = value;
        return settings;
    }
}
