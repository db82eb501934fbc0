using CsCheck;
using Platform.Domain.Markets.Aggregation;

namespace Platform.Domain.Tests.Markets.Aggregation;

public sealed class IndexRuleTests
{
    private static IndexPast Nothing => default;

    private static readonly Gen<IndexInput> Honest =
        from price in Gen.Long[99_000, 101_000]
        from volume in Gen.Long[1, 1_000_000]
        from minutes in Gen.Int[0, 4]
        select Venue(price, volume, minutes);

    private static readonly Gen<IndexInput> Wild =
        from venue in Honest
        select venue with { Price = venue.Price * 3, Volume = long.MaxValue / 10 };

    // Worked by hand; the sums are in the names of the rows.
    public static TheoryData<string, long, IndexQuality> Golden => new()
    {
        // One venue: its own price.
        { "1000x5@0", 1000, IndexQuality.Thin },
        // (1000*1 + 1010*3) / 4 = 1007.5: half to even.
        { "1000x1@0 1010x3@0", 1008, IndexQuality.Thin },
        // (1000*2 + 1001*2) / 4 = 1000.5: half to even goes down here.
        { "1000x2@0 1001x2@0", 1000, IndexQuality.Thin },
        // Age 6 min leaves 80 %: (1000*100 + 1010*80) / 180 = 1004.44.
        { "1000x1@0 1010x1@6", 1004, IndexQuality.Thin },
        // Ages 11, 16, 21 and 26: 60, 40, 20 and 1. (60*1000 + 40*1001 + 20*1002 + 1*1003) / 121 = 1000.69; nobody is fresh.
        { "1000x1@11 1001x1@16 1002x1@21 1003x1@26", 1001, IndexQuality.Stale },
        // 90 of 100 is cut to 60 % of the sum: 0.6*1000 + 0.4*(9*1002 + 1*1004)/10 = 1000.88.
        { "1000x90@0 1002x9@0 1004x1@0", 1001, IndexQuality.Firm },
        // Median 1001, median deviation 1, reach 3.5*1.4826 = 5.19: 1020 is out; (1000+1001+1002)/3, and three quarters of the volume.
        { "1000x1@0 1001x1@0 1002x1@0 1020x1@0", 1001, IndexQuality.Thin },
        // The same with a little venue: it is out, and the others have more than four fifths.
        { "1000x5@0 1001x5@0 1002x5@0 1020x1@0", 1001, IndexQuality.Firm },
        // All alike: the reach is five hundredths of a per cent times 3.5, 1.75 of 1000: 1002 is out.
        { "1000x1@0 1000x1@0 1002x1@0", 1000, IndexQuality.Thin },
        { "10000x1@0 10000x1@0 10017x1@0", 10006, IndexQuality.Firm },
        // Nobody tells a volume: all count alike.
        { "1000x0@0 1003x0@0", 1002, IndexQuality.Thin },
        // Exactly four fifths of the volume: (1000*4 + 1001*2 + 1002*2) / 8 = 1000.75.
        { "1000x4@0 1001x2@0 1002x2@0 1020x2@0", 1001, IndexQuality.Firm },
        // All that is told is told by one.
        { "1000x5@0 1001x0@0 1002x0@0", 1000, IndexQuality.Firm },
        // Five minutes are fresh, and no more.
        { "1000x1@5", 1000, IndexQuality.Thin },
        { "1000x1@5.001", 1000, IndexQuality.Stale },
        // Four hours old does not count.
        { "1000x1@0 2000x9@240", 1000, IndexQuality.Thin },
        // Two that differ by more than 2 % of the lower, and nothing to go by.
        { "1000x1@0 1021x1@0", 0, IndexQuality.Disputed },
        { "1000x1@0 1020x1@0", 1010, IndexQuality.Thin },
        { "1000x1@240", 0, IndexQuality.None },
        { "", 0, IndexQuality.None },
    };

    [Theory, MemberData(nameof(Golden))]
    public void Index_is_what_was_worked_out_by_hand(string venues, long index, IndexQuality quality)
    {
        var outcome = Evaluate(Nothing, Venues(venues));

        Assert.Equal((index, quality), (outcome.Index, outcome.Quality));
    }

    [Theory]
    [InlineData(VenueStanding.Killed, 0, 0, VenueVerdict.Killed)]
    [InlineData(VenueStanding.Killed | VenueStanding.Halted, 0, 0, VenueVerdict.Killed)]
    [InlineData(VenueStanding.Halted | VenueStanding.Desynced, 0, 0, VenueVerdict.Halted)]
    [InlineData(VenueStanding.Desynced, 0, 0, VenueVerdict.Desynced)]
    [InlineData(VenueStanding.None, 1000, 1000, VenueVerdict.QuoteCrossed)]
    [InlineData(VenueStanding.None, 1000, 1051, VenueVerdict.QuoteWide)]
    [InlineData(VenueStanding.None, 1000, 1050, VenueVerdict.Used)]
    [InlineData(VenueStanding.None, 1021, 1030, VenueVerdict.OutsideQuote)]
    [InlineData(VenueStanding.None, 1020, 1030, VenueVerdict.Used)]
    [InlineData(VenueStanding.None, 970, 980, VenueVerdict.OutsideQuote)]
    [InlineData(VenueStanding.None, 1100, 0, VenueVerdict.Used)]
    [InlineData(VenueStanding.None, 0, 900, VenueVerdict.Used)]
    public void Venue_is_left_out_with_its_reason(VenueStanding standing, long bid, long ask, VenueVerdict expected)
    {
        var verdicts = new VenueVerdict[1];

        IndexRule.Of([new(standing, 1000, 1, 0, bid, ask)], Nothing, verdicts, new Int128[1]);

        Assert.Equal(expected, verdicts[0]);
    }

    [Theory]
    [InlineData(979, VenueVerdict.OutsideQuote)]
    [InlineData(980, VenueVerdict.Used)]
    [InlineData(1020, VenueVerdict.Used)]
    [InlineData(1021, VenueVerdict.OutsideQuote)]
    [InlineData(0, VenueVerdict.NoPrice)]
    public void Venue_may_have_traded_two_per_cent_outside_its_own_quote(long price, VenueVerdict expected)
    {
        var verdicts = new VenueVerdict[1];

        IndexRule.Of([price < 1000 ? new(default, price, 1, 0, 1000, 1010) : new(default, price, 1, 0, 990, 1000)], Nothing, verdicts, new Int128[1]);

        Assert.Equal(expected, verdicts[0]);
    }

    [Theory]
    [InlineData(5, 100, 80)]
    [InlineData(10, 80, 60)]
    [InlineData(15, 60, 40)]
    [InlineData(20, 40, 20)]
    [InlineData(25, 20, 1)]
    public void Price_weighs_less_from_the_moment_after_every_fifth_minute(int minutes, int until, int after)
    {
        var (weights, fresh) = (new Int128[4], Venue(1000, 1, 0));

        IndexRule.Of([fresh, fresh, Venue(1000, 1, minutes), Venue(1000, 1, minutes + 0.001)], Nothing, new VenueVerdict[4], weights);

        Assert.Equal((until, after), ((int)(weights[2] * 100 / weights[0]), (int)(weights[3] * 100 / weights[0])));
    }

    [Fact]
    public void Price_of_three_hours_counts_and_a_moment_older_does_not()
    {
        var verdicts = new VenueVerdict[2];
        var age = TimeSpan.FromHours(3).Ticks;

        IndexRule.Of([new(default, 1000, 1, age), new(default, 1000, 1, age + 1)], Nothing, verdicts, new Int128[2]);

        Assert.Equal([VenueVerdict.Used, VenueVerdict.Old], verdicts);
    }

    [Fact]
    public void Of_two_that_differ_the_one_near_the_last_index_is_kept_for_ten_minutes()
    {
        var venues = Venues("1000x1@0 1100x9@0");

        Assert.Equal(new(1100, false, IndexQuality.Disputed, 0), Evaluate(Past(1090, minutes: 9), venues));
        Assert.Equal(new(1000, false, IndexQuality.Disputed, 0), Evaluate(Past(1050, minutes: 9), venues));
        Assert.Equal(new(0, false, IndexQuality.Disputed, 0), Evaluate(Past(1090, minutes: 10), venues));
    }

    [Fact]
    public void Only_venue_that_jumps_must_hold_for_three_flushes()
    {
        var past = Past(1000, minutes: 0);

        for (var flush = 1; flush < 3; flush++)
        {
            var held = Evaluate(past, Venues("1201x1@0"));
            Assert.Equal(new(1000, IsKept: true, IndexQuality.Disputed, flush), held);
            past = past with { HeldFlushes = held.HeldFlushes };
        }

        Assert.Equal(new(1201, false, IndexQuality.Thin, 0), Evaluate(past, Venues("1201x1@0")));
        Assert.Equal(new(1200, false, IndexQuality.Thin, 0), Evaluate(Past(1000, minutes: 0), Venues("1200x1@0")));
    }

    [Theory]
    [InlineData("100000x1@0")]
    [InlineData("10x1@0")]
    public void Jump_by_a_hundred_is_the_widest_that_holding_is_enough_for(string venue) => Assert.Equal(
        new(Venues(venue)[0].Price, false, IndexQuality.Thin, 0),
        Evaluate(Past(1000, minutes: 0) with { HeldFlushes = 2 }, Venues(venue)));

    [Theory]
    [InlineData("100001x1@0")]
    [InlineData("9x1@0")]
    public void Wider_jump_waits_for_a_person(string venue)
    {
        var past = Past(1000, minutes: 0) with { HeldFlushes = 3 };

        Assert.Equal(new(1000, IsKept: true, IndexQuality.Disputed, 0), Evaluate(past, Venues(venue)));
        Assert.Equal(Venues(venue)[0].Price, Evaluate(past with { IsConfirmed = true }, Venues(venue)).Index);
    }

    [Fact]
    public void Value_is_kept_while_no_venue_is_younger_than_five_minutes() =>
        Assert.Equal(new(990, IsKept: true, IndexQuality.Stale, 0), Evaluate(Past(990, minutes: 6), Venues("1000x1@6 1001x1@7")));

    [Fact]
    public void Index_is_the_same_in_any_order_of_venues() =>
        Gen.Select(Honest.Array[1, 12], Gen.Int[0, 1000], Gen.Int).Sample((venues, last, seed) =>
        {
            var past = last == 0 ? Nothing : Past(100_000 + last, minutes: 1);
            var shuffled = (IndexInput[])[.. venues];
            new Random(seed).Shuffle(shuffled);

            Assert.Equal(Evaluate(past, venues), Evaluate(past, shuffled));
        });

    [Fact]
    public void Index_scales_with_its_prices() =>
        Gen.Select(Honest.Array[1, 12], Gen.Int[2, 1000]).Sample((venues, factor) =>
        {
            var index = Evaluate(Nothing, venues);
            var scaled = Evaluate(Nothing, [.. venues.Select(venue => venue with { Price = venue.Price * factor })]);

            Assert.Equal(index.Quality, scaled.Quality);
            Assert.InRange(scaled.Index - (index.Index * factor), -(factor + 1) / 2, (factor + 1) / 2);
        });

    [Fact]
    public void Index_lies_between_the_least_and_the_greatest_price_used_and_no_weight_is_over_60_percent_of_three() =>
        Gen.OneOf(Honest, Wild).Array[1, 12].Sample(venues =>
        {
            var (verdicts, weights) = (new VenueVerdict[venues.Length], new Int128[venues.Length]);
            var outcome = IndexRule.Of(venues, Nothing, verdicts, weights);
            var used = venues.Where((_, i) => verdicts[i] is VenueVerdict.Used).ToList();
            if (used.Count == 0)
                return;

            Assert.InRange(outcome.Index, used.Min(venue => venue.Price), used.Max(venue => venue.Price));
            Int128 total = 0;
            foreach (var weight in weights)
                total += weight;
            // What the shortening of great weights takes off is less than a millionth.
            if (used.Count >= 3)
                Assert.All(weights, weight => Assert.True(weight * 10_000_000 <= total * 6_000_001));
        });

    // The median stays among the honest ones; what is kept is within 3.5 s of it, and weighs 60 % at most.
    [Fact]
    public void One_bad_venue_moves_the_index_by_little_more_than_the_honest_differ() =>
        Gen.Select(Honest.Array[2, 10], Gen.Long[1, 10_000_000], Gen.Long[0, 1_000_000_000]).Sample((honest, price, volume) =>
        {
            IndexInput[] all = [.. honest, Venue(price, volume, minutes: 0)];

            var index = Evaluate(Nothing, all).Index;

            var (low, high) = (honest.Min(venue => venue.Price), honest.Max(venue => venue.Price));
            var reach = Math.Max(14_826m * (high - low) / 10_000, 5m * high / 10_000) * 3.5m * 0.6m;
            Assert.InRange(index, low - reach - 1, high + reach + 1);
        });

    [Fact]
    public void Older_price_never_weighs_more() =>
        Gen.Select(Gen.Double[0, 170], Gen.Double[0, 170]).Sample((one, other) =>
        {
            var weights = new Int128[2];
            IndexRule.Of(
                [Venue(100, 100, Math.Max(one, other)), Venue(100, 100, Math.Min(one, other))], Nothing, new VenueVerdict[2], weights);
            Assert.True(weights[0] <= weights[1]);
        });

    internal static IndexInput Venue(long price, long volume, double minutes) =>
        new(default, price, volume, (long)(minutes * TimeSpan.TicksPerMinute));

    private static IndexOutcome Evaluate(IndexPast past, IndexInput[] venues) =>
        IndexRule.Of(venues, past, new VenueVerdict[venues.Length], new Int128[venues.Length]);

    private static IndexPast Past(long index, int minutes) => new(index, minutes * TimeSpan.TicksPerMinute, 0, false);

    // "1000x5@6": at 1000, of a volume of 5, six minutes ago.
    private static IndexInput[] Venues(string text) =>
    [
        .. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(venue => venue.Split('x', '@')).Select(parts => Venue(
            long.Parse(parts[0], null), long.Parse(parts[1], null), double.Parse(parts[2], null))),
    ];
}
