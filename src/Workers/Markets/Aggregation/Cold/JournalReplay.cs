using Platform.Domain.Markets.Aggregation;

namespace Platform.Workers.Markets.Aggregation.Cold;

/// <summary>Puts back into memory what the segments of an earlier life say was counted.</summary>
internal sealed class JournalReplay(Aggregator aggregator)
{
    private readonly Dictionary<(Domain.Markets.VenueId, Domain.Markets.MarketKey), (MarketSeat Seat, short Venue)> places = [];

    /// <summary>How many trades were counted.</summary>
    public long Trades { get; private set; }

    /// <summary>Oldest segment first.</summary>
    public void Replay(string path)
    {
        var numbers = new Dictionary<int, (MarketSeat Seat, short Venue)>();
        foreach (var record in JournalSegment.Read(path))
            switch (record)
            {
                case JournalRecord.Named named:
                    numbers[named.Number] = places[(named.Venue, named.Market)] = PlaceOf(named);
                    break;
                case JournalRecord.Remembered(var number, var memory):
                    Restore(numbers[number], (markets, place) => markets.Restore(place.Seat.Number, place.Venue, memory));
                    break;
                case JournalRecord.Traded(var number, var bucket, var ids):
                    Restore(numbers[number], (markets, place) =>
                        markets.Restore(bucket with { Market = place.Seat.Number, Venue = place.Venue }, ids));
                    Trades += ids.Length;
                    break;
                default: break;
            }
    }

    /// <summary>What was restored in a shard: markets by their numbers, and venues.</summary>
    public IEnumerable<(int Market, short Venue)> Of(AggregatorShard shard) =>
        places.Values.Where(place => place.Seat.Shard == shard).Select(place => (place.Seat.Number, place.Venue)).Distinct();

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
