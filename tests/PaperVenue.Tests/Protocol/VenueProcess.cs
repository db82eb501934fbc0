using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Platform.PaperVenue.Tests.Protocol;

/// <summary>A venue in a process of its own.</summary>
public sealed class VenueProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process process;

    private VenueProcess(Process process, Uri address)
    {
        this.process = process;
        Address = address;
    }

    public Uri Address { get; }

    /// <summary>Starts one and waits for its word that it is ready.</summary>
    public static async Task<VenueProcess> StartAsync(string folder, params string[] more)
    {
        var port = FreePort();
        var (process, line) = await LaunchAsync(
            ["--data", folder, "--port", port.ToString(CultureInfo.InvariantCulture), .. more]);
        Assert.StartsWith("Paper venue ready", line, StringComparison.Ordinal);
        return new(process, new($"http://127.0.0.1:{port}"));
    }

    /// <summary>Runs one that is to refuse its options, and answers its exit code and what it said about it.</summary>
    public static async Task<(int ExitCode, string Error)> FailAsync(params string[] arguments)
    {
        var (process, _) = await LaunchAsync(["--data", RunningVenue.NewFolder(), "--port", "0", .. arguments]);
        using (process)
        {
            var error = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            return (process.ExitCode, error);
        }
    }

    /// <summary>SIGKILL: nothing of it runs after this.</summary>
    public void Kill()
    {
        process.Kill();
        process.WaitForExit();
    }

    /// <summary>SIGTERM, and the exit code that comes of it.</summary>
    public async Task<int> StopAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return process.ExitCode;
    }

    public void Dispose()
    {
        if (!process.HasExited)
            Kill();
        process.Dispose();
    }

    private static async Task<(Process Process, string Line)> LaunchAsync(string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        foreach (var argument in (string[])[typeof(VenueOptions).Assembly.Location, .. arguments])
            start.ArgumentList.Add(argument);
        var launched = Process.Start(start)!;
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(Patience);
        return (launched, await launched.StandardOutput.ReadLineAsync(deadline.Token) ?? "");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
