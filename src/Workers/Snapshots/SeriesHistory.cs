using Platform.Domain.Snapshots;
using Platform.Projections.Snapshots;

namespace Platform.Workers.Snapshots;

/// <summary>Which part of a series is asked for.</summary>
/// <param name="From">An instant in the first hour or day.</param>
/// <param name="To">They start before it.</param>
public sealed record SeriesQuery(string Series, string Bin, Every Every, DateTimeOffset From, DateTimeOffset To, SampleFill Fill);

/// <summary>
/// What was sampled or imported of a series, and what is missing of it. A series that nobody registered was imported: of its
/// values the last counts.
/// </summary>
public sealed class SeriesHistory(IEnumerable<SeriesDefinition> series, SampleRows rows, TimeProvider time)
{
    /// <summary>The hours or days that are over, oldest first.</summary>
    /// <returns>Null when nothing was ever stored of that series and bin.</returns>
    public async Task<IReadOnlyList<SeriesPoint>?> ReadAsync(SeriesQuery asked, CancellationToken cancellationToken)
    {
        if (!await rows.ExistsAsync(asked.Series, asked.Bin, cancellationToken))
            return null;

        var (definition, every, now) = (series.FirstOrDefault(each => string.Equals(each.Name, asked.Series, StringComparison.Ordinal)), asked.Every, time.GetUtcNow());
        var (from, over) = (every.StartOf(asked.From), every.StartOf(now));
        var to = asked.To < over ? asked.To : over;
        var stored = (await rows.ReadAsync(asked.Series, asked.Bin, every, from, to, int.MaxValue, cancellationToken))
            .ToDictionary(sample => sample.Key.Start, sample => (sample.Sample, sample.Revision));
        var before = asked.Fill is SampleFill.Previous
            ? await rows.LastBeforeAsync(asked.Series, asked.Bin, every, from, cancellationToken)
            : null;
        // What was imported is not sampled later.
        var pendingFrom = definition is null ? DateTimeOffset.MaxValue : now - definition.Lateness - SeriesSampling.Period - every.Length;
        return [.. (definition?.Law ?? MergeLaw.Last).Points(every, (from, to), stored, asked.Fill, before?.Sample, pendingFrom)];
    }
}
