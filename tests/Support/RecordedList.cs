namespace Platform.Tests.Support;

/// <summary>The recordings that no test reads with understanding, each line with its reason.</summary>
public static class RecordedList
{
    /// <summary>What no test reads.</summary>
    public static IReadOnlyList<(string Pattern, string Reason)> NotRead { get; } = In("recorded-data-not-read.txt");

    /// <summary>What no reader understands, but what sorts answers and messages is tried on.</summary>
    public static IReadOnlyList<(string Pattern, string Reason)> NotFollowed { get; } = In("recorded-data-not-followed.txt");

    // A pattern, two blanks or more, the reason.
    private static (string Pattern, string Reason)[] In(string name) =>
    [
        .. from line in File.ReadLines(RepositoryRoot.Combine("tests", "Architecture.Tests", name))
           where line.Length > 0 && line[0] != '#'
           let parts = line.Split("  ", 2, StringSplitOptions.TrimEntries)
           select (parts[0], parts.ElementAtOrDefault(1) ?? string.Empty),
    ];
}
