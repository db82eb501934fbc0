using CsCheck;
using Platform.Domain.Markets;
using Platform.Domain.Markets.Routing;
using Platform.Domain.Values;

namespace Platform.Domain.Tests.Markets.Routing;

/// <summary>The estimator against every way of sharing a small order out.</summary>
public sealed class SmartRoutePropertyTests : RouteSpec
{
    [Fact]
    public void Without_lots_and_minima_nothing_is_better() =>
        Gen.Select(Sides, Gen.Int[1, 10], Gen.Int[1, 3], Plain.Array[1, 3]).Sample((side, wanted, legsMax, drafts) =>
        {
            var venues = Build(side, drafts);
            var best = Best(side, wanted, legsMax, venues);

            Assert.Equal(best, ResultOf(SmartRoute.Estimate(Asking(side, wanted, legsMax), venues)));
        }, iter: 2_000);

    [Fact]
    public void With_lots_minima_and_balances_it_is_never_better_than_the_best() =>
        Gen.Select(Sides, Gen.Int[1, 10], Gen.Int[1, 3], Awkward.Array[1, 3]).Sample((side, wanted, legsMax, drafts) =>
        {
            var venues = Build(side, drafts);
            var (routed, cost) = ResultOf(SmartRoute.Estimate(Asking(side, wanted, legsMax), venues));
            var best = Best(side, wanted, legsMax, venues);

            Assert.True(routed < best.Routed || (routed == best.Routed && cost >= best.Cost), $"{routed} for {cost}, at best {best}");
        }, iter: 2_000);

    [Fact]
    public void Every_leg_keeps_to_its_venue_and_all_of_the_quantity_is_accounted_for() =>
        Gen.Select(Sides, Gen.Decimal[0.00000001m, 30], Gen.Int[1, 3], Awkward.Array[1, 5]).Sample((side, wanted, legsMax, drafts) =>
        {
            var venues = Build(side, drafts, precision: 8);
            var asked = decimal.Round(wanted, 8);
            if (asked == 0 || SmartRoute.Estimate(Asking(side, asked, legsMax), venues) is not { Estimate: { } route } result)
                return;

            Assert.Equal(asked, route.Routed.Value + route.Left.Value);
            Assert.Equal(route.Routed.Value, route.Legs.Sum(leg => leg.Quantity.Value));
            Assert.InRange(route.Legs.Count, 1, legsMax);
            Assert.Equal(venues.Length, route.Legs.Count + result.LeftOut.Count);
            Assert.Equal(side is TakerSide.Buy ? route.BestSingle?.Total - route.Total : route.Total - route.BestSingle?.Total, route.Gain);
            Assert.True(route.Gain is null or >= 0);
            foreach (var leg in route.Legs)
            {
                var venue = venues.Single(venue => venue.Venue == leg.Venue);
                Assert.Null(venue.Rules.CheckLimit(leg.LimitPrice, leg.Quantity));
                Assert.True(leg.Quantity.Value % Math.Max(venue.Rules.Lot.Step.Value, 0.00000001m) == 0);
                Assert.True(SpentOf(side, venue, leg.Quantity.Value) <= (venue.Available ?? decimal.MaxValue));
            }
        }, iter: 2_000);

    [Fact]
    public void Order_of_the_venues_changes_nothing() =>
        Gen.Select(Sides, Gen.Int[1, 10], Awkward.Array[2, 5]).SelectMany((side, wanted, drafts) =>
            Gen.Shuffle(Build(side, drafts)).Select(shuffled => (side, wanted, drafts, shuffled))).Sample(it =>
        {
            var request = Asking(it.side, it.wanted, legsMax: 3);
            var one = SmartRoute.Estimate(request, Build(it.side, it.drafts));
            var other = SmartRoute.Estimate(request, it.shuffled);

            Assert.Equal(one.LeftOut, other.LeftOut);
            Assert.Equal(one.Estimate?.Legs ?? [], other.Estimate?.Legs ?? []);
            Assert.Equal(one.Estimate?.Total, other.Estimate?.Total);
        });

    [Fact]
    public void Prices_times_a_power_of_ten_are_totals_times_it() =>
        Gen.Select(Sides, Gen.Int[1, 10], Awkward.Array[1, 4], Gen.Int[-4, 4]).Sample((side, wanted, drafts, exponent) =>
        {
            var scale = PowerOfTen(exponent);
            var one = SmartRoute.Estimate(Asking(side, wanted, legsMax: 2), Build(side, drafts));
            var other = SmartRoute.Estimate(Asking(side, wanted, legsMax: 2), Build(side, drafts, scale));

            Assert.Equal(one.LeftOut, other.LeftOut);
            Assert.Equal(one.Estimate?.Total * scale, other.Estimate?.Total);
            Assert.Equal(one.Estimate?.Gain * scale, other.Estimate?.Gain);
            Assert.Equal(one.Estimate?.SlippageBps, other.Estimate?.SlippageBps);
            Assert.Equal(
                one.Estimate?.Legs.Select(leg => (leg.Venue, leg.Quantity, leg.LimitPrice.Value * scale, leg.FeeWorth * scale)),
                other.Estimate?.Legs.Select(leg => (leg.Venue, leg.Quantity, leg.LimitPrice.Value, leg.FeeWorth)));
        });

    private static (decimal Routed, decimal Cost) ResultOf(RouteResult result)
    {
        if (result.Estimate is not { } route)
            return (0, 0);
        return (route.Routed.Value, route.Side is TakerSide.Buy ? route.Total : -route.Total);
    }

    private static decimal PowerOfTen(int exponent) => exponent < 0 ? 1 / PowerOfTen(-exponent) : Enumerable.Range(0, exponent).Aggregate(1m, (power, _) => power * 10);

    // Every share of whole units that keeps to all rules: the most of them, and of those the cheapest.
    private static (decimal Routed, decimal Cost) Best(TakerSide side, int wanted, int legsMax, RouteVenue[] venues) =>
        Shares(venues.Length, wanted)
            .Where(share => share.Count(part => part > 0) <= legsMax && share.Zip(venues).All(it => it.First == 0 || Allows(side, it.Second, it.First)))
            .Select(share => (Routed: (decimal)share.Sum(), Cost: share.Zip(venues, (part, venue) => part == 0 ? 0 : CostOf(side, venue, part)).Sum()))
            .OrderByDescending(it => it.Routed).ThenBy(it => it.Cost).First();

    private static IEnumerable<int[]> Shares(int venues, int wanted) => venues == 0
        ? [[]]
        : Enumerable.Range(0, wanted + 1).SelectMany(part => Shares(venues - 1, wanted - part).Select(rest => (int[])[part, .. rest]));

    private static bool Allows(TakerSide side, RouteVenue venue, int part) =>
        part <= Levels(side, venue).Sum(level => level.Quantity.Value)
        && venue.Rules.CheckLimit(Units(side, venue, part).Last(), Quantity.From(part)) is null
        && SpentOf(side, venue, part) <= (venue.Available ?? decimal.MaxValue);

    private static decimal SpentOf(TakerSide side, RouteVenue venue, decimal part) =>
        side is TakerSide.Buy ? WorthOf(side, venue, part) * (1 + venue.Fee!.Rate) : part;

    private static decimal CostOf(TakerSide side, RouteVenue venue, int part) =>
        (WorthOf(side, venue, part) * (side is TakerSide.Buy ? 1 + venue.Fee!.Rate : venue.Fee!.Rate - 1)) + venue.FixedCost.Value;

    private static decimal WorthOf(TakerSide side, RouteVenue venue, decimal part)
    {
        decimal worth = 0;
        foreach (var level in Levels(side, venue))
        {
            var taken = Math.Min(part, level.Quantity.Value);
            worth += taken * level.Price.Value;
            part -= taken;
        }
        return worth;
    }

    private static IEnumerable<Price> Units(TakerSide side, RouteVenue venue, int part) =>
        Levels(side, venue).SelectMany(level => Enumerable.Repeat(level.Price, (int)level.Quantity.Value)).Take(part);

    private static IReadOnlyList<BookLevel> Levels(TakerSide side, RouteVenue venue) => side is TakerSide.Buy ? venue.Book.Asks : venue.Book.Bids;

    private static RouteVenue[] Build(TakerSide side, Draft[] drafts, decimal scale = 1, int precision = 0) =>
    [
        .. drafts.Select((draft, i) =>
        {
            var levels = draft.Stands.Select(level => (level.Price * scale, (decimal)level.Quantity)).Distinct().DistinctBy(level => level.Item1);
            (decimal, decimal)[] sorted = [.. side is TakerSide.Buy ? levels.Order() : levels.OrderDescending()];
            return Venue($"v{i}", draft.Fee, side is TakerSide.Buy ? [] : sorted, side is TakerSide.Buy ? sorted : []) with
            {
                Rules = Rules(draft.Lot, draft.MinNotional * scale, draft.MaxQuantity, precision),
                Available = draft.Available * (side is TakerSide.Buy ? scale : 0.01m),
                FixedCost = Notional.From(draft.FixedCost * scale),
            };
        }),
    ];

    private static Gen<TakerSide> Sides => Gen.Enum<TakerSide>();

    private static Gen<(int Price, int Quantity)[]> Books => Gen.Select(Gen.Int[95, 105], Gen.Int[1, 3]).Array[1, 4];

    private static Gen<decimal> Fees => Any(-0.0001m, 0m, 0.001m, 0.0026m, 0.006m, 0.05m);

    private static Gen<Draft> Plain => Gen.Select(Books, Fees, Any(0m, 0m, 0.5m, 7m))
        .Select((levels, fee, fixedCost) => new Draft(levels, fee, fixedCost, 0, 0, 0, null));

    private static Gen<Draft> Awkward => Gen.Select(
            Gen.Select(Books, Fees, Any(0m, 0m, 0.5m, 7m)), Any(0m, 1m, 2m, 3m), Any(0m, 150m, 350m),
            Any(0m, 3m), Any<decimal?>(null, 0m, 101m, 222.3m, 500m))
        .Select((draft, lot, minimum, maximum, available) =>
            new Draft(draft.Item1, draft.Item2, draft.Item3, lot, minimum, maximum, available));

    private static Gen<T> Any<T>(params T[] choices) => Gen.Int[0, choices.Length - 1].Select(at => choices[at]);

    private sealed record Draft(
        (int Price, int Quantity)[] Stands, decimal Fee, decimal FixedCost, decimal Lot, decimal MinNotional, decimal MaxQuantity,
        decimal? Available);
}
