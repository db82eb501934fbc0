using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Xunit.v3;

namespace Platform.Tests.Support;

/// <summary>
/// Real market data, recorded and kept beside the checkout; a test that needs it is skipped where it is absent. Each test
/// declares what it reads (<see cref="ReadsAttribute"/>), so that it is known which recordings nobody reads.
/// </summary>
public static class RecordedMarketData
{
    private static readonly ConcurrentDictionary<string, ConcurrentBag<string>> ReadByTest = [];

    private static string Folder { get; } = RepositoryRoot.Combine("..", "shared", "data", "market");

    public static bool IsPresent => Directory.Exists(Folder);

    /// <summary>Every recorded file, by its path inside the folder with slashes; none where the folder is absent.</summary>
    public static IReadOnlyList<string> Files => IsPresent
        ? [.. Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories)
            .Select(file => System.IO.Path.GetRelativePath(Folder, file).Replace('\\', '/')).Order(StringComparer.Ordinal)]
        : [];

    /// <summary>The absolute path of a file that the running test is about to read, and declares to read.</summary>
    /// <exception cref="InvalidOperationException">No test is running, or it does not declare the file.</exception>
    public static string Path(params string[] parts)
    {
        var file = string.Join('/', parts);
        var path = System.IO.Path.Combine([Folder, .. parts]);
        Assert.SkipUnless(File.Exists(path), $"The recorded data {file} is not beside the checkout.");

        if (TestContext.Current.Test is not IXunitTest test)
            throw new InvalidOperationException("Recorded data is read inside a test, which declares it.");
        if (!ReadsAttribute.PatternsOf(test).Any(pattern => IsMatch(file, pattern)))
            throw new InvalidOperationException($"The test does not declare [Reads(\"{file}\")].");

        ReadByTest.GetOrAdd(test.UniqueID, _ => []).Add(file);
        return path;
    }

    /// <summary>The files that the pattern names; a star stands for anything but a slash.</summary>
    public static bool IsMatch(string file, string pattern) => pattern.Contains('*', StringComparison.Ordinal)
        ? Regex.IsMatch(
            file, $"^{Regex.Escape(pattern).Replace(@"\*", "[^/]*", StringComparison.Ordinal)}$",
            RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1))
        : string.Equals(file, pattern, StringComparison.Ordinal);

    /// <summary>What the test has read so far.</summary>
    internal static IReadOnlyCollection<string> ReadBy(IXunitTest test) =>
        ReadByTest.TryGetValue(test.UniqueID, out var files) ? files : [];
}
