namespace Platform.Domain.Snapshots;

/// <summary>How much is known of an hour or a day of a series.</summary>
public enum SampleState
{
    Sampled,

    /// <summary>It is over, and not sampled yet: it will be.</summary>
    Pending,

    /// <summary>Nobody knows; never stored, said where a sample would be.</summary>
    Missing,
}

/// <summary>What stands where there is no sample.</summary>
public enum SampleFill
{
    /// <summary>Nothing: it is said that it is missing.</summary>
    None,

    /// <summary>The value before it.</summary>
    Previous,
}

/// <summary>An hour or a day of a series as it is shown.</summary>
/// <param name="Sample">Null where there is none.</param>
/// <param name="Value">By the series' law; null where nothing is known, or the law has none.</param>
/// <param name="IsFilled">The value was made up for the question, and is stored nowhere.</param>
public sealed record SeriesPoint(DateTimeOffset Start, decimal? Value, Sample? Sample, int Revision, SampleState State, bool IsFilled);

/// <summary>Samples as a row without holes: what is missing is said.</summary>
public static class SeriesPoints
{
    extension(MergeLaw law)
    {
        /// <summary>One point for each hour or day of [from, to), oldest first.</summary>
        /// <param name="samples">With their revisions; in any order, at most one for each start.</param>
        /// <param name="before">The last sample before the range; null when there is none, or nothing is filled.</param>
        /// <param name="pendingFrom">What starts then or later and is not there is still to come.</param>
        public IEnumerable<SeriesPoint> Points(
            Every every, (DateTimeOffset From, DateTimeOffset To) range, IReadOnlyDictionary<DateTimeOffset, (Sample Sample, int Revision)> samples,
            SampleFill fill, Sample? before, DateTimeOffset pendingFrom)
        {
            var last = before?.ValueBy(law);
            for (var start = range.From; start < range.To; start += every.Length)
            {
                if (samples.TryGetValue(start, out var known))
                {
                    var value = known.Sample.ValueBy(law);
                    last = value ?? last;
                    yield return new(start, value, known.Sample, known.Revision, SampleState.Sampled, IsFilled: false);
                    continue;
                }

                var filled = fill is SampleFill.Previous ? last : null;
                yield return new(
                    start, filled, Sample: null, Revision: 0, start >= pendingFrom ? SampleState.Pending : SampleState.Missing, IsFilled: filled is not null);
            }
        }
    }
}
