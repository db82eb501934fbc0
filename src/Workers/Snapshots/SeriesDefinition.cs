using Platform.Domain.Snapshots;

namespace Platform.Workers.Snapshots;

/// <summary>What a series is sampled from.</summary>
public interface ISeriesSource
{
    /// <summary>All that happened in [since, until), raw or merged by the series' law, with the bin that it belongs to.</summary>
    Task<IReadOnlyList<(string Bin, Sample Sample)>> ReadAsync(DateTimeOffset since, DateTimeOffset until, CancellationToken cancellationToken);
}

/// <summary>
/// A series of hourly and daily samples. A room registers one for each thing that it wants to be known later; whoever may read markets
/// may read it, so nothing in it is anybody's own.
/// </summary>
/// <param name="Lateness">How long after its end an hour is sampled for the first time.</param>
public sealed record SeriesDefinition(string Name, MergeLaw Law, TimeSpan Lateness, ISeriesSource Source);
