using Platform.Domain.Markets;
using Platform.Workers.Markets.Venues;

namespace Platform.Workers.Markets.History;

/// <summary>What a venue answers of its bars, page after page.</summary>
internal static class VenueBars
{
    /// <summary>The most that is asked for at once; venues that have smaller pages answer less.</summary>
    public const int PageMax = 1000;

    private const int CallsMax = 12;

    extension(BarLevel level)
    {
        /// <summary>Null where venues have no bars of this length in common.</summary>
        public CandleInterval? Interval => level switch
        {
            BarLevel.Minute => CandleInterval.OneMinute,
            BarLevel.FiveMinutes => CandleInterval.FiveMinutes,
            BarLevel.Hour => CandleInterval.OneHour,
            BarLevel.Day => CandleInterval.OneDay,
            _ => null,
        };
    }

    extension(MarketCatalog catalog)
    {
        /// <summary>Null when the venue does not list it, was never reached, or is none of ours.</summary>
        public Instrument? Find(VenueId venue, MarketKey market) => (catalog.InstrumentsOf(venue), market.Kind) switch
        {
            (null, _) => null,
            (_, InstrumentKind.Spot) => (catalog.Find(venue, market.Market) as MarketLookup.Listed)?.Instrument,
            var (listed, kind) => listed.FirstOrDefault(each => each.Market == market.Market && each.Kind == kind),
        };
    }

    extension(IVenueMarketData venue)
    {
        /// <summary>
        /// Answers that together cover [from, to), as far as the venue has it: each begins where the one before ended, with the same
        /// bar, so that nothing can hide between two.
        /// </summary>
        /// <returns>The answers, and why it ended before it was through; null when it did not.</returns>
        public async Task<(IReadOnlyList<IReadOnlyList<Candle>> Answers, string? Trouble)> CoverAsync(
            Instrument instrument, BarLevel level, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
        {
            var answers = new List<IReadOnlyList<Candle>>();
            for (var at = from; at < to; at = answers[^1][^1].OpenTime)
            {
                if (answers.Count == CallsMax)
                    return (answers, "It is more than the venue gives at once.");
                // An answer of one page holds the last bar of the one before, and something new.
                var wanted = (int)Math.Clamp((to - at).Ticks / level.Length.Ticks, 2, PageMax);
                if (await venue.CandlesAsync(instrument, level.Interval!.Value, at, wanted, cancellationToken)
                    is not VenueAnswer<IReadOnlyList<Candle>>.Answered { Value: var candles })
                    return (answers, "The venue did not answer.");

                // Whatever a venue does, each bar counts once, and in its place.
                var inOrder = candles.GroupBy(candle => candle.OpenTime).Select(same => same.Last()).OrderBy(candle => candle.OpenTime).ToList();
                answers.Add(inOrder);
                if (inOrder.Count == 0 || inOrder[^1].OpenTime <= at || inOrder[^1].OpenTime + level.Length >= to)
                    break;
            }

            return (answers, null);
        }
    }

    /// <summary>The same bar in the words of the store.</summary>
    public static Bar BarOf(Candle candle, BarState state = BarState.Traded, int revision = 0) => new(
        candle.OpenTime, new(candle.Open, candle.High, candle.Low, candle.Close), candle.Volume, QuoteVolume: null, Trades: null, state, revision);
}
