using Platform.Domain.Markets.Aggregation;
using Platform.Projections.Markets;

namespace Platform.Workers.Markets.Aggregation.Cold;

/// <summary>
/// What one shard counted and the database does not have yet. Appended to by the shard's own flush; a segment that holds enough
/// for a batch is closed, and the next begins with what must be remembered of all before it.
/// </summary>
internal sealed class ShardJournal : IDisposable
{
    // A venue that pages by time alone may answer the last instant again, in seconds where it counts in those.
    private static readonly TimeSpan Remembered = TimeSpan.FromSeconds(2);

    private readonly Journal journal;
    private readonly JournalPage page = new();
    private readonly Dictionary<int, (int Market, short Venue)> known = [];
    // With since when the segment says that it is counted.
    private readonly Dictionary<int, long> named = [];
    private readonly SecondSums sums = new();
    private readonly Lock gate = new();
    private JournalSegment segment;
    private Guid batch;
    private DateTimeOffset begunAt;

    /// <param name="known">What another life counted: markets by their numbers in the shard, and venues.</param>
    public ShardJournal(Journal journal, MarketShard markets, IEnumerable<(int Market, short Venue)> known, DateTimeOffset now)
    {
        this.journal = journal;
        foreach (var each in known)
            this.known[NumberOf(each.Market, each.Venue)] = each;
        segment = journal.Begin();
        Begin(markets, now);
    }

    /// <summary>Called with each flush, which waits for it.</summary>
    public void Append(MarketShard markets, DateTimeOffset now)
    {
        page.Clear();
        foreach (var bucket in markets.Closed.Buckets)
        {
            var number = NumberOf(bucket.Market, bucket.Venue);
            Name(number, (bucket.Market, bucket.Venue), markets);
            var ids = markets.Closed.Ids.Slice(bucket.FirstId, (int)bucket.Sum.Trades);
            page.Traded(number, bucket, ids);
            sums.Add(number, bucket);
        }

        if (!page.Bytes.IsEmpty)
            Write();
        if (sums.Count >= journal.Options.BatchRows || (sums.Count > 0 && now - begunAt >= journal.Options.BatchPeriod))
            Next(markets, now);
    }

    /// <summary>What was counted since the last batch. Under the shard's lock, as <see cref="Append"/>.</summary>
    public IReadOnlyList<SecondPart> Unwritten(int market, short venue, MarketScale scale) =>
        [.. sums.Of(NumberOf(market, venue), scale).Select(second => new SecondPart(batch, second))];

    /// <summary>Makes what was appended safe on the disk.</summary>
    public void Sync()
    {
        lock (gate)
            segment.Sync();
    }

    public void Dispose() => segment.Dispose();

    private static int NumberOf(int market, short venue) => (market * MarketShard.VenuesMax) + venue;

    private void Next(MarketShard markets, DateTimeOffset now)
    {
        var (full, seconds) = (segment, sums.Span);
        // The disk has it before the next one says that its trades were counted, and the next one is there before it may go.
        full.Sync();
        lock (gate)
            segment = journal.Begin();
        Begin(markets, now);
        full.Dispose();
        journal.Close(full.Path, seconds);
    }

    private void Begin(MarketShard markets, DateTimeOffset now)
    {
        (begunAt, batch) = (now, Guid.CreateVersion7(now));
        sums.Clear();
        named.Clear();
        page.Clear();
        page.Add(to => to.Begun(batch));
        foreach (var (number, of) in known.ToArray())
        {
            Name(number, of, markets);
            if (markets.MemoryOf(of.Market, of.Venue, Remembered) is { } memory)
                page.Add(to => to.Remembered(number, memory));
        }

        Write();
    }

    private void Name(int number, (int Market, short Venue) of, MarketShard markets)
    {
        var since = markets.CountedSince(of.Market, of.Venue);
        if (named.TryGetValue(number, out var said) && said == since)
            return;

        (known[number], named[number]) = (of, since);
        var scale = markets.ViewOf(of.Market).Read().Scale;
        page.Add(to => to.Named(number, journal.VenueOf(of.Venue), markets.KeyOf(of.Market), scale));
        if (since > 0)
            page.Add(to => to.Counting(number, since));
    }

    private void Write()
    {
        segment.Append(page);
        journal.Grew(page.Bytes.Length);
    }
}
