using Platform.Domain.Markets.Aggregation;
using Platform.Domain.Values;

namespace Platform.Domain.Tests.Markets.Aggregation;

/// <summary>What a reader is told of a market, and from when it is.</summary>
public sealed class MarketViewTests
{
    private const long Second = TimeSpan.TicksPerSecond;

    private static readonly long Start = new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero).UtcTicks;

    private readonly MarketShard shard = new();

    public MarketViewTests()
    {
        shard.Add(new(Symbol.From("BTC-USDT")), MarketScale.From(2, 3));
        shard.List(0, 0);
        shard.List(0, MarketShard.VenuesMax - 1);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(MarketShard.VenuesMax)]
    public void Venue_has_a_number_from_0_to_31(short venue) => Assert.Throws<ArgumentOutOfRangeException>(() => shard.List(0, venue));

    [Fact]
    public void Each_venue_says_what_it_told_and_how_old_it_is()
    {
        Apply(Tick.Trade(0, 0, Start - Second, 1, 10_000, 1_000));
        Apply(Tick.Quote(0, 0, Start - (2 * Second), 9_990, 500, 10_010, 700));
        Apply(Tick.Fee(0, 0, 100_000));
        Flush(Start);

        Assert.Equal(
            [
                new(0, VenueVerdict.Used, 100, TimeSpan.FromSeconds(1), 1, 1, 99.9m, 0.5m, 100.1m, 0.7m, TimeSpan.FromSeconds(2), 0.001m),
                new(31, VenueVerdict.NoPrice, null, null, 0, 0, null, 0, null, 0, null, 0),
            ],
            shard.Explain(0, Start));
    }

    [Fact]
    public void Last_price_is_that_of_the_latest_trade_whichever_venue_told_it()
    {
        Apply(Tick.Trade(31, 0, Start - Second, 1, 10_010, 1_000));
        Apply(Tick.Trade(0, 0, Start - (2 * Second), 1, 10_000, 2_000));

        var view = Flush(Start);

        Assert.Equal((100.1m, 31, Start - Second), (view.Last!.Value, (int)view.LastVenue, view.LastAtTicks));
        Assert.Equal((3_000, 2, 2), ((int)view.Volume, view.VenuesUsed, view.VenuesListed));
        Assert.Equal((100.03m, 100.03m, 100.03m), (view.VwapMinute!.Value, view.VwapHour!.Value, view.VwapDay!.Value));
    }

    [Fact]
    public void One_side_alone_has_no_middle_and_none_has_no_price()
    {
        var nothing = Flush(Start);
        Assert.Equal((null, null, null, null), (nothing.BestBid, nothing.EffectiveBid, nothing.Last, nothing.IndexAt));

        foreach (var (bid, ask) in ((long, long)[])[(10_000, 0), (0, 10_000)])
        {
            Apply(Tick.Quote(0, 0, Start, bid, 1, ask, 1));
            var view = Flush(Start);

            Assert.Equal((bid > 0, ask > 0), (view.BestBid is not null, view.BestAsk is not null));
            Assert.Equal((null, null, null, null), (view.Spread, view.Mid, view.SpreadBps, view.MicroPrice));
            Assert.False(view.IsCrossed);
        }
    }

    [Fact]
    public void Bid_that_equals_an_ask_is_not_crossed_and_where_nothing_stands_nothing_weighs()
    {
        Apply(Tick.Quote(0, 0, Start, 10_000, 0, 10_010, 1));
        Apply(Tick.Quote(31, 0, Start, 9_990, 1, 10_000, 0));

        var view = Flush(Start);

        Assert.Equal((false, 0m, 100m, null), (view.IsCrossed, view.Spread, view.Mid, view.MicroPrice));
    }

    [Fact]
    public void Market_is_whole_since_the_latest_instant_of_its_venues_and_unknown_while_one_is_asked()
    {
        Apply(Tick.Trade(0, 0, Start, 1, 10_000, 1));
        Apply(Tick.Trade(31, 0, Start, 1, 10_000, 1));
        shard.Resume(0, 0, Start - Second, goesOn: false);
        Assert.Null(Flush(Start).CountedSince);

        shard.Resume(0, 31, Start - (5 * Second), goesOn: true);
        Assert.Equal(Start - Second, Flush(Start).CountedSince?.UtcTicks);

        shard.Interrupt(0, 0);
        Assert.Null(Flush(Start).CountedSince);

        shard.Resume(0, 0, Start, goesOn: true);
        Assert.Equal(Start - Second, Flush(Start).CountedSince?.UtcTicks);

        shard.Resume(0, 0, Start, goesOn: false);
        Assert.Equal(Start, Flush(Start).CountedSince?.UtcTicks);
    }

    [Fact]
    public void View_that_says_the_same_keeps_its_number_and_is_of_now()
    {
        Apply(Tick.Trade(0, 0, Start, 1, 10_000, 1));
        var first = Flush(Start);
        shard.TouchAll();
        var same = Flush(Start + Second);
        Apply(Tick.Quote(0, 0, Start + Second, 9_990, 1, 10_010, 1));
        var other = Flush(Start + Second);

        Assert.Equal((first.Sequence, Start + Second, Start + Second), (same.Sequence, same.At.UtcTicks, same.IndexAt?.UtcTicks));
        Assert.Equal(first.Sequence + 1, other.Sequence);
    }

    [Fact]
    public void Index_that_is_kept_is_of_the_time_of_its_trades()
    {
        Apply(Tick.Trade(0, 0, Start, 1, 10_000, 1));
        Flush(Start);
        shard.TouchAll();

        var view = Flush(Start + (360 * Second));

        Assert.Equal((100m, IndexQuality.Stale, Start), (view.Index, view.Quality, view.IndexAt?.UtcTicks));
    }

    [Fact]
    public void Jump_of_the_only_venue_is_looked_at_again_without_another_tick()
    {
        Apply(Tick.Trade(0, 0, Start, 1, 10_000, 1));
        Flush(Start);
        Apply(Tick.Trade(0, 0, Start, 2, 13_000, 1));

        Assert.Equal([100m, 100, 130, 130], Enumerable.Range(0, 4).Select(_ => Flush(Start).Index));
    }

    [Fact]
    public void Person_confirms_one_jump_and_not_the_next()
    {
        Apply(Tick.Trade(0, 0, Start, 1, 10_000, 1));
        Flush(Start);
        Apply(Tick.Trade(0, 0, Start, 2, 2_000_000, 1));
        Assert.Equal(100, Flush(Start).Index);

        shard.Confirm(0);
        Assert.Equal(20_000, Flush(Start).Index);

        Apply(Tick.Trade(0, 0, Start, 3, 10_000, 1));
        Assert.Equal(20_000, Flush(Start).Index);
    }

    [Fact]
    public void Markets_are_apart_however_many_there_are()
    {
        for (var market = 1; market < 200; market++)
        {
            Assert.Equal(market, shard.Add(new(Symbol.From($"A{market}-USDT")), MarketScale.From(2, 3)));
            shard.List(market, (short)(market % MarketShard.VenuesMax));
        }

        for (var market = 199; market > 0; market -= 2)
            shard.Apply(Tick.Quote((short)(market % MarketShard.VenuesMax), market, Start, 10_000 + market, 1, 10_300, 1), Start);
        List<MarketDelta> changed = [];
        shard.Flush(Start, changed);

        Assert.Equal(200, shard.Markets);
        Assert.Equal(
            Enumerable.Range(0, 100).Select(half => ((2 * half) + 1, (decimal?)(10_001 + (2 * half)) / 100)),
            changed.Where(delta => delta.View.BestBid is not null).Select(delta => (int.Parse(delta.Market.Market.Base.Value[1..], null), delta.View.BestBid)));
        Assert.All(Enumerable.Range(0, 100), half => Assert.Null(shard.ViewOf(2 * half).Read().BestBid));
    }

    private void Apply(Tick tick) => shard.Apply(tick, Start);

    private MarketView Flush(long now)
    {
        shard.Flush(now, []);
        return shard.ViewOf(0).Read();
    }
}
