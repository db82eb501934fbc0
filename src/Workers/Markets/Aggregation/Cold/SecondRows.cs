using Platform.Domain.Markets;
using Platform.Projections.Markets;

namespace Platform.Workers.Markets.Aggregation.Cold;

/// <summary>A segment of the journal as rows of the database.</summary>
/// <param name="Span">From the first second to the last.</param>
internal sealed record SecondRows(
    Guid Batch, IReadOnlyList<(VenueId Venue, MarketKey Market, TradeSecond Second)> Rows, SecondSpan Span)
{
    /// <summary>Its buckets, added up to seconds. Null for one that was cut off before it began.</summary>
    public static SecondRows? Of(IEnumerable<JournalRecord> segment)
    {
        Guid? batch = null;
        var names = new Dictionary<int, JournalRecord.Named>();
        var sums = new SecondSums();
        foreach (var record in segment)
            switch (record)
            {
                case JournalRecord.Begun begun: batch = begun.Batch; break;
                case JournalRecord.Named named: names[named.Number] = named; break;
                case JournalRecord.Traded traded: sums.Add(traded.Number, traded.Bucket); break;
                default: break;
            }

        return batch is { } id
            ? new(id, [
                .. from number in sums.Numbers
                   let name = names[number]
                   from second in sums.Of(number, name.Scale)
                   select (name.Venue, name.Market, second),
            ], sums.Span)
            : null;
    }

    /// <summary>The seconds of one market at one venue, for who needs no others.</summary>
    public IEnumerable<SecondPart> Of(VenueId venue, MarketKey market) =>
        Rows.Where(row => row.Venue == venue && row.Market == market).Select(row => new SecondPart(Batch, row.Second));
}
