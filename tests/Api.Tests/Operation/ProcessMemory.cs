using System.Globalization;

namespace Platform.Api.Tests.Operation;

/// <summary>What the system says of a process's memory (proc(5)).</summary>
internal static class ProcessMemory
{
    /// <summary>Bytes.</summary>
    /// <param name="line">Of its status: <c>VmRSS</c> now, <c>VmHWM</c> at most since that was cleared.</param>
    public static long Of(int process, string line) => long.Parse(
        File.ReadLines($"/proc/{process}/status").Single(each => each.StartsWith($"{line}:", StringComparison.Ordinal))[(line.Length + 1)..^3],
        CultureInfo.InvariantCulture) << 10;
}
