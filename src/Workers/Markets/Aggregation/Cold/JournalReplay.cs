using Platform.Domain.Markets;
using Platform.Domain.Markets.Aggregation;
using Platform.Projections.Markets;

namespace Platform.Workers.Markets.Aggregation.Cold;

/// <summary>Puts back into memory what the segments of an earlier life say was counted.</summary>
/// <param name="written">The batches that the database has: it says their sums.</param>
internal sealed class JournalReplay(Aggregator aggregator, IReadOnlySet<Guid> written)
{
    private readonly Dictionary<(VenueId, MarketKey), (MarketSeat Seat, short Venue)> places = [];

    /// <summary>How many trades were counted.</summary>
    public long Trades { get; private set; }

    /// <summary>Oldest segment first.</summary>
    public void Replay(string path)
    {
        var numbers = new Dictionary<int, (MarketSeat Seat, short Venue)>();
        var isWritten = false;
        foreach (var record in JournalSegment.Read(path))
            switch (record)
            {
                case JournalRecord.Begun(var batch):
                    isWritten = written.Contains(batch);
                    break;
                case JournalRecord.Counting(var number, var since):
                    Restore(numbers[number], (markets, place) => markets.Restore(place.Seat.Number, place.Venue, since));
                    break;
                case JournalRecord.Named named:
                    numbers[named.Number] = places[(named.Venue, named.Market)] = PlaceOf(named);
                    break;
                case JournalRecord.Remembered(var number, var memory):
                    Restore(numbers[number], (markets, place) => markets.Restore(place.Seat.Number, place.Venue, memory));
                    break;
                case JournalRecord.Traded(var number, var bucket, var ids):
                    var sum = isWritten ? default : bucket.Sum;
                    Restore(numbers[number], (markets, place) =>
                        markets.Restore(bucket with { Market = place.Seat.Number, Venue = place.Venue, Sum = sum }, ids));
                    Trades += ids.Length;
                    break;
                default: break;
            }
    }

    /// <summary>What was restored in a shard: markets by their numbers, and venues.</summary>
    public IEnumerable<(int Market, short Venue)> Of(AggregatorShard shard) =>
        places.Values.Where(place => place.Seat.Shard == shard).Select(place => (place.Seat.Number, place.Venue)).Distinct();

    /// <summary>What the windows hold of earlier batches.</summary>
    /// <param name="past">Asks the database what it has of a market at a venue.</param>
    public async Task RefillAsync(Func<VenueId, MarketKey, Task<IReadOnlyList<PastTrades>>> past)
    {
        foreach (var ((venue, market), place) in places)
            foreach (var part in await past(venue, market))
            {
                var scale = place.Seat.Scale;
                TradeSum sum = new(
                    WideDecimal.To(part.QuoteVolume, scale.PricePlaces + scale.QuantityPlaces),
                    WideDecimal.To(part.Volume, scale.QuantityPlaces), part.Trades);
                Restore(place, (markets, at) => markets.Restore(at.Seat.Number, at.Venue, part.Start.UtcTicks, sum));
            }
    }

    private (MarketSeat, short) PlaceOf(JournalRecord.Named named)
    {
        var venue = aggregator.Intake(named.Venue);
        venue.List(named.Market, named.Scale);
        return (aggregator.SeatOf(named.Market, named.Scale), venue.Number);
    }

    private static void Restore((MarketSeat Seat, short Venue) place, Action<MarketShard, (MarketSeat Seat, short Venue)> restore) =>
        place.Seat.Shard.With((markets, _) =>
        {
            restore(markets, place);
            return true;
        });
}
