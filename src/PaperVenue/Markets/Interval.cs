using System.Collections.Frozen;

namespace Platform.PaperVenue.Markets;

/// <summary>A candle's span. Times are Unix milliseconds; weeks begin on Monday, months on the first, in UTC.</summary>
public sealed record Interval(string Name, long Milliseconds)
{
    private const long Second = 1_000;
    private const long Minute = 60 * Second;
    private const long Hour = 60 * Minute;
    private const long Day = 24 * Hour;

    // 1970-01-05, the first Monday of Unix time.
    private const long FirstMonday = 4 * Day;

    public static Interval OneSecond { get; } = new("1s", Second);

    public static Interval OneMinute { get; } = new("1m", Minute);

    public static Interval OneHour { get; } = new("1h", Hour);

    public static Interval OneDay { get; } = new("1d", Day);

    public static Interval OneMonth { get; } = new("1M", 30 * Day);

    /// <summary>Every interval that Binance Spot has, by its name.</summary>
    public static FrozenDictionary<string, Interval> All { get; } = new[]
    {
        OneSecond, OneMinute, new("3m", 3 * Minute), new("5m", 5 * Minute), new("15m", 15 * Minute),
        new("30m", 30 * Minute), OneHour, new("2h", 2 * Hour), new("4h", 4 * Hour), new("6h", 6 * Hour),
        new("8h", 8 * Hour), new("12h", 12 * Hour), OneDay, new("3d", 3 * Day), new("1w", 7 * Day), OneMonth,
    }.ToFrozenDictionary(interval => interval.Name, StringComparer.Ordinal);

    /// <summary>The stored candles that make up those of this interval.</summary>
    public Interval Source => Milliseconds switch
    {
        < Minute => OneSecond,
        < Hour => OneMinute,
        < Day => OneHour,
        _ => OneDay,
    };

    public long OpenOf(long at)
    {
        if (this == OneMonth)
        {
            var day = DateTimeOffset.FromUnixTimeMilliseconds(at);
            return new DateTimeOffset(day.Year, day.Month, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();
        }
        var origin = Milliseconds == 7 * Day ? FirstMonday : 0;
        return at - ((at - origin) % Milliseconds);
    }

    public long NextOpen(long open) => this == OneMonth
        ? DateTimeOffset.FromUnixTimeMilliseconds(open).AddMonths(1).ToUnixTimeMilliseconds()
        : open + Milliseconds;
}
