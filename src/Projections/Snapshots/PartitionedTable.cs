using System.Globalization;

namespace Platform.Projections.Snapshots;

/// <summary>What one partition holds.</summary>
public enum PartitionSpan { Day, Month, Year }

/// <summary>One piece of a table: the rows of [From, To).</summary>
public readonly record struct TimePartition(string Name, DateTimeOffset From, DateTimeOffset To);

/// <summary>
/// A table of the platform's schema that is cut by time (<c>partition by range</c> on a timestamptz), so that what is too old
/// is dropped and never deleted row by row.
/// </summary>
public sealed record PartitionedTable(string Name, PartitionSpan Span)
{
    private string Format => Span switch
    {
        PartitionSpan.Day => "yyyyMMdd",
        PartitionSpan.Month => "yyyyMM",
        _ => "yyyy",
    };

    public TimePartition PartitionOf(DateTimeOffset at)
    {
        var utc = at.UtcDateTime;
        var from = new DateTimeOffset(
            utc.Year, Span is PartitionSpan.Year ? 1 : utc.Month, Span is PartitionSpan.Day ? utc.Day : 1, 0, 0, 0, TimeSpan.Zero);
        return new($"{Name}_{from.ToString(Format, CultureInfo.InvariantCulture)}", from, After(from));
    }

    /// <summary>The partition of that name; null when it is none of this table's.</summary>
    public TimePartition? Read(string name) =>
        name.StartsWith($"{Name}_", StringComparison.Ordinal)
        && DateTimeOffset.TryParseExact(
            name[(Name.Length + 1)..], Format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var from)
            ? PartitionOf(from)
            : null;

    private DateTimeOffset After(DateTimeOffset from) => Span switch
    {
        PartitionSpan.Day => from.AddDays(1),
        PartitionSpan.Month => from.AddMonths(1),
        _ => from.AddYears(1),
    };
}
