namespace Platform.Domain.Markets.Aggregation;

/// <summary>Makes one view of what the venues of a market said. For one writer at a time; it allocates nothing.</summary>
internal sealed class MarketPricing
{
    private const long QuoteAgeMax = 10 * TimeSpan.TicksPerSecond;

    private readonly IndexInput[] inputs = new IndexInput[MarketShard.VenuesMax];
    private readonly VenueVerdict[] verdicts = new VenueVerdict[MarketShard.VenuesMax];
    private readonly Int128[] weights = new Int128[MarketShard.VenuesMax];
    private readonly short[] venues = new short[MarketShard.VenuesMax];
    private int count;

    public IndexOutcome Outcome { get; private set; }

    /// <param name="slots">Of the market, by the venue's number.</param>
    /// <param name="last">The view before.</param>
    /// <param name="now">UTC ticks.</param>
    public MarketView Of(Span<VenueSlot> slots, uint listed, in MarketView last, in IndexPast past, long now)
    {
        Judge(slots, listed, past, now);
        var sum = default(MarketSum);
        for (var i = 0; i < count; i++)
        {
            ref var slot = ref slots[venues[i]];
            if (verdicts[i].KeepsQuote)
                sum.AddQuote(inputs[i], ref slot, venues[i]);
            if (verdicts[i].KeepsTrades)
                sum.AddTrades(inputs[i], ref slot, venues[i]);
            sum.Used |= verdicts[i] is VenueVerdict.Used ? 1u << venues[i] : 0;
        }

        return new()
        {
            Scale = last.Scale, AtTicks = now, Sequence = last.Sequence + 1,
            IndexMantissa = Outcome.Index, IndexAtTicks = Outcome.IsKept ? last.IndexAtTicks : now, Quality = Outcome.Quality,
            ListedVenues = listed, UsedVenues = sum.Used,
            BidBest = sum.Bid, AskBest = sum.Ask, BidEffectiveBest = sum.BidEffective, AskEffectiveBest = sum.AskEffective,
            Minute = sum.Minute, Hour = sum.Hour, Day = sum.Day, Volume = sum.Volume,
            CountedSinceTicks = sum.CountedSince < long.MaxValue ? sum.CountedSince : 0,
            LastMantissa = sum.Last, LastVenue = sum.LastVenue, LastAtTicks = sum.LastAt,
        };
    }

    /// <summary>What stood behind the view that was made last.</summary>
    public IReadOnlyList<VenueEvidence> Evidence(ReadOnlySpan<VenueSlot> slots, MarketScale scale, long now)
    {
        var shares = IndexWeights.SharesOf(weights.AsSpan(0, count));
        var evidence = new VenueEvidence[count];
        for (var i = 0; i < count; i++)
            evidence[i] = VenueEvidence.Of(venues[i], in slots[venues[i]], verdicts[i], shares[i], scale, now);
        return evidence;
    }

    /// <summary>What each venue said and what the rule made of it, of the view that was made last.</summary>
    public IReadOnlyList<IndexPart> Parts(Func<short, VenueId> venueOf)
    {
        var shares = IndexWeights.SharesOf(weights.AsSpan(0, count));
        var parts = new IndexPart[count];
        for (var i = 0; i < count; i++)
            parts[i] = new(venueOf(venues[i]), inputs[i], verdicts[i], shares[i]);
        return parts;
    }

    private void Judge(Span<VenueSlot> slots, uint listed, in IndexPast past, long now)
    {
        count = 0;
        for (short venue = 0; listed >> venue != 0 && venue < MarketShard.VenuesMax; venue++)
        {
            if ((listed & (1u << venue)) == 0)
                continue;

            ref var slot = ref slots[venue];
            slot.Trades?.Slide(now);
            var isFresh = now - slot.QuoteAt < QuoteAgeMax;
            venues[count] = venue;
            inputs[count++] = new(
                slot.Standing, slot.Last, slot.Volume, Math.Max(0, now - slot.LastAt),
                isFresh ? slot.Bid : 0, isFresh ? slot.Ask : 0);
        }

        Outcome = IndexRule.Of(inputs.AsSpan(0, count), past, verdicts.AsSpan(0, count), weights.AsSpan(0, count));
    }
}
