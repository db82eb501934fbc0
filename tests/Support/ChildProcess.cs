using System.Diagnostics;

namespace Platform.Tests.Support;

/// <summary>
/// A long-running program of ours under test, as a real process. It is killed when the test disposes of it; its log stays.
/// </summary>
public sealed class ChildProcess : IAsyncDisposable
{
    private const int TailLength = 6_000;

    private static readonly HttpClient Prober = new() { Timeout = TimeSpan.FromSeconds(5) };

    private readonly Process process;
    private readonly string logFile;

    private ChildProcess(Process process, string logFile)
    {
        this.process = process;
        this.logFile = logFile;
    }

    /// <summary>The system's process id.</summary>
    public int Id => process.Id;

    public bool HasExited => process.HasExited;

    /// <summary>The last that the program wrote, for the message of a test that failed.</summary>
    public string LogTail
    {
        get
        {
            var log = File.Exists(logFile) ? File.ReadAllText(logFile) : "";
            return log.Length <= TailLength ? log : log[^TailLength..];
        }
    }

    /// <summary>Starts a program; the call does not wait for it to be ready.</summary>
    /// <param name="file">A path from the root of the checkout, e.g. <c>bin/platform</c>.</param>
    /// <param name="environment">Added to this process's own.</param>
    /// <param name="logFile">Absolute; standard output and error are appended to it.</param>
    public static ChildProcess Start(
        string file, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment, string logFile)
    {
        // The shell becomes the program, so that the process id is the program's own.
        string[] command = ["-c", """log=$1; shift; exec "$@" >>"$log" 2>&1 </dev/null""", "sh", logFile];
        var start = new ProcessStartInfo("/bin/sh", [.. command, RepositoryRoot.Combine(file), .. arguments])
        {
            UseShellExecute = false,
            WorkingDirectory = RepositoryRoot.Path,
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;

        return new(Process.Start(start) ?? throw new InvalidOperationException($"{file} did not start."), logFile);
    }

    /// <summary>Waits until the address answers with success.</summary>
    /// <exception cref="InvalidOperationException">The program ended first.</exception>
    /// <exception cref="TimeoutException">It was not ready at the deadline.</exception>
    public Task IsReadyAsync(Uri address, TimeSpan deadline, CancellationToken cancel) =>
        WaitAsync($"{address} answers", deadline, waiting => AnswersAsync(address, waiting), cancel);

    /// <summary>Waits until the program has written these words.</summary>
    /// <exception cref="InvalidOperationException">The program ended first.</exception>
    /// <exception cref="TimeoutException">It had not at the deadline.</exception>
    public Task SaysAsync(string words, TimeSpan deadline, CancellationToken cancel) =>
        WaitAsync($"the program says \"{words}\"", deadline, waiting => HasSaidAsync(words, waiting), cancel);

    /// <summary>SIGKILL: the program gets no chance to tidy up.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync(CancellationToken.None);
    }

    /// <summary>SIGTERM, then waits for the program to end by itself.</summary>
    /// <returns>Its exit code.</returns>
    /// <exception cref="TimeoutException">It still ran at the deadline.</exception>
    public Task<int> TerminateAsync(TimeSpan deadline, CancellationToken cancel) => EndAsync("TERM", deadline, cancel);

    /// <summary>SIGINT, as Ctrl-C sends it, then waits for the program to end by itself.</summary>
    /// <returns>Its exit code.</returns>
    /// <exception cref="TimeoutException">It still ran at the deadline.</exception>
    public Task<int> InterruptAsync(TimeSpan deadline, CancellationToken cancel) => EndAsync("INT", deadline, cancel);

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
            await KillAsync();
        process.Dispose();
    }

    private async Task<int> EndAsync(string name, TimeSpan deadline, CancellationToken cancel)
    {
        using var signal = Process.Start("/bin/sh", ["-c", $"kill -{name} {Id}"]);
        await Eventually.IsTrueAsync(
            $"process {Id} ends after SIG{name}", deadline, _ => Task.FromResult(process.HasExited), cancel);

        return process.ExitCode;
    }

    private async Task WaitAsync(
        string what, TimeSpan deadline, Func<CancellationToken, Task<bool>> ask, CancellationToken cancel)
    {
        try
        {
            await Eventually.IsTrueAsync(what, deadline, ask, cancel);
        }
        catch (TimeoutException late)
        {
            throw new TimeoutException($"{late.Message}\n{LogTail}", late);
        }
    }

    private async Task<bool> HasSaidAsync(string words, CancellationToken cancel)
    {
        // Asked first: what it wrote before it ended is there.
        var ended = process.HasExited;
        if (File.Exists(logFile) && (await File.ReadAllTextAsync(logFile, cancel)).Contains(words, StringComparison.Ordinal))
            return true;
        return ended ? throw new InvalidOperationException($"The program ended with {process.ExitCode}:\n{LogTail}") : false;
    }

    private async Task<bool> AnswersAsync(Uri address, CancellationToken cancel)
    {
        if (process.HasExited)
            throw new InvalidOperationException($"The program ended with {process.ExitCode}:\n{LogTail}");

        try
        {
            using var answer = await Prober.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, cancel);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false; // Not listening yet.
        }
        catch (TaskCanceledException) when (!cancel.IsCancellationRequested)
        {
            return false; // Listening, but slower than the prober waits.
        }
    }
}
