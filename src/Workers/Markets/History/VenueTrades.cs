using Platform.Domain.Markets;
using Platform.Workers.Markets.Venues;

namespace Platform.Workers.Markets.History;

/// <summary>Trades of a venue whose ids rise by one, asked for again so that their ids show that none is missing.</summary>
internal static class VenueTrades
{
    private const int PageMax = 1000;
    private const int CallsMax = 12;

    // How far behind the first that is missing a page begins, and how long before the stretch where the venue pages by time.
    private const int FirstBack = 500;
    private const int BackGrowth = 4;
    private static readonly TimeSpan FirstLead = TimeSpan.FromMinutes(1);

    extension(IVenueMarketData venue)
    {
        /// <summary>All trades of [from, to), in their order; both ends are past.</summary>
        /// <param name="missing">Of which trades one does not know where others begin.</param>
        /// <returns>The trades, or why it is not proved that they are all.</returns>
        public async Task<(IReadOnlyList<PublicTrade> Trades, string? Trouble)> AllTradesAsync(
            Instrument instrument, MissingTrades missing, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
        {
            var told = new SortedDictionary<long, PublicTrade>();
            var (back, lead, isBefore, mark) = (FirstBack, FirstLead, false, default(TradeMark));
            for (var calls = 0; calls < CallsMax; calls++)
            {
                if (!isBefore)
                {
                    // What an earlier page held may lie apart from this one.
                    told.Clear();
                    (mark, back, lead) = (new(Math.Max(0, missing.First - 1 - back), from - lead), back * BackGrowth, lead * BackGrowth);
                }

                if (await venue.TradesAsync(instrument, mark, PageMax, cancellationToken)
                    is not VenueAnswer<IReadOnlyList<PublicTrade>>.Answered { Value: var page })
                    return ([], "The venue did not give its trades.");

                var isEnd = !page.Any(trade => !told.ContainsKey(trade.Id));
                foreach (var trade in page)
                    told[trade.Id] = trade;
                if (!isBefore)
                {
                    // Of trades before the stretch one is enough, and the very first has none before it.
                    isBefore = told.Count > 0 && told.First().Value is var first && (first.At < from || first.Id == 1);
                    if (!isBefore)
                        continue;
                }

                var last = told.Last().Value;
                if (isEnd || last.At >= to)
                    return Whole(told, missing, from, to);
                mark = new(last.Id, last.At);
            }

            return ([], "It is more than the venue gives at once.");
        }
    }

    private static (IReadOnlyList<PublicTrade>, string?) Whole(
        SortedDictionary<long, PublicTrade> told, MissingTrades missing, DateTimeOffset from, DateTimeOffset to)
    {
        var (first, last) = (told.First().Key, told.Last().Key);
        return last >= missing.Last && last - first + 1 == told.Count
            ? ([.. told.Values.Where(trade => trade.At >= from && trade.At < to)], null)
            : ([], "The venue's own trades have holes between their ids.");
    }
}
