using Platform.PaperVenue.Markets;

namespace Platform.PaperVenue.Liquidity;

/// <summary>Invents the candles from before the start, from the fair price that the house then trades at.</summary>
public static class Past
{
    private const int Minutes = 7 * 1440;
    private const int Hours = 90 * 24;
    private const int Days = 500;

    // What trades in a minute, in shares of a level's worth; about what the synthetic flow does.
    private const decimal MinuteTurnover = 12m;

    /// <param name="now">Unix milliseconds; candles end before it, in the minute that is open.</param>
    public static void Fill(MarketView view, HouseMarket market, long now)
    {
        var past = new Walk(market, now);
        var minutes = past.Of(Interval.OneMinute, Minutes, samples: 2);
        var hours = past.Of(Interval.OneHour, Hours, samples: 4);
        var days = past.Of(Interval.OneDay, Days, samples: 6);
        hours = WithFiner(hours, minutes, Interval.OneHour);
        days = WithFiner(days, hours, Interval.OneDay);
        view.Candles.Fill(Interval.OneMinute, minutes);
        view.Candles.Fill(Interval.OneHour, hours);
        view.Candles.Fill(Interval.OneDay, days);
        view.StartAt(minutes[^1].Close);
    }

    /// <summary>Replaces coarse candles by the sum of the fine ones where these go back far enough.</summary>
    private static List<Candle> WithFiner(List<Candle> coarse, List<Candle> fine, Interval interval)
    {
        var sums = new List<Candle>();
        foreach (var candle in fine.SkipWhile(candle => interval.OpenOf(candle.OpenTime) != candle.OpenTime))
        {
            var open = interval.OpenOf(candle.OpenTime);
            if (sums.Count > 0 && sums[^1].OpenTime == open)
                sums[^1] = sums[^1].Then(candle);
            else
                sums.Add(candle);
        }
        return [.. coarse.TakeWhile(candle => sums.Count == 0 || candle.OpenTime < sums[0].OpenTime), .. sums];
    }

    private sealed class Walk(HouseMarket market, long now)
    {
        private readonly ulong noise = Noise.Seed(0, market.Instrument.Symbol + "/volume");

        public List<Candle> Of(Interval interval, int count, int samples)
        {
            var candles = new List<Candle>(count);
            var last = interval.OpenOf(now);
            for (var open = last - ((count - 1) * interval.Milliseconds); open <= last; open += interval.Milliseconds)
                candles.Add(Candle(interval, open, samples));
            return candles;
        }

        private Candle Candle(Interval interval, long open, int samples)
        {
            var end = Math.Min(open + interval.Milliseconds, now);
            var (first, last) = (Price(open), Price(end));
            var (high, low) = (Math.Max(first, last), Math.Min(first, last));
            for (var i = 1; i < samples; i++)
            {
                var between = Price(open + ((end - open) * i / samples));
                (high, low) = (Math.Max(high, between), Math.Min(low, between));
            }
            return WithVolume(new(open, first, high, low, last, 0, 0, 0, 0, 0, -1, -1), end - open);
        }

        private decimal Price(long at) => market.Instrument.FloorToTick(market.FairPrice(at));

        private Candle WithVolume(Candle candle, long milliseconds)
        {
            var (one, other) = (Noise.Unit(noise, candle.OpenTime), Noise.Unit(noise, candle.OpenTime + 1));
            var turnover = market.LevelNotional * MinuteTurnover * (0.5m + one) * milliseconds / 60_000;
            var volume = market.Instrument.FloorToLot(turnover / candle.Close);
            var bought = market.Instrument.FloorToLot(volume * (0.3m + (0.4m * other)));
            return candle with
            {
                Volume = volume,
                QuoteVolume = volume * candle.Close,
                TakerBuyVolume = bought,
                TakerBuyQuoteVolume = bought * candle.Close,
                Trades = (int)(milliseconds / 500),
            };
        }
    }
}
