using Platform.Domain.Snapshots;
using Platform.Projections.Snapshots;

namespace Platform.Workers.Snapshots;

/// <summary>What a room says of a series that it keeps. One that nobody describes was imported.</summary>
/// <param name="What">In a sentence, with what a bin is.</param>
/// <param name="Step">The shortest that is kept.</param>
/// <param name="Kept">For how long at the least; null: for good.</param>
public sealed record SeriesDescription(string Name, string What, TimeSpan Step, TimeSpan? Kept);

/// <summary>A series as a whole.</summary>
/// <param name="Description">Null where it was imported.</param>
/// <param name="Step">The shortest that is kept.</param>
/// <param name="First">When its first sample starts, over all bins; null while it has none, or where it is no series of samples.</param>
/// <param name="OpenGaps">Stretches of which something is missing still.</param>
public sealed record SeriesOverview(
    string Name, SeriesDescription? Description, TimeSpan Step, DateTimeOffset? First, DateTimeOffset? Last, long OpenGaps);

/// <summary>Every series that there is: those that rooms keep, and those that were imported.</summary>
public sealed class SeriesCatalog(IEnumerable<SeriesDescription> described, SampleRows samples, GapRows gaps)
{
    /// <summary>More are not looked for.</summary>
    public const int SeriesMax = 1_000;

    public async Task<IReadOnlyList<SeriesOverview>> AllAsync(CancellationToken cancellationToken)
    {
        var stored = (await samples.StoredAsync(SeriesMax, cancellationToken)).ToLookup(each => each.Series, StringComparer.Ordinal);
        var open = await gaps.CountOpenAsync(cancellationToken);
        var known = described.ToDictionary(each => each.Name, StringComparer.Ordinal);
        return
        [
            .. known.Keys.Union(stored.Select(each => each.Key), StringComparer.Ordinal)
                .Select(name => Of(name, known.GetValueOrDefault(name), [.. stored[name]], open.GetValueOrDefault(name))),
        ];
    }

    private static SeriesOverview Of(string name, SeriesDescription? description, IReadOnlyList<StoredSeries> steps, long openGaps) => new(
        name, description, description?.Step ?? steps.Min(each => each.Every.Length),
        steps.Min(each => (DateTimeOffset?)each.First), steps.Max(each => (DateTimeOffset?)each.Last), openGaps);
}
