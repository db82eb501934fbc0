using Platform.Domain.Markets;

namespace Platform.Workers.Tests.Markets.Venues;

/// <summary>A book that is kept by a venue's rules from what was heard.</summary>
internal static class HeardBook
{
    public static LocalOrderBook Of(BookRules rules, IEnumerable<HeardDepth> heard)
    {
        var book = new LocalOrderBook(rules);
        foreach (var depth in heard)
            if (depth.IsSnapshot)
                book.Apply(new DepthSnapshot(depth.LastUpdateId, depth.Bids, depth.Asks, depth.Checksum));
            else
                book.Apply(new DepthDifference(
                    depth.FirstUpdateId, depth.LastUpdateId, depth.Bids, depth.Asks, depth.PreviousUpdateId, depth.Checksum));
        return book;
    }
}
