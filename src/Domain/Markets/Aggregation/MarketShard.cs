using System.Numerics;

namespace Platform.Domain.Markets.Aggregation;

/// <summary>
/// Some of the markets with all their venues, in memory: takes ticks in any order and, when flushed, computes the markets
/// that changed. One writer at a time; the views may be read by anyone meanwhile.
/// </summary>
public sealed class MarketShard
{
    /// <summary>A bit of a mask each.</summary>
    public const int VenuesMax = 32;

    private const int BitsOfWord = 64;

    private readonly MarketPricing pricing = new();
    private readonly List<Seat> seats = [];
    private VenueSlot[] slots = new VenueSlot[VenuesMax];
    private ulong[] dirty = new ulong[1];

    /// <summary>Trades that came a second time and were not counted.</summary>
    public long Repeated { get; private set; }

    /// <summary>What the last flush counted.</summary>
    public ClosedTrades Closed { get; } = new();

    public int Markets => seats.Count;

    /// <summary>Takes up a market.</summary>
    /// <returns>Its number here.</returns>
    public int Add(MarketKey market, MarketScale scale)
    {
        var seat = new Seat(market);
        seat.View.Write(new() { Scale = scale });
        seats.Add(seat);
        if (slots.Length < seats.Count * VenuesMax)
            Array.Resize(ref slots, slots.Length * 2);
        if (dirty.Length * BitsOfWord < seats.Count)
            Array.Resize(ref dirty, dirty.Length * 2);
        return seats.Count - 1;
    }

    /// <summary>The market is listed at the venue.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such number of a venue.</exception>
    public void List(int market, short venue)
    {
        if (venue is < 0 or >= VenuesMax)
            throw new ArgumentOutOfRangeException(nameof(venue), $"Venues have numbers from 0 to {VenuesMax - 1}.");

        seats[market].Listed |= 1u << venue;
        Touch(market);
    }

    public MarketKey KeyOf(int market) => seats[market].Key;

    /// <summary>Where the view of a market is read, without waiting for anybody.</summary>
    public SeqLock<MarketView> ViewOf(int market) => seats[market].View;

    /// <param name="now">UTC ticks; a trade or a day dated later counts as of now.</param>
    public void Apply(ReadOnlySpan<Tick> ticks, long now)
    {
        foreach (ref readonly var tick in ticks)
            Apply(tick, now);
    }

    public void Apply(in Tick tick, long now)
    {
        ref var slot = ref slots[(tick.Market * VenuesMax) + tick.Venue];
        switch (tick.Kind)
        {
            case TickKind.Trade:
                if (!slot.TryTrade(tick, now))
                {
                    Repeated++;
                    return;
                }

                break;
            case TickKind.Quote: slot.Quote(tick); break;
            case TickKind.Day: slot.Day(tick, now); break;
            case TickKind.Standing: slot.Standing = (VenueStanding)tick.Id; break;
            case TickKind.Fee: slot.TakerFee = tick.Id; break;
            default: return;
        }

        dirty[tick.Market / BitsOfWord] |= 1UL << (tick.Market % BitsOfWord);
    }

    /// <summary>Time alone changes what a price is worth: all are computed at the next flush.</summary>
    public void TouchAll()
    {
        for (var market = 0; market < seats.Count; market++)
            Touch(market);
    }

    /// <summary>Computes the markets that were touched, and closes the trades that were counted since the last time.</summary>
    /// <param name="changed">The views that now say something else are added.</param>
    public void Flush(long now, ICollection<MarketDelta> changed)
    {
        Closed.Clear();
        for (var word = 0; word < dirty.Length; word++)
        {
            var bits = dirty[word];
            dirty[word] = 0;
            for (; bits != 0; bits &= bits - 1)
                Flush((word * BitsOfWord) + BitOperations.TrailingZeroCount(bits), now, changed);
        }
    }

    /// <summary>How the market's price comes about now.</summary>
    public IReadOnlyList<VenueEvidence> Explain(int market, long now)
    {
        var seat = seats[market];
        var view = seat.View.Read();
        pricing.Of(SlotsOf(market), seat.Listed, view, seat.Past(now), now);
        return pricing.Evidence(SlotsOf(market), view.Scale, now);
    }

    /// <summary>The market's index as it would be made now, with all that it is made of.</summary>
    public IndexSample Sample(int market, Func<short, VenueId> venueOf, long now)
    {
        var seat = seats[market];
        var (view, past) = (seat.View.Read(), seat.Past(now));
        pricing.Of(SlotsOf(market), seat.Listed, view, past, now);
        return new(
            seat.Key, new(now, TimeSpan.Zero), IndexRule.Methodology, view.Scale, past, pricing.Outcome, pricing.Parts(venueOf));
    }

    /// <summary>A person says that the only venue's price is right, however far it jumped.</summary>
    public void Confirm(int market)
    {
        seats[market].IsConfirmed = true;
        Touch(market);
    }

    /// <summary>The last trade counted, after which the venue is to be asked; null: none.</summary>
    public (long Id, long At)? MarkOf(int market, short venue) => slots[(market * VenuesMax) + venue].Trades?.Recent.Mark;

    /// <summary>Trades may be missing from now on.</summary>
    public void Interrupt(int market, short venue)
    {
        slots[(market * VenuesMax) + venue].IsCounting = false;
        Touch(market);
    }

    /// <summary>The venue was asked, and no trade is missing any more.</summary>
    /// <param name="begunAt">UTC ticks; since when none is, where it does not go on from before.</param>
    public void Resume(int market, short venue, long begunAt, bool goesOn)
    {
        ref var slot = ref slots[(market * VenuesMax) + venue];
        slot.IsCounting = true;
        if (!goesOn || slot.CountedSince == 0)
            slot.CountedSince = begunAt;
        Touch(market);
    }

    /// <summary>UTC ticks; no trade is missing since then but what is being asked for. Zero: nobody said so.</summary>
    public long CountedSince(int market, short venue) => slots[(market * VenuesMax) + venue].CountedSince;

    /// <summary>What another life would need to know of the trades counted here; null: there were none.</summary>
    public TradeMemory? MemoryOf(int market, short venue, TimeSpan back) =>
        slots[(market * VenuesMax) + venue].Trades?.Recent.Memory(back);

    /// <summary>Which venue and market another life counted trades of.</summary>
    public void Restore(int market, short venue, TradeMemory memory) => TradesOf(market, venue).Recent.Restore(memory);

    /// <summary>Since when another life missed no trade. What came after it is still to be asked for.</summary>
    public void Restore(int market, short venue, long countedSince)
    {
        Resume(market, venue, countedSince, goesOn: false);
        Interrupt(market, venue);
    }

    /// <summary>What another life counted within a step of the windows that begins then, in UTC ticks.</summary>
    public void Restore(int market, short venue, long at, in TradeSum sum)
    {
        TradesOf(market, venue).Restore(at, sum);
        Touch(market);
    }

    /// <summary>Trades that another life counted; they are not closed again.</summary>
    /// <param name="ids">Theirs, in the order in which they were counted.</param>
    public void Restore(in TradeBucket bucket, ReadOnlySpan<long> ids)
    {
        var trades = TradesOf(bucket.Market, bucket.Venue);
        trades.Restore(bucket.At, bucket.Sum);
        foreach (var id in ids)
            trades.Recent.TryCount(id, bucket.LastAt);
        ref var slot = ref slots[(bucket.Market * VenuesMax) + bucket.Venue];
        if (bucket.LastAt >= slot.LastAt)
            (slot.Last, slot.LastAt) = (bucket.Close, bucket.LastAt);
        Touch(bucket.Market);
    }

    private void Flush(int market, long now, ICollection<MarketDelta> changed)
    {
        var seat = seats[market];
        var last = seat.View.Read();
        CloseTrades(market, seat.Listed);
        var view = pricing.Of(SlotsOf(market), seat.Listed, last, seat.Past(now), now);
        seat.Learn(pricing.Outcome, now);
        // A jump that is held back is looked at again without another tick.
        if (pricing.Outcome.HeldFlushes > 0)
            Touch(market);
        if (view.SaysTheSameAs(last))
            view = last with { AtTicks = now, IndexAtTicks = view.IndexAtTicks };
        else
            changed.Add(new(seat.Key, view));
        seat.View.Write(view);
    }

    private void CloseTrades(int market, uint listed)
    {
        for (var venues = listed; venues != 0; venues &= venues - 1)
            slots[(market * VenuesMax) + BitOperations.TrailingZeroCount(venues)].Trades?.Flush(Closed);
    }

    private VenueTrades TradesOf(int market, short venue) => slots[(market * VenuesMax) + venue].Trades ??= new();

    private Span<VenueSlot> SlotsOf(int market) => slots.AsSpan(market * VenuesMax, VenuesMax);

    private void Touch(int market) => dirty[market / BitsOfWord] |= 1UL << (market % BitsOfWord);

    private sealed class Seat(MarketKey key)
    {
        private long index;
        private long indexAt;
        private int heldFlushes;

        public MarketKey Key => key;

        public SeqLock<MarketView> View { get; } = new();

        public uint Listed { get; set; }

        public bool IsConfirmed { get; set; }

        public IndexPast Past(long now) => new(index, now - indexAt, heldFlushes, IsConfirmed);

        public void Learn(in IndexOutcome outcome, long now)
        {
            (heldFlushes, IsConfirmed) = (outcome.HeldFlushes, false);
            if (outcome is { Index: > 0, IsKept: false })
                (index, indexAt) = (outcome.Index, now);
        }
    }
}
