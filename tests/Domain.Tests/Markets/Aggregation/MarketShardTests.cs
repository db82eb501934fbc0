using CsCheck;
using Platform.Domain.Markets.Aggregation;
using Platform.Domain.Values;

namespace Platform.Domain.Tests.Markets.Aggregation;

public sealed class MarketShardTests
{
    private const int Venues = 5;

    private static readonly MarketScale Scale = MarketScale.From(2, 3);
    private static readonly long Start = new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero).UtcTicks;

    private static readonly Gen<Tick> Ticks =
        from kind in Gen.Frequency((6, Gen.Const(TickKind.Trade)), (3, Gen.Const(TickKind.Quote)), (1, Gen.Const(TickKind.Day)), (1, Gen.Const(TickKind.Standing)))
        from venue in Gen.Short[0, Venues - 1]
        from price in Gen.Long[9_900, 10_100]
        from quantity in Gen.Long[1, 5_000]
        from spread in Gen.Long[-2, 30]
        from id in Gen.Long[1, 60]
        from late in Gen.Int[-200, 5_000]
        select kind switch
        {
            TickKind.Trade => Tick.Trade(venue, 0, -late * TimeSpan.TicksPerMillisecond, id, price, quantity),
            TickKind.Quote => Tick.Quote(venue, 0, 0, price, quantity, price + spread, quantity / 2),
            TickKind.Day => Tick.Day(venue, 0, 0, price, quantity * 1000),
            _ => Tick.Standing(venue, 0, (VenueStanding)(id % 3 == 0 ? 1 << (int)(quantity % 3) : 0)),
        };

    [Fact]
    public void View_is_what_a_naive_recomputation_gives_whatever_the_order() =>
        Gen.Select(Ticks, Gen.Int[0, 200]).Array[1, 120].Sample(told =>
        {
            var (shard, naive, now) = (Shard(), new NaiveMarket(Venues), Start);
            foreach (var (tick, wait) in told)
            {
                // A wait of a tenth of a second, or, once in a while, of many minutes.
                now += (wait < 190 ? wait : wait * 2_000) * TimeSpan.TicksPerMillisecond;
                var dated = tick with { At = now + tick.At };
                shard.Apply(dated, now);
                naive.Apply(dated, now);
            }

            shard.TouchAll();
            shard.Flush(now, []);

            Agree(shard, naive, now);
        });

    [Fact]
    public void Index_is_what_fractions_give_where_all_venues_count() =>
        Gen.Select(Gen.Long[9_995, 10_005], Gen.Long[1, 1_000_000], Gen.Double[0, 24]).Array[1, 12].Sample(venues =>
        {
            IndexInput[] inputs = [.. venues.Select(venue => IndexRuleTests.Venue(venue.Item1, venue.Item2, venue.Item3))];
            var verdicts = new VenueVerdict[inputs.Length];

            var outcome = IndexRule.Of(inputs, default, verdicts, new Int128[inputs.Length]);

            IndexInput[] used = [.. inputs.Where((_, i) => verdicts[i] is VenueVerdict.Used)];
            Assert.Equal(NaiveMarket.Weighted(used), outcome.Index);
        });

    [Fact]
    public void Best_prices_are_the_best_of_all_and_one_venue_over_another_is_crossed_and_told()
    {
        var shard = Shard();
        shard.Apply(Tick.Quote(0, 0, Start, 10_000, 1_000, 10_010, 2_000), Start);
        shard.Apply(Tick.Quote(1, 0, Start, 10_000, 500, 10_020, 700), Start);
        shard.Apply(Tick.Quote(2, 0, Start, 9_990, 100, 10_005, 3_000), Start);
        shard.Apply(Tick.Fee(0, 0, 100_000), Start);
        shard.Apply(Tick.Fee(1, 0, 400_000), Start);
        shard.Apply(Tick.Fee(2, 0, 260_000), Start);

        var view = Flushed(shard, Start);

        Assert.Equal((100, 1.5m, 0), (view.BestBid!.Value, view.BestBidQuantity, (int)view.BidBest.Venue));
        Assert.Equal((100.05m, 3m, 2), (view.BestAsk!.Value, view.BestAskQuantity, (int)view.AskBest.Venue));
        Assert.Equal((0.05m, 100.025m, 4.9988m), (view.Spread!.Value, view.Mid!.Value, view.SpreadBps!.Value));
        // (100 * 3 + 100.05 * 1.5) / 4.5 = 100.01666...
        Assert.Equal(100.02m, view.MicroPrice);
        // Fees decide: 100.05 with 0.26 % is dearer than 100.1 with 0.1 %.
        Assert.Equal((99.9m, 0), (view.EffectiveBid!.Value, (int)view.BidEffectiveBest.Venue));
        Assert.Equal((100.2001m, 0), (view.EffectiveAsk!.Value, (int)view.AskEffectiveBest.Venue));

        shard.Apply(Tick.Quote(1, 0, Start, 10_007, 500, 10_020, 700), Start);
        view = Flushed(shard, Start);
        Assert.Equal((-0.02m, true), (view.Spread!.Value, view.IsCrossed));
    }

    [Fact]
    public void Day_that_is_dated_later_counts_as_of_now_and_hides_no_trade()
    {
        var shard = Shard();
        shard.Apply(Tick.Day(0, 0, Start + TimeSpan.TicksPerHour, 10_000, 1_000), Start);
        shard.Apply(Tick.Trade(0, 0, Start + TimeSpan.TicksPerSecond, 1, 10_100, 1_000), Start + TimeSpan.TicksPerSecond);

        Assert.Equal(101m, Flushed(shard, Start + TimeSpan.TicksPerSecond).Last);
    }

    [Fact]
    public void Quote_of_ten_seconds_ago_is_no_quote()
    {
        var shard = Shard();
        shard.Apply(Tick.Quote(0, 0, Start, 10_000, 1_000, 10_010, 2_000), Start);

        Assert.Equal(100m, Flushed(shard, Start + (TimeSpan.TicksPerSecond * 10) - 1).BestBid);
        shard.TouchAll();
        Assert.Null(Flushed(shard, Start + (TimeSpan.TicksPerSecond * 10)).BestBid);
    }

    [Fact]
    public void Outlier_is_out_of_the_index_and_says_so_and_its_quote_still_stands()
    {
        var shard = Shard();
        foreach (var (venue, price) in ((short, long)[])[(0, 10_000), (1, 10_001), (2, 10_002), (3, 10_400)])
        {
            shard.Apply(Tick.Trade(venue, 0, Start, 1, price, 1_000), Start);
            shard.Apply(Tick.Quote(venue, 0, Start, price - 1, 1_000, price + 1, 1_000), Start);
        }

        var view = Flushed(shard, Start);

        Assert.Equal((100.01m, IndexQuality.Thin, 3), (view.Index!.Value, view.Quality, view.VenuesUsed));
        Assert.Equal(103.99m, view.BestBid);
        Assert.Equal(100.01m, view.VwapMinute);
        Assert.Equal(
            [VenueVerdict.Used, VenueVerdict.Used, VenueVerdict.Used, VenueVerdict.Outlier, VenueVerdict.NoPrice],
            shard.Explain(0, Start).Select(venue => venue.Verdict));
        Assert.Equal(1, shard.Explain(0, Start).Sum(venue => venue.Weight), 5);
    }

    [Fact]
    public void Trades_are_closed_in_buckets_with_their_ids_once()
    {
        var shard = Shard();
        var tenth = TradeBucket.Length;
        shard.Apply(
            [
                Tick.Trade(0, 0, Start, 1, 10_000, 1_000), Tick.Trade(1, 0, Start, 1, 10_010, 10),
                Tick.Trade(0, 0, Start + 1, 2, 10_030, 2_000), Tick.Trade(0, 0, Start + 1, 2, 10_030, 2_000),
                Tick.Trade(0, 0, Start + tenth, 3, 9_990, 5),
            ],
            Start + tenth);
        shard.Flush(Start + tenth, []);

        var buckets = shard.Closed.Buckets;
        Assert.Equal(
            [(0, Start, 3_000, 10_000, 10_030, 2), (0, Start + tenth, 5, 9_990, 9_990, 1), (1, Start, 10, 10_010, 10_010, 1)],
            buckets.Select(each => ((int)each.Venue, each.At, (int)each.Sum.Volume, each.Open, each.Close, (int)each.Sum.Trades)));
        Assert.Equal([1, 2, 3, 1], shard.Closed.Ids.ToArray());
        Assert.Equal([0, 2, 3], buckets.Select(each => each.FirstId));
        Assert.Equal(1, shard.Repeated);

        shard.TouchAll();
        shard.Flush(Start + tenth, []);
        Assert.Empty(shard.Closed.Buckets);
    }

    [Fact]
    public void More_trades_than_are_remembered_are_all_handed_over_in_their_order()
    {
        var shard = Shard();
        const int Trades = (2 * RecentTrades.Max) + 5;
        for (var id = 1; id <= Trades; id++)
            shard.Apply(Tick.Trade(0, 0, Start + (id > 7 ? TradeBucket.Length : 0), id, 10_000, 10), Start + TradeBucket.Length);
        shard.Flush(Start + TradeBucket.Length, []);

        Assert.Equal(Enumerable.Range(1, Trades).Select(id => (long)id), shard.Closed.Ids.ToArray());
        Assert.Equal([(0, 7), (7, Trades - 7)], shard.Closed.Buckets.Select(each => (each.FirstId, (int)each.Sum.Trades)));
    }

    [Fact]
    public void Another_life_goes_on_where_this_one_ended()
    {
        var (one, other) = (Shard(), Shard());
        for (var id = 1; id <= 50; id++)
            one.Apply(Tick.Trade(0, 0, Start + (id * 1_000_000), id, 10_000 + id, 10), Start + 60_000_000);
        var memory = one.MemoryOf(0, 0, TimeSpan.FromSeconds(1))!;
        var before = Flushed(one, Start + 60_000_000);

        other.Restore(0, 0, memory);
        foreach (var bucket in one.Closed.Buckets)
            other.Restore(bucket, one.Closed.Ids.Slice(bucket.FirstId, (int)bucket.Sum.Trades));
        for (var id = 1; id <= 51; id++)
            other.Apply(Tick.Trade(0, 0, Start + (id * 1_000_000), id, 10_000 + id, 10), Start + 60_000_000);

        Assert.Equal(50, other.Repeated);
        Assert.Equal(one.MarkOf(0, 0)!.Value.Id + 1, other.MarkOf(0, 0)!.Value.Id);
        Assert.Equal(before.Minute.Trades + 1, Flushed(other, Start + 60_000_000).Minute.Trades);
    }

    [Fact]
    public void Market_that_does_not_change_is_not_told()
    {
        var shard = Shard();
        shard.Apply(Tick.Quote(0, 0, Start, 10_000, 1_000, 10_010, 2_000), Start);
        List<MarketDelta> changed = [];
        shard.Flush(Start, changed);
        Assert.Single(changed);

        shard.Apply(Tick.Quote(0, 0, Start + 1, 10_000, 1_000, 10_010, 2_000), Start + 1);
        shard.Flush(Start + 1, changed);
        Assert.Single(changed);
    }

    [Fact]
    public async Task Reader_never_gets_halves_of_two_views()
    {
        var cell = new SeqLock<(long A, long B, long C, long D)>();
        using var stop = new CancellationTokenSource();
        var writer = Task.Run(() =>
        {
            for (var i = 1L; i <= 2_000_000; i++)
                cell.Write((i, i, i, i));
            stop.Cancel();
        }, TestContext.Current.CancellationToken);
        var last = 0L;
        while (!stop.IsCancellationRequested)
        {
            var (a, b, c, d) = cell.Read();
            Assert.True(a == b && b == c && c == d && a >= last);
            last = a;
        }

        await writer;
        Assert.Equal(2_000_000, cell.Read().A);
    }

    private static MarketShard Shard()
    {
        var shard = new MarketShard();
        shard.Add(new(Symbol.From("BTC-USDT")), Scale);
        for (short venue = 0; venue < Venues; venue++)
            shard.List(0, venue);
        return shard;
    }

    private static MarketView Flushed(MarketShard shard, long now)
    {
        shard.Flush(now, []);
        return shard.ViewOf(0).Read();
    }

    private static void Agree(MarketShard shard, NaiveMarket naive, long now)
    {
        var (view, inputs) = (shard.ViewOf(0).Read(), naive.Inputs(now));
        var (verdicts, weights) = (new VenueVerdict[Venues], new Int128[Venues]);
        var outcome = IndexRule.Of(inputs, default, verdicts, weights);
        var quoting = Enumerable.Range(0, Venues).Where(venue => verdicts[venue].KeepsQuote).Select(venue => inputs[venue]).ToList();
        short[] trading = [.. Enumerable.Range(0, Venues).Where(venue => verdicts[venue].KeepsTrades).Select(venue => (short)venue)];

        Assert.Equal((outcome.Index, outcome.Quality), (view.IndexMantissa, view.Quality));
        Assert.Equal(quoting.Select(venue => venue.Bid).DefaultIfEmpty().Max(), view.BidBest.Price);
        Assert.Equal(quoting.Where(venue => venue.Ask > 0).Select(venue => venue.Ask).DefaultIfEmpty().Min(), view.AskBest.Price);
        Assert.Equal(Sum(TimeSpan.FromMilliseconds(100), 600), view.Minute);
        Assert.Equal(Sum(TimeSpan.FromSeconds(10), 360), view.Hour);
        Assert.Equal(Sum(TimeSpan.FromMinutes(1), 1440), view.Day);

        TradeSum Sum(TimeSpan step, int steps) =>
            trading.Aggregate(default(TradeSum), (sum, venue) => sum + naive.Sum(venue, now, step, steps));
    }
}
