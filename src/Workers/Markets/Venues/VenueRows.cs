using System.Text.Json;
using Platform.Domain.Markets;

namespace Platform.Workers.Markets.Venues;

/// <summary>Rows of an answer that concern what was asked for.</summary>
internal static class VenueRows
{
    /// <summary>Everything that the platform can name.</summary>
    public static IReadOnlyList<Instrument> Instruments(IEnumerable<JsonElement> rows, Func<JsonElement, Instrument?> read) =>
        [.. rows.Select(read).OfType<Instrument>()];

    /// <summary>The days of the instruments; rows about others are passed over unread.</summary>
    public static IReadOnlyList<(Instrument Instrument, DaySummary Day)> Days(
        IEnumerable<JsonElement> rows, IReadOnlyCollection<Instrument> instruments, Func<JsonElement, string?> nameOf,
        Func<JsonElement, DaySummary> read)
    {
        var wanted = instruments.ToDictionary(instrument => instrument.VenueSymbol, StringComparer.Ordinal);
        return
        [
            .. from row in rows
               let name = nameOf(row)
               where name is not null && wanted.ContainsKey(name)
               select (wanted[name], read(row)),
        ];
    }

    /// <summary>Oldest first, without those that the asker has.</summary>
    public static IReadOnlyList<PublicTrade> TradesAfter(TradeMark? since, int limit, IEnumerable<PublicTrade> trades)
    {
        PublicTrade[] ordered = [.. trades.OrderBy(trade => trade.At).ThenBy(trade => trade.Id)];
        return since is { } mark
            ? [.. ordered.Where(trade => trade.Id > mark.Id).Take(limit)]
            : [.. ordered.TakeLast(limit)];
    }

    /// <summary>Oldest first, from the one that is wanted on.</summary>
    public static IReadOnlyList<Candle> CandlesFrom(DateTimeOffset? from, int limit, IEnumerable<Candle> candles)
    {
        var ordered = candles.OrderBy(candle => candle.OpenTime);
        return from is { } first
            ? [.. ordered.Where(candle => candle.OpenTime >= first).Take(limit)]
            : [.. ordered.TakeLast(limit)];
    }

    /// <summary>Bars of four hours, for venues that have none, out of those of one hour; oldest first.</summary>
    public static IEnumerable<Candle> FourHoursOf(IEnumerable<Candle> hours) =>
        from hour in hours.OrderBy(hour => hour.OpenTime)
        group hour by hour.OpenTime.AddHours(-(hour.OpenTime.UtcDateTime.Hour % 4)) into four
        select four.Aggregate((bar, next) => bar with
        {
            High = next.High.Value > bar.High.Value ? next.High : bar.High,
            Low = next.Low.Value < bar.Low.Value ? next.Low : bar.Low,
            Close = next.Close,
            Volume = bar.Volume + next.Volume,
        }) with { OpenTime = four.Key };
}
