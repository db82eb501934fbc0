using Platform.Domain.Markets;
using Platform.Domain.Markets.Routing;
using Platform.Domain.Values;

namespace Platform.Domain.Tests.Markets.Routing;

public sealed class SmartRouteTests : RouteSpec
{
    private static readonly RouteVenue A = Venue("a", 0.001m, bids: [(99.9m, 5)], asks: [(100, 1), (101, 1)]);
    private static readonly RouteVenue B = Asks("b", 0.0026m, (100.05m, 1));
    private static readonly RouteVenue C = Asks("c", 0.006m, (100.02m, 1));

    [Fact]
    public void Fees_decide_where_a_purchase_is_cheapest()
    {
        var result = Buy(2, A, B, C);

        var route = Found(result);
        Assert.Equal(200.41013m, route.Total);
        Assert.Equal(100.205065m, route.EffectivePrice);
        Assert.Equal([("a", 1m, 100m), ("b", 1m, 100.05m)], LegsOf(result));
        Assert.Equal([("c", RouteExclusion.NotNeeded)], LeftOutOf(result));
        Assert.Equal(new SingleVenue(VenueId.From("a"), 201.201m), route.BestSingle);
        Assert.Equal(0.79087m, route.Gain);
        Assert.Equal([new Money(0.1m + 0.26013m, Asset.From("USDT"))], route.Fees);
        Assert.Equal((99.95m, 7.5038m), (route.Mid?.Value, route.SlippageBps));
        Assert.Equal(Now + SmartRoute.BookAgeMax, route.ExpiresAt);
    }

    [Fact]
    public void Sale_is_the_purchase_mirrored()
    {
        var result = Sell(2, Bids("a", 0.001m, (100, 1), (99, 1)), Bids("b", 0.0026m, (99.95m, 1)), Bids("c", 0.006m, (99.98m, 1)));

        Assert.Equal(99.9m + 99.69013m, Found(result).Total);
        Assert.Equal([("a", 1m, 100m), ("b", 1m, 99.95m)], LegsOf(result));
        Assert.Equal(99.9m + 99.69013m - (199m * 0.999m), Found(result).Gain);
    }

    [Fact]
    public void Fees_are_told_in_the_asset_that_the_venue_takes()
    {
        var inBase = A with { Fee = new(0.001m, FeeCharge.InReceived) };
        var inToken = B with { Fee = new(0.0026m, FeeCharge.InToken, new(Asset.From("BNB"), Price.From(500))) };

        var route = Found(Buy(2, inBase, inToken));

        Assert.Equal([new Money(0.00052026m, Asset.From("BNB")), new Money(0.001m, Asset.From("BTC"))], route.Fees);
        Assert.Equal([0.1m, 0.26013m], route.Legs.Select(leg => leg.FeeWorth));
        Assert.Equal([new Money(0.0999m, Asset.From("USDT"))], Found(Sell(1, inBase)).Fees);
    }

    [Theory]
    [InlineData(BookState.Desynced, 0, true, true, RouteExclusion.NoBook)]
    [InlineData(BookState.Buffering, 0, true, true, RouteExclusion.NoBook)]
    [InlineData(BookState.Empty, 0, true, true, RouteExclusion.NoBook)]
    [InlineData(BookState.Stale, 0, true, true, RouteExclusion.StaleBook)]
    [InlineData(BookState.Synced, 11, true, true, RouteExclusion.StaleBook)]
    [InlineData(BookState.Synced, 0, false, true, RouteExclusion.Halted)]
    [InlineData(BookState.Synced, 0, true, false, RouteExclusion.UnknownFee)]
    public void Venue_that_cannot_be_believed_is_left_out_and_named(
        BookState state, int ageSeconds, bool isTrading, bool hasFee, RouteExclusion reason)
    {
        var doubtful = A with
        {
            Book = A.Book with { State = state },
            BookAt = Now.AddSeconds(-ageSeconds),
            IsTrading = isTrading,
            Fee = hasFee ? A.Fee : null,
        };

        var result = Buy(1, doubtful, C);

        Assert.Equal([("a", reason)], LeftOutOf(result));
        Assert.Equal([("c", 1m, 100.02m)], LegsOf(result));
        Assert.Null(Buy(1, doubtful).Estimate);
    }

    [Fact]
    public void What_the_books_do_not_hold_is_left_and_said_so()
    {
        var route = Found(Buy(5, A, B));

        Assert.Equal((3m, 2m), (route.Routed.Value, route.Left.Value));
        Assert.Equal(RouteConfidence.Low, route.Confidence);
        Assert.Null(route.BestSingle);
        Assert.Null(route.Gain);
    }

    [Fact]
    public void Less_than_a_lot_is_left_over()
    {
        var route = Found(Buy(1.00375m, A with { Rules = Rules(lot: 0.001m) }));

        Assert.Equal((1.003m, 0.00075m), (route.Routed.Value, route.Left.Value));
        Assert.Equal(RouteConfidence.Medium, route.Confidence);
    }

    [Fact]
    public void Leg_under_the_minimum_is_dropped_and_its_part_goes_elsewhere()
    {
        var cheapButSmall = Asks("s", 0, (99, 0.05m)) with { Rules = Rules(minNotional: 10) };

        var result = Buy(1, A, cheapButSmall);

        Assert.Equal([("a", 1m, 100m)], LegsOf(result));
        Assert.Equal([("s", RouteExclusion.UnderMinimum)], LeftOutOf(result));
        Assert.Equal([("s", RouteExclusion.UnderMinimum)], LeftOutOf(Buy(1, A with { FixedCost = Notional.From(1) }, cheapButSmall)));

        var deepBehindIt = cheapButSmall with { Book = Asks("s", 0, (99, 0.05m), (200, 1)).Book };
        Assert.Equal([("s", RouteExclusion.UnderMinimum)], LeftOutOf(Buy(1, A, deepBehindIt)));
    }

    [Fact]
    public void Part_of_the_smallest_leg_lifts_the_next_one_over_its_minimum()
    {
        var (larger, smaller) = (Asks("l", 0, (100, 0.3m), (101, 1)), Asks("s", 0, (100.1m, 0.4m)));
        var rules = Rules(minNotional: 40);

        var result = Buy(1.5m, Asks("c", 0, (99, 1)), larger with { Rules = rules }, smaller with { Rules = rules });

        Assert.Equal([("c", 1m, 99m), ("l", 0.5m, 101m)], LegsOf(result));
        Assert.Equal([("s", RouteExclusion.UnderMinimum)], LeftOutOf(result));
    }

    [Fact]
    public void Of_ways_that_cost_the_same_one_goes_to_fewer_venues_and_then_to_the_first_by_name()
    {
        var (a, b) = (Asks("a", 0, (101, 1)), Asks("b", 0, (100, 1), (101, 1)));
        Assert.Equal([("b", 2m, 101m)], LegsOf(Buy(2, a, b)));

        var c = Asks("c", 0, (100, 1)) with { FixedCost = Notional.From(2) };
        Assert.Equal([("a", 1m, 101m)], LegsOf(Buy(1, c, a with { FixedCost = Notional.From(1) })));
    }

    [Fact]
    public void Quantity_under_the_minimum_everywhere_has_no_route()
    {
        var result = Buy(0.05m, A with { Rules = Rules(minNotional: 10) });

        Assert.Null(result.Estimate);
        Assert.Equal([("a", RouteExclusion.UnderMinimum)], LeftOutOf(result));
    }

    [Fact]
    public void No_leg_costs_more_than_its_account_has()
    {
        var route = Found(Buy(2, A with { Available = 50 }, B));

        var ofA = route.Legs.Single(leg => leg.Venue == VenueId.From("a"));
        Assert.Equal(0.4995005m, decimal.Round(ofA.Quantity.Value, 7));
        Assert.InRange(ofA.Quantity.Value * 100.1m, 49.99m, 50);
        Assert.Equal([("a", RouteExclusion.NothingAvailable)], LeftOutOf(Buy(1, A with { Available = 0 }, B)));
    }

    [Fact]
    public void Side_on_which_nobody_stands_has_nothing_available() =>
        Assert.Equal([("b", RouteExclusion.NothingAvailable)], LeftOutOf(Sell(1, A, B)));

    [Fact]
    public void Fixed_cost_keeps_an_order_at_one_venue_until_it_pays()
    {
        var withGas = B with { FixedCost = Notional.From(0.5m) };

        Assert.Equal([("a", 1m, 100m), ("b", 1m, 100.05m)], LegsOf(Buy(2, A, withGas)));
        Assert.Equal([("a", 2m, 101m)], LegsOf(Buy(2, A, withGas with { FixedCost = Notional.From(0.8m) })));
    }

    // Together b and d cost 204, alone with any other more: to drop the least worthwhile of all four first drops one of them.
    [Fact]
    public void Venues_that_are_worth_it_only_together_are_found()
    {
        RouteVenue[] venues =
        [
            Asks("a", 0, (102, 2)) with { FixedCost = Notional.From(2) }, Asks("b", 0, (103, 1)),
            Asks("c", 0, (102, 2)) with { FixedCost = Notional.From(3) }, Asks("d", 0, (101, 1)),
        ];

        Assert.Equal([("b", 1m, 103m), ("d", 1m, 101m)], LegsOf(Buy(2, venues)));
    }

    [Fact]
    public void No_more_legs_than_allowed()
    {
        var result = SmartRoute.Estimate(Asking(TakerSide.Buy, 2, legsMax: 1), [A, B, C]);

        Assert.Equal([("a", 2m, 101m)], LegsOf(result));
    }

    [Theory]
    [InlineData(0, 0.5, RouteConfidence.High)]
    [InlineData(0, 1.5, RouteConfidence.Medium)]
    [InlineData(3, 0.5, RouteConfidence.Medium)]
    [InlineData(6, 0.5, RouteConfidence.Low)]
    public void Confidence_falls_with_age_and_with_the_depth_used(int ageSeconds, double quantity, RouteConfidence confidence) =>
        Assert.Equal(confidence, Found(Buy((decimal)quantity, A with { BookAt = Now.AddSeconds(-ageSeconds) })).Confidence);

    [Fact]
    public void Venues_too_many_for_all_sets_are_dropped_one_at_a_time()
    {
        var venues = Enumerable.Range(0, 20)
            .Select(i => Asks($"v{i:00}", 0, (100 + (0.01m * i), 1)) with { FixedCost = Notional.From(i % 2 == 0 ? 0 : 1000) }).ToArray();

        var route = SmartRoute.Estimate(Asking(TakerSide.Buy, 5, legsMax: 5), venues);

        Assert.All(LegsOf(route), leg => Assert.Equal(0, int.Parse(leg.Venue[1..], System.Globalization.CultureInfo.InvariantCulture) % 2));
        Assert.Equal(3, Found(SmartRoute.Estimate(Asking(TakerSide.Buy, 5, legsMax: 3), venues)).Legs.Count);
    }
}
