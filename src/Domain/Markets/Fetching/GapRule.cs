using System.Diagnostics;

namespace Platform.Domain.Markets.Fetching;

/// <summary>Why there is nothing.</summary>
public enum GapCause
{
    /// <summary>Between two facts that are there.</summary>
    Missing = 0,

    /// <summary>Since the newest one: it may yet come.</summary>
    Late,
}

/// <summary>A time of which nothing is known that should be.</summary>
/// <param name="Subject">Of the facts; <see cref="Fact.Subject"/>.</param>
/// <param name="From">The first value date that is missing.</param>
/// <param name="To">The next one that is there, or until when was looked; itself not missing.</param>
public sealed record FactGap(FetcherId Fetcher, string Subject, DateTimeOffset From, DateTimeOffset To, GapCause Cause);

/// <summary>How value dates follow each other when nothing is missing.</summary>
public enum GapStep
{
    /// <summary>They come as they come: there are no gaps.</summary>
    None = 0,

    /// <summary>Every so often, and no further apart.</summary>
    Each,

    /// <summary>Monday to Friday; a day without a value is published as such.</summary>
    Weekday,

    /// <summary>On the same day of every month.</summary>
    Month,

    /// <summary>On the same day of every third month.</summary>
    Quarter,
}

/// <param name="Length">The longest distance that is none, of <see cref="GapStep.Each"/>; else zero.</param>
public sealed record GapRule(GapStep Step, TimeSpan Length)
{
    public static GapRule None { get; } = new(GapStep.None, TimeSpan.Zero);

    public static GapRule Weekdays { get; } = new(GapStep.Weekday, TimeSpan.Zero);

    public static GapRule Months { get; } = new(GapStep.Month, TimeSpan.Zero);

    public static GapRule Quarters { get; } = new(GapStep.Quarter, TimeSpan.Zero);

    public static GapRule Each(TimeSpan length) => new(GapStep.Each, length);

    /// <summary>Value dates nearer to each other have no gap between them, whatever the dates.</summary>
    public TimeSpan Shortest => Step switch
    {
        GapStep.None => TimeSpan.MaxValue,
        GapStep.Each => Length,
        GapStep.Weekday => TimeSpan.FromDays(1),
        GapStep.Month => TimeSpan.FromDays(28),
        GapStep.Quarter => TimeSpan.FromDays(89),
        _ => throw new UnreachableException(),
    };

    /// <summary>How far back it is worth looking.</summary>
    public TimeSpan Lookback => Step is GapStep.Each ? Length * 1_000L : TimeSpan.FromDays(20_000);

    /// <summary>The value date that should follow; null when none has to.</summary>
    public DateTimeOffset? After(DateTimeOffset at) => Step switch
    {
        GapStep.None => null,
        GapStep.Each => at + Length,
        GapStep.Weekday => at.AddDays(at.DayOfWeek switch { DayOfWeek.Friday => 3, DayOfWeek.Saturday => 2, _ => 1 }),
        GapStep.Month => at.AddMonths(1),
        GapStep.Quarter => at.AddMonths(3),
        _ => throw new UnreachableException(),
    };

    /// <summary>From the first one missing to the next one there; null when none is missing between the two.</summary>
    public (DateTimeOffset From, DateTimeOffset To)? Between(DateTimeOffset at, DateTimeOffset next) =>
        After(at) is { } expected && expected < next ? (expected, next) : null;
}
