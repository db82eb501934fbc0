namespace Platform.Domain.Snapshots;

/// <summary>How often a series is sampled. Samples are of the half-open hour or day (UTC) that they are named by.</summary>
public enum Every { Hour, Day }

public static class EveryExtensions
{
    extension(Every every)
    {
        public TimeSpan Length => every is Every.Hour ? TimeSpan.FromHours(1) : TimeSpan.FromDays(1);

        /// <summary>The start of the sample that an instant is in.</summary>
        public DateTimeOffset StartOf(DateTimeOffset at) => new(at.UtcTicks - (at.UtcTicks % every.Length.Ticks), TimeSpan.Zero);
    }
}

/// <summary>How two samples become one. Each law is associative and commutative, so that order and grouping do not matter.</summary>
public enum MergeLaw
{
    /// <summary>The latest.</summary>
    Last,

    Sum,

    Min,

    Max,

    /// <summary>Open, high, low, close and volume.</summary>
    Ohlcv,

    /// <summary>Weighted sum and sum of weights; the mean is the quotient.</summary>
    WeightedMean,
}

/// <summary>When something was so; of two at the same instant the tie decides, which names the source and its number.</summary>
public readonly record struct SampleMark(DateTimeOffset At, string Tie) : IComparable<SampleMark>
{
    public static bool operator <(SampleMark left, SampleMark right) => left.CompareTo(right) < 0;

    public static bool operator >(SampleMark left, SampleMark right) => left.CompareTo(right) > 0;

    public static bool operator <=(SampleMark left, SampleMark right) => left.CompareTo(right) <= 0;

    public static bool operator >=(SampleMark left, SampleMark right) => left.CompareTo(right) >= 0;

    public int CompareTo(SampleMark other) =>
        At.CompareTo(other.At) is not 0 and var order ? order : string.CompareOrdinal(Tie, other.Tie);
}

/// <summary>
/// What is known of an interval. What the numbers mean is the law's: <see cref="A"/> alone, but for weighted means, where it is the
/// weighted sum and <see cref="B"/> the weights, and for bars, where they are open, high, low and close.
/// </summary>
/// <param name="Inputs">How many raw values it is made of.</param>
public sealed record Sample(
    decimal A, decimal B, decimal C, decimal D, decimal Volume, SampleMark First, SampleMark Last, long Inputs)
{
    /// <summary>Of one raw value; of a bar, one trade.</summary>
    /// <param name="weight">The weight of a mean, the volume of a bar; else of no meaning.</param>
    public static Sample Of(MergeLaw law, decimal value, DateTimeOffset at, string tie = "", decimal weight = 1)
    {
        var mark = new SampleMark(at.ToUniversalTime(), tie);
        return law switch
        {
            MergeLaw.WeightedMean => new(value * weight, weight, 0, 0, 0, mark, mark, 1),
            MergeLaw.Ohlcv => new(value, value, value, value, weight, mark, mark, 1),
            _ => new(value, 0, 0, 0, 0, mark, mark, 1),
        };
    }

    /// <summary>What a reader is shown; null for a mean without weight.</summary>
    public decimal? ValueBy(MergeLaw law) => law switch
    {
        MergeLaw.WeightedMean => B == 0 ? null : decimal.Round(A / B, decimals: 16, MidpointRounding.ToEven),
        MergeLaw.Ohlcv => D,
        _ => A,
    };
}

/// <summary>The laws.</summary>
public static class Samples
{
    extension(MergeLaw law)
    {
        public Sample Merge(Sample one, Sample other)
        {
            var merged = law switch
            {
                MergeLaw.Last => Later(one, other),
                MergeLaw.Sum => one with { A = one.A + other.A },
                MergeLaw.Min => one with { A = Math.Min(one.A, other.A) },
                MergeLaw.Max => one with { A = Math.Max(one.A, other.A) },
                MergeLaw.WeightedMean => one with { A = one.A + other.A, B = one.B + other.B },
                _ => one with
                {
                    A = Earlier(one, other).A,
                    B = Math.Max(one.B, other.B),
                    C = Math.Min(one.C, other.C),
                    D = Later(one, other).D,
                    Volume = one.Volume + other.Volume,
                },
            };
            return merged with
            {
                First = one.First <= other.First ? one.First : other.First,
                Last = one.Last >= other.Last ? one.Last : other.Last,
                Inputs = one.Inputs + other.Inputs,
            };
        }

        /// <summary>Null of none.</summary>
        public Sample? Fold(IEnumerable<Sample> samples) =>
            samples.Aggregate(default(Sample), (merged, next) => merged is null ? next : law.Merge(merged, next));
    }

    // Two that carry the same mark and differ contradict each other: the larger stands, whichever came first.
    private static Sample Later(Sample one, Sample other) => one.Last.CompareTo(other.Last) switch
    {
        > 0 => one,
        < 0 => other,
        _ => (one.D, one.A).CompareTo((other.D, other.A)) >= 0 ? one : other,
    };

    private static Sample Earlier(Sample one, Sample other) => one.First.CompareTo(other.First) switch
    {
        < 0 => one,
        > 0 => other,
        _ => one.A >= other.A ? one : other,
    };
}
