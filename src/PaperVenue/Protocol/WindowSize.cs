using System.Globalization;

namespace Platform.PaperVenue.Protocol;

/// <summary>The span of a rolling window ticker: 1m to 59m, 1h to 23h, 1d to 7d.</summary>
public static class WindowSize
{
    /// <exception cref="RefusedException">The text is none of these.</exception>
    public static TimeSpan Read(string text)
    {
        if (!int.TryParse(text.AsSpan(..^1), NumberStyles.None, CultureInfo.InvariantCulture, out var count))
            throw new RefusedException(Refusals.NotValid("windowSize"));
        return (text[^1], count) switch
        {
            ('m', >= 1 and <= 59) => TimeSpan.FromMinutes(count),
            ('h', >= 1 and <= 23) => TimeSpan.FromHours(count),
            ('d', >= 1 and <= 7) => TimeSpan.FromDays(count),
            _ => throw new RefusedException(Refusals.NotValid("windowSize")),
        };
    }
}
