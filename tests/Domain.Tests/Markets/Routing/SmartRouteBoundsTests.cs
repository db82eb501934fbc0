using Platform.Domain.Markets;
using Platform.Domain.Markets.Routing;
using Platform.Domain.Values;

namespace Platform.Domain.Tests.Markets.Routing;

/// <summary>What the estimator says where a venue, an account or a clock stands exactly on a bound.</summary>
public sealed class SmartRouteBoundsTests : RouteSpec
{
    private static readonly RouteVenue Deep = Venue("a", 0, bids: [(99, 1)], asks: [(100, 1), (101, 1)]);

    [Fact]
    public void Route_for_nothing_over_none_or_over_too_many_is_no_question()
    {
        Assert.Throws<ArgumentException>(() => Buy(0, Deep));
        Assert.Throws<ArgumentException>(() => SmartRoute.Estimate(Asking(TakerSide.Buy, 1, legsMax: 0), [Deep]));
        Assert.Throws<ArgumentException>(() => Buy(1, Many(SmartRoute.VenuesMax + 1)));
    }

    [Fact]
    public void As_many_venues_as_are_looked_at_are_all_used() =>
        Assert.Equal(
            SmartRoute.VenuesMax,
            Found(SmartRoute.Estimate(Asking(TakerSide.Buy, SmartRoute.VenuesMax, legsMax: SmartRoute.VenuesMax), Many(SmartRoute.VenuesMax))).Legs.Count);

    [Fact]
    public void Route_is_as_old_as_its_oldest_book()
    {
        var route = Found(Buy(3, Deep with { BookAt = Now.AddSeconds(-1) }, Asks("b", 0, (100, 1)) with { BookAt = Now.AddSeconds(-4) }));

        Assert.Equal((Now.AddSeconds(-4), Now.AddSeconds(6)), (route.OldestBookAt, route.ExpiresAt));
    }

    [Theory]
    [InlineData(10_000, true)]
    [InlineData(10_001, false)]
    public void Book_counts_until_it_is_ten_seconds_old(int ageMilliseconds, bool counts) =>
        Assert.Equal(counts, Buy(1, Deep with { BookAt = Now.AddMilliseconds(-ageMilliseconds) }).Estimate is not null);

    [Theory]
    [InlineData(2000, "1", RouteConfidence.High)]
    [InlineData(2001, "1", RouteConfidence.Medium)]
    [InlineData(0, "1.01", RouteConfidence.Medium)]
    [InlineData(5000, "1", RouteConfidence.Medium)]
    [InlineData(5001, "1", RouteConfidence.Low)]
    public void Confidence_ends_behind_its_bounds(int ageMilliseconds, string quantity, RouteConfidence confidence) =>
        Assert.Equal(confidence, Found(Buy(Decimal(quantity), Deep with { BookAt = Now.AddMilliseconds(-ageMilliseconds) })).Confidence);

    [Fact]
    public void One_shallow_venue_is_enough_to_doubt_the_depth() =>
        Assert.Equal(RouteConfidence.Medium, Found(Buy(1.9m, Asks("a", 0, (100, 10)), Asks("b", 0, (99, 1)))).Confidence);

    [Fact]
    public void Best_single_venue_is_the_cheapest_that_holds_it_all()
    {
        var route = Found(Buy(2, Asks("a", 0, (100, 1), (103, 5)), Asks("b", 0, (101, 5)), Asks("c", 0, (99, 1)), Asks("d", 0, (101, 5))));

        Assert.Equal(new SingleVenue(VenueId.From("b"), 202), route.BestSingle);
    }

    [Fact]
    public void Middle_is_of_the_best_prices_of_all_venues_and_a_sale_below_it_has_slipped()
    {
        var route = Found(Sell(1, Venue("a", 0, bids: [(98, 1)], asks: [(102, 1)]), Venue("b", 0, bids: [(97, 1)], asks: [(100, 1)])));

        Assert.Equal((99m, 101.0101m), (route.Mid?.Value, route.SlippageBps));
    }

    [Fact]
    public void Venues_that_are_left_out_come_in_the_order_of_their_names() =>
        Assert.Equal(
            [("b", RouteExclusion.Halted), ("c", RouteExclusion.NotNeeded), ("d", RouteExclusion.UnknownFee)],
            LeftOutOf(Buy(1, Asks("d", 0, (1, 1)) with { Fee = null }, Deep, Asks("c", 0, (200, 1)), Asks("b", 0, (1, 1)) with { IsTrading = false })));

    [Theory]
    [InlineData("1.5", "0", "1.5")]
    [InlineData("0", "150", "1.4851")]
    [InlineData("1.2", "150", "1.2")]
    [InlineData("1.7", "150", "1.4851")]
    public void No_leg_is_larger_than_the_venue_takes_by_quantity_or_worth(string most, string worth, string taken)
    {
        var rules = Rules(maxQuantity: Decimal(most), precision: 4);
        var venue = Deep with { Rules = rules with { Notional = rules.Notional with { Max = Notional.From(Decimal(worth)) } } };

        Assert.Equal(Decimal(taken), Found(Buy(2, venue)).Routed.Value);
    }

    [Fact]
    public void Largest_worth_that_cannot_be_counted_is_no_bound()
    {
        var rules = Rules() with { Notional = NotionalRules.None with { Max = Notional.From(decimal.MaxValue) } };

        Assert.Equal(3, Found(Buy(3, Asks("a", 0, (0.0001m, 5)) with { Rules = rules })).Routed.Value);
    }

    [Fact]
    public void Account_pays_the_fee_only_where_it_is_taken_in_quote()
    {
        var venue = Asks("a", 0.01m, (100, 5)) with { Available = 101 };

        Assert.Equal(1m, Found(Buy(5, venue)).Routed.Value);
        Assert.Equal(1.01m, Found(Buy(5, venue with { Fee = new(0.01m, FeeCharge.InReceived) })).Routed.Value);
    }

    [Fact]
    public void Quotient_that_was_rounded_up_is_one_lot_less()
    {
        // A third of it is nearer to 2 than a decimal can say.
        var venue = Asks("a", 0, (3, 100)) with { Available = 5.9999999999999999999999999999m, Rules = Rules(precision: 0) };

        Assert.Equal(1, Found(Buy(50, venue)).Routed.Value);
    }

    [Fact]
    public void Quantities_have_the_places_of_the_lot_and_no_zeros_of_a_quotient()
    {
        var byMeans = Found(Buy(2, Deep with { Available = 50, Rules = Rules(precision: 5) }));
        var byWorth = Found(Buy(2, Deep with { Rules = Rules(precision: 5) with { Notional = NotionalRules.None with { Max = Notional.From(50) } } }));

        Assert.Equal(("0.50000", "1.50000", "0.50000"), (byMeans.Routed.ToString(), byMeans.Left.ToString(), byWorth.Routed.ToString()));
    }

    [Fact]
    public void What_an_account_has_buys_through_all_levels_that_it_reaches() =>
        Assert.Equal(1.5m, Found(Buy(2, Asks("a", 0, (100, 1), (102, 1)) with { Available = 151 })).Routed.Value);

    private static RouteVenue[] Many(int count) => [.. Enumerable.Range(0, count).Select(at => Asks($"v{at:000}", 0, (100 + at, 1)))];

    private static decimal Decimal(string text) => decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
