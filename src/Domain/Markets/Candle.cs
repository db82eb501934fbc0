using Platform.Domain.Values;

namespace Platform.Domain.Markets;

/// <summary>What traded in one interval, starting at <paramref name="OpenTime"/> (UTC).</summary>
/// <param name="Volume">In base units.</param>
/// <param name="IsFilledForward">No trade, no bar: this one repeats the close before it, so that a chart has no hole.</param>
public sealed record Candle(
    DateTimeOffset OpenTime, Price Open, Price High, Price Low, Price Close, Quantity Volume,
    bool IsFilledForward = false);

/// <summary>The candle lengths that the platform serves.</summary>
public enum CandleInterval { OneMinute, FiveMinutes, FifteenMinutes, OneHour, FourHours, OneDay }

public static class Candles
{
    extension(CandleInterval interval)
    {
        public TimeSpan Length => interval switch
        {
            CandleInterval.OneMinute => TimeSpan.FromMinutes(1),
            CandleInterval.FiveMinutes => TimeSpan.FromMinutes(5),
            CandleInterval.FifteenMinutes => TimeSpan.FromMinutes(15),
            CandleInterval.OneHour => TimeSpan.FromHours(1),
            CandleInterval.FourHours => TimeSpan.FromHours(4),
            CandleInterval.OneDay => TimeSpan.FromDays(1),
            _ => throw new ArgumentOutOfRangeException(nameof(interval), interval, "No such interval."),
        };

        /// <summary>As venues and the API spell it: 1m, 5m, 15m, 1h, 4h, 1d.</summary>
        public string Code => interval switch
        {
            CandleInterval.OneMinute => "1m",
            CandleInterval.FiveMinutes => "5m",
            CandleInterval.FifteenMinutes => "15m",
            CandleInterval.OneHour => "1h",
            CandleInterval.FourHours => "4h",
            CandleInterval.OneDay => "1d",
            _ => throw new ArgumentOutOfRangeException(nameof(interval), interval, "No such interval."),
        };
    }

    /// <summary>Null when no interval is spelled so.</summary>
    public static CandleInterval? IntervalOf(string code) =>
        Enum.GetValues<CandleInterval>().Cast<CandleInterval?>().FirstOrDefault(
            interval => string.Equals(interval!.Value.Code, code, StringComparison.Ordinal));

    /// <summary>The latest bars, the holes between them filled and marked; oldest first.</summary>
    /// <param name="candles">Oldest first, at most one for each open time.</param>
    /// <param name="limit">The most bars answered, so that a long silence cannot fill the memory.</param>
    public static IReadOnlyList<Candle> FillForward(IReadOnlyList<Candle> candles, CandleInterval interval, int limit)
    {
        var filled = new List<Candle>();
        for (var i = candles.Count - 1; i >= 0 && filled.Count < limit; i--)
        {
            filled.Add(candles[i]);
            if (i == 0)
                break;
            var earlier = candles[i - 1];
            var missing = candles[i].OpenTime - interval.Length;
            for (; missing > earlier.OpenTime && filled.Count < limit; missing -= interval.Length)
                filled.Add(new(
                    missing, earlier.Close, earlier.Close, earlier.Close, earlier.Close, Quantity.Zero,
                    IsFilledForward: true));
        }

        filled.Reverse();
        return filled;
    }
}
