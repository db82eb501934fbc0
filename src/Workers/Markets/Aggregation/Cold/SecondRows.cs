using Platform.Domain.Markets;
using Platform.Domain.Markets.Aggregation;
using Platform.Projections.Markets;

namespace Platform.Workers.Markets.Aggregation.Cold;

/// <summary>A segment of the journal as rows of the database.</summary>
internal sealed record SecondRows(Guid Batch, IReadOnlyList<(VenueId Venue, MarketKey Market, TradeSecond Second)> Rows)
{
    /// <summary>Its buckets, added up to seconds. Null for one that was cut off before it began.</summary>
    public static SecondRows? Of(IEnumerable<JournalRecord> segment)
    {
        Guid? batch = null;
        var names = new Dictionary<int, JournalRecord.Named>();
        var seconds = new Dictionary<(int Number, long Second), TradeBucket>();
        foreach (var record in segment)
            switch (record)
            {
                case JournalRecord.Begun begun: batch = begun.Batch; break;
                case JournalRecord.Named named: names[named.Number] = named; break;
                case JournalRecord.Traded traded:
                    var key = (traded.Number, traded.Bucket.At / TimeSpan.TicksPerSecond);
                    seconds[key] = seconds.TryGetValue(key, out var sum) ? sum + traded.Bucket : traded.Bucket;
                    break;
                default: break;
            }

        return batch is { } id
            ? new(id, [.. seconds.OrderBy(second => second.Key).Select(second => Row(names[second.Key.Number], second.Key.Second, second.Value))])
            : null;
    }

    private static (VenueId, MarketKey, TradeSecond) Row(JournalRecord.Named of, long second, in TradeBucket sum)
    {
        var scale = of.Scale;
        return (of.Venue, of.Market, new(
            new(second * TimeSpan.TicksPerSecond, TimeSpan.Zero),
            scale.Price(sum.Open), scale.Price(sum.High), scale.Price(sum.Low), scale.Price(sum.Close),
            WideDecimal.From(sum.Sum.Volume, scale.QuantityPlaces),
            WideDecimal.From(sum.Sum.PriceVolume, scale.PricePlaces + scale.QuantityPlaces),
            sum.Sum.Trades, new(sum.FirstAt, TimeSpan.Zero), new(sum.LastAt, TimeSpan.Zero)));
    }
}
