using Platform.Domain.Markets.Aggregation;

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
    private readonly HashSet<int> named = [];
    private readonly HashSet<(int Number, long Second)> rows = [];
    private readonly Lock gate = new();
    private JournalSegment segment;
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
            rows.Add((number, bucket.At / TimeSpan.TicksPerSecond));
        }

        if (!page.Bytes.IsEmpty)
            Write();
        if (rows.Count >= journal.Options.BatchRows || (rows.Count > 0 && now - begunAt >= journal.Options.BatchPeriod))
            Next(markets, now);
    }

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
        var full = segment;
        // The disk has it before the next one says that its trades were counted, and the next one is there before it may go.
        full.Sync();
        lock (gate)
            segment = journal.Begin();
        Begin(markets, now);
        full.Dispose();
        journal.Close(full.Path);
    }

    private void Begin(MarketShard markets, DateTimeOffset now)
    {
        (begunAt, var batch) = (now, Guid.CreateVersion7(now));
        rows.Clear();
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
        if (!named.Add(number))
            return;

        known[number] = of;
        var scale = markets.ViewOf(of.Market).Read().Scale;
        page.Add(to => to.Named(number, journal.VenueOf(of.Venue), markets.KeyOf(of.Market), scale));
    }

    private void Write()
    {
        segment.Append(page);
        journal.Grew(page.Bytes.Length);
    }
}
