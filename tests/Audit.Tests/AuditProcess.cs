using System.Diagnostics;
using System.Text.Json;
using Platform.Tests.Support;

namespace Platform.Audit.Tests;

/// <summary>The command line tool as its users run it: a process of its own.</summary>
internal static class AuditProcess
{
    // From its own output, not the test's, with the very libraries that it is delivered with: .../bin/Debug/net10.0.
    private static readonly string Tool = RepositoryRoot.Combine(
        ["src", "Audit", "bin", .. AppContext.BaseDirectory.TrimEnd('/').Split('/')[^2..], "Platform.Audit.dll"]);

    /// <summary>How it ended.</summary>
    public sealed record Ended(int ExitCode, string Output, string Errors)
    {
        public JsonElement Json => JsonDocument.Parse(Output).RootElement;

        public long? Sequence => Json.GetProperty("sequence") is { ValueKind: JsonValueKind.Number } number ? number.GetInt64() : null;

        public override string ToString() => $"{ExitCode}: {Output}{Errors}";
    }

    public static Task<Ended> RunAsync(params string[] arguments) => RunAsync([Tool, .. arguments], "dotnet");

    public static async Task<Ended> RunAsync(IEnumerable<string> arguments, string program)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Remove("Platform__Postgres");
        start.Environment.Remove("Platform__KeyFolder");
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new(process.ExitCode, await output, await errors);
    }
}
