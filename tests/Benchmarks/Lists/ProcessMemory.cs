using System.Globalization;

namespace Platform.Benchmarks.Lists;

/// <summary>How much memory a process takes, as the system sees it (resident, proc(5)).</summary>
internal static class ProcessMemory
{
    // Written to clear_refs, it makes the peak what is resident now.
    private const string ResetPeak = "5";

    /// <summary>Begins to watch the process for its peak.</summary>
    /// <returns>What it takes now, in bytes.</returns>
    public static async Task<long> WatchAsync(int process, CancellationToken cancel)
    {
        await File.WriteAllTextAsync($"/proc/{process}/clear_refs", ResetPeak, cancel);
        return await ReadAsync(process, "VmRSS:", cancel);
    }

    /// <summary>The most that it took since it is watched, in bytes.</summary>
    public static Task<long> PeakAsync(int process, CancellationToken cancel) => ReadAsync(process, "VmHWM:", cancel);

    // "VmRSS:     12345 kB"
    private static async Task<long> ReadAsync(int process, string name, CancellationToken cancel)
    {
        var line = (await File.ReadAllLinesAsync($"/proc/{process}/status", cancel)).Single(line => line.StartsWith(name, StringComparison.Ordinal));
        return 1024 * long.Parse(line[name.Length..].Replace("kB", "", StringComparison.Ordinal).Trim(), CultureInfo.InvariantCulture);
    }
}
