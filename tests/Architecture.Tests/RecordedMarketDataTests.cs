using System.Globalization;
using System.Text.RegularExpressions;
using Platform.Tests.Support;

namespace Platform.Architecture.Tests;

/// <summary>
/// No recording lies there unread: each is declared by a test (which then must read it), or is named with the
/// reason why the platform has no use for it.
/// </summary>
public sealed partial class RecordedMarketDataTests
{
    [Fact]
    public void Every_recorded_file_is_read_by_a_test_or_left_out_for_a_reason()
    {
        Assert.SkipUnless(RecordedMarketData.IsPresent, "The recorded market data is not beside the checkout.");
        string[] known = [.. ReadPatterns(), .. LeftOut().Select(entry => entry.Pattern)];

        string[] unread = [.. RecordedMarketData.Files.Where(file => !IsAnyOf(file, known))];
        Assert.Empty(unread);
    }

    [Fact]
    public void No_reason_is_kept_for_a_file_that_is_read_or_gone()
    {
        Assert.SkipUnless(RecordedMarketData.IsPresent, "The recorded market data is not beside the checkout.");
        string[] read = [.. ReadPatterns()];

        Assert.All(LeftOut(), entry =>
        {
            Assert.NotEmpty(entry.Reason);
            string[] files = [.. RecordedMarketData.Files.Where(file => RecordedMarketData.IsMatch(file, entry.Pattern))];
            Assert.True(files.Length > 0, $"{entry.Pattern} names no file.");
            Assert.All(files, file => Assert.False(IsAnyOf(file, read), $"{file} is read, and left out by {entry.Pattern}."));
        });
    }

    private static bool IsAnyOf(string file, IReadOnlyList<string> patterns) =>
        patterns.Any(pattern => RecordedMarketData.IsMatch(file, pattern));

    // A pattern, two blanks or more, the reason.
    private static IEnumerable<(string Pattern, string Reason)> LeftOut() =>
        from line in File.ReadLines(RepositoryRoot.Combine("tests", "Architecture.Tests", "recorded-data-not-read.txt"))
        where line.Length > 0 && line[0] != '#'
        let parts = line.Split("  ", 2, StringSplitOptions.TrimEntries)
        select (parts[0], parts.ElementAtOrDefault(1) ?? string.Empty);

    /// <summary>What the tests of all projects declare; a theory's first argument is filled in.</summary>
    private static IEnumerable<string> ReadPatterns() =>
        from file in Directory.EnumerateFiles(RepositoryRoot.Combine("tests"), "*.cs", SearchOption.AllDirectories)
        where !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
        let text = File.ReadAllText(file)
        where text.Contains("Reads(", StringComparison.Ordinal)
        from Match test in AttributesOfATest().Matches(text)
        let attributes = test.Value
        where !attributes.Contains("Skip", StringComparison.Ordinal)
        from Match reads in Declaration().Matches(attributes)
        from Match literal in Literal().Matches(reads.Value)
        from pattern in FilledIn(literal.Groups["text"].Value, attributes)
        select pattern;

    private static IEnumerable<string> FilledIn(string pattern, string attributes) =>
        pattern.Contains("{0}", StringComparison.Ordinal)
            ? FirstArgument().Matches(attributes)
                .Select(row => string.Format(CultureInfo.InvariantCulture, pattern, row.Groups["text"].Value))
            : [pattern];

    [GeneratedRegex(
        @"\[(?:Fact|Theory)\b(?:(?!\bpublic\b).)*\bpublic\b",
        RegexOptions.Singleline | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 5000)]
    private static partial Regex AttributesOfATest();

    [GeneratedRegex(@"\bReads\([^)]*\)", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Declaration();

    [GeneratedRegex("\"(?<text>[^\"]*)\"", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Literal();

    [GeneratedRegex("\\bInlineData\\(\\s*\"(?<text>[^\"]*)\"", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 5000)]
    private static partial Regex FirstArgument();
}
