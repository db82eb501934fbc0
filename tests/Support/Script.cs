using System.Diagnostics;

namespace Platform.Tests.Support;

/// <summary>A short command of this checkout that a test runs to its end.</summary>
public static class Script
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    /// <summary>What the command wrote and how it ended.</summary>
    /// <param name="ExitCode">0 when it went well, by convention of every command here.</param>
    /// <param name="Output">Standard output, without the last line end.</param>
    /// <param name="Errors">Standard error, likewise.</param>
    public sealed record Ended(int ExitCode, string Output, string Errors);

    /// <summary>Runs a file of the checkout; it is killed when it takes longer than five minutes.</summary>
    /// <param name="file">From the root of the checkout, e.g. <c>scripts/postgres.sh</c>.</param>
    /// <param name="environment">Added to this process's own.</param>
    /// <param name="input">What it finds on standard input.</param>
    public static async Task<Ended> RunAsync(
        string file, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment, CancellationToken cancel,
        string input = "")
    {
        var start = new ProcessStartInfo(RepositoryRoot.Combine(file), arguments)
        {
            UseShellExecute = false,
            WorkingDirectory = RepositoryRoot.Path,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;

        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        deadline.CancelAfter(Longest);
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{file} did not start.");
        try
        {
            await process.StandardInput.WriteAsync(input.AsMemory(), deadline.Token);
            process.StandardInput.Close();
            var output = process.StandardOutput.ReadToEndAsync(deadline.Token);
            var errors = process.StandardError.ReadToEndAsync(deadline.Token);
            await process.WaitForExitAsync(deadline.Token);

            return new Ended(process.ExitCode, (await output).TrimEnd(), (await errors).TrimEnd());
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
    }

    /// <summary>Its standard output, for a command that is expected to go well.</summary>
    /// <exception cref="InvalidOperationException">It ended with another code than 0; the message holds its errors.</exception>
    public static async Task<string> OutputAsync(
        string file, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment, CancellationToken cancel)
    {
        var ended = await RunAsync(file, arguments, environment, cancel);

        return ended.ExitCode == 0
            ? ended.Output
            : throw new InvalidOperationException($"{file} ended with {ended.ExitCode}: {ended.Output}\n{ended.Errors}");
    }
}
