using System.Text.Json;

namespace Platform.Tests.Support;

/// <summary>The paper venue as a real process, with a fresh account; it can be killed and started again on the same port.</summary>
public sealed class PaperVenueProcess : IAsyncLifetime
{
    private static readonly TimeSpan StartDeadline = TimeSpan.FromSeconds(90);

    private readonly string folder = Directory.CreateTempSubdirectory("papervenue-").FullName;
    private readonly int port = FreePort.Next();
    private ChildProcess? process;

    /// <summary>What goes wrong with its answers, in the words of its option <c>--faults</c>; null for nothing.</summary>
    public string? Faults { get; init; }

    public Uri Address => new($"http://127.0.0.1:{port}");

    /// <summary>With the account's key in it, as the platform takes it over.</summary>
    public string KeyFile => Path.Combine(folder, "api-key.json");

    public string ApiKey { get; private set; } = "";

    public string ApiSecret { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        await StartAsync(CancellationToken.None);
        using var key = JsonDocument.Parse(await File.ReadAllTextAsync(KeyFile));
        ApiKey = key.RootElement.GetProperty("apiKey").GetString()!;
        ApiSecret = key.RootElement.GetProperty("secretKey").GetString()!;
    }

    public Task StartAsync(CancellationToken cancel)
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        process = ChildProcess.Start(
            $"src/PaperVenue/bin/{configuration}/net10.0/Platform.PaperVenue",
            ["--port", $"{port}", "--data", folder, "--seed", "7", .. Faults is null ? [] : (string[])["--faults", Faults]],
            new Dictionary<string, string>(), Path.Combine(folder, "papervenue.log"));
        return process.IsReadyAsync(new(Address, "/api/v3/ping"), StartDeadline, cancel);
    }

    public Task KillAsync() => process!.KillAsync();

    public async ValueTask DisposeAsync()
    {
        if (process is not null)
            await process.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}
