using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace Platform.Domain.Markets;

/// <summary>The lengths of bars that are stored; all others are made of them.</summary>
public enum BarLevel { Second, Minute, FiveMinutes, Hour, Day }

public static class BarLevels
{
    extension(BarLevel level)
    {
        public TimeSpan Length => level switch
        {
            BarLevel.Second => TimeSpan.FromSeconds(1),
            BarLevel.Minute => TimeSpan.FromMinutes(1),
            BarLevel.FiveMinutes => TimeSpan.FromMinutes(5),
            BarLevel.Hour => TimeSpan.FromHours(1),
            _ => TimeSpan.FromDays(1),
        };

        /// <summary>The next longer one, which is rolled up from this; null for days.</summary>
        public BarLevel? Parent => level is BarLevel.Day ? null : level + 1;

        /// <summary>The start of the bar that an instant is in.</summary>
        public DateTimeOffset StartOf(DateTimeOffset at) => DateTimeOffset.UnixEpoch + TimeSpan.FromTicks(
            (at - DateTimeOffset.UnixEpoch).Ticks / level.Length.Ticks * level.Length.Ticks);
    }
}

/// <summary>What a timeframe is counted in.</summary>
public enum TimeUnit { Second, Minute, Hour, Day, Week, Month }

/// <summary>
/// The length of a bar, from a second to a month. Bars are half-open and named by their start, in UTC: weeks start on
/// Monday, months are the calendar's, and all else is counted from the first instant of 1970.
/// </summary>
[StructLayout(LayoutKind.Auto)]
public readonly partial record struct Timeframe
{
    // Monday, as weeks are counted from.
    private static readonly DateTimeOffset FirstMonday = DateTimeOffset.UnixEpoch.AddDays(4);

    private Timeframe(int count, TimeUnit unit) => (Count, Unit) = (count, unit);

    public static Timeframe OneMinute { get; } = new(1, TimeUnit.Minute);

    public int Count { get; }

    public TimeUnit Unit { get; }

    /// <summary>As venues and the API spell it: 1s, 5m, 4h, 1d, 1w, 1M.</summary>
    public string Code => $"{Count.ToString(CultureInfo.InvariantCulture)}{"smhdwM"[(int)Unit]}";

    /// <summary>The longest stored bars that it is a whole number of.</summary>
    public BarLevel Base
    {
        get
        {
            var length = LengthMax;
            return Enum.GetValues<BarLevel>().Last(level => length.Ticks % level.Length.Ticks == 0);
        }
    }

    /// <summary>The length; of months, that of the longest.</summary>
    public TimeSpan LengthMax => Unit is TimeUnit.Month ? TimeSpan.FromDays(31) : UnitLength(Unit) * Count;

    /// <summary>At most so many stored bars make one.</summary>
    public int BaseBarsMax => (int)(LengthMax.Ticks / Base.Length.Ticks);

    /// <summary>False when nothing is spelled so, or it is longer than a month.</summary>
    public static bool TryFrom(string? code, out Timeframe timeframe)
    {
        timeframe = default;
        if (code is null || Spelling().Match(code) is not { Success: true } match)
            return false;

        timeframe = new(
            int.Parse(match.Groups["count"].ValueSpan, CultureInfo.InvariantCulture),
            (TimeUnit)"smhdwM".IndexOf(match.Groups["unit"].ValueSpan[0], StringComparison.Ordinal));
        return timeframe.Unit is TimeUnit.Month ? timeframe.Count == 1 : timeframe.LengthMax <= TimeSpan.FromDays(31);
    }

    /// <exception cref="ArgumentException">Nothing is spelled so.</exception>
    public static Timeframe From(string code) => TryFrom(code, out var timeframe)
        ? timeframe
        : throw new ArgumentException("A timeframe is a number and one of s, m, h, d, w, M, of at most one month.", nameof(code));

    /// <summary>The start of the bar that an instant is in.</summary>
    public DateTimeOffset StartOf(DateTimeOffset at)
    {
        var utc = at.ToUniversalTime();
        if (Unit is TimeUnit.Month)
            return new(utc.Year, utc.Month, 1, 0, 0, 0, TimeSpan.Zero);

        var origin = Unit is TimeUnit.Week ? FirstMonday : DateTimeOffset.UnixEpoch;
        var (length, since) = (LengthMax.Ticks, (utc - origin).Ticks);
        return origin.AddTicks((since - (((since % length) + length) % length)));
    }

    /// <summary>The start of the bar so many later; of earlier ones when below zero.</summary>
    /// <param name="start">The start of a bar.</param>
    public DateTimeOffset Step(DateTimeOffset start, int bars) =>
        Unit is TimeUnit.Month ? start.AddMonths(bars) : start + (LengthMax * bars);

    public override string ToString() => Code;

    private static TimeSpan UnitLength(TimeUnit unit) => unit switch
    {
        TimeUnit.Second => TimeSpan.FromSeconds(1),
        TimeUnit.Minute => TimeSpan.FromMinutes(1),
        TimeUnit.Hour => TimeSpan.FromHours(1),
        TimeUnit.Day => TimeSpan.FromDays(1),
        _ => TimeSpan.FromDays(7),
    };

    [GeneratedRegex("^(?<count>[1-9][0-9]{0,6})(?<unit>[smhdwM])$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Spelling();
}
