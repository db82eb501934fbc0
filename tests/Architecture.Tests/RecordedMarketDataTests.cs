using System.Globalization;
using System.Text.RegularExpressions;
using Platform.Tests.Support;

namespace Platform.Architecture.Tests;

/// <summary>
/// No recording lies there unread: each is declared by a test (which then must read it), or is of what the platform meets and does
/// not follow, or is named with the reason why the platform has no use for it.
/// </summary>
public sealed partial class RecordedMarketDataTests
{
    [Fact]
    public void Every_recorded_file_is_understood_or_met_or_left_out_and_no_two_of_them()
    {
        Assert.SkipUnless(RecordedMarketData.IsPresent, "The recorded market data is not beside the checkout.");
        string[][] lists =
        [
            [.. ReadPatterns()], [.. RecordedList.NotFollowed.Select(entry => entry.Pattern)],
            [.. RecordedList.NotRead.Select(entry => entry.Pattern)],
        ];

        string[] wrong =
        [
            .. from file in RecordedMarketData.Files
               let count = lists.Count(patterns => IsAnyOf(file, patterns))
               where count != 1
               select $"{file}: {count}",
        ];
        Assert.Empty(wrong);
    }

    [Fact]
    public void Each_line_of_the_lists_has_a_reason_and_names_a_file()
    {
        Assert.SkipUnless(RecordedMarketData.IsPresent, "The recorded market data is not beside the checkout.");
        Assert.All(RecordedList.NotRead.Concat(RecordedList.NotFollowed), entry =>
        {
            Assert.NotEmpty(entry.Reason);
            Assert.Contains(RecordedMarketData.Files, file => RecordedMarketData.IsMatch(file, entry.Pattern));
        });
    }

    private static bool IsAnyOf(string file, IReadOnlyList<string> patterns) =>
        patterns.Any(pattern => RecordedMarketData.IsMatch(file, pattern));

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
