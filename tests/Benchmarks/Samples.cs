using System.Globalization;

namespace Platform.Benchmarks;

/// <summary>How long the same thing took each time.</summary>
public sealed class Samples
{
    private readonly List<TimeSpan> times = [];

    public void Add(TimeSpan time) => times.Add(time);

    /// <summary>The time that so many of a hundred stay within.</summary>
    /// <param name="percent">0 to 99.</param>
    public TimeSpan At(int percent) => times.Order().ElementAt(times.Count * percent / 100);

    /// <summary>The median, and between what eight of ten were: what of it is the machine's doing.</summary>
    public string Spread(Func<TimeSpan, string> text) => $"{text(At(50))} ({text(At(10))} to {text(At(90))})";

    /// <summary>How many times longer ours took than the reference, at the same place of both.</summary>
    public static decimal Ratio(TimeSpan ours, TimeSpan reference) => (decimal)ours.Ticks / reference.Ticks;

    /// <summary>For the table, e.g. <c>1.25 ms</c>.</summary>
    public static string Text(TimeSpan time) =>
        string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:F2} ms");
}
