using System.Numerics;
using Platform.Domain.Values;

namespace Platform.Domain.Markets.Routing;

/// <summary>
/// Shares an order out over venues. The levels of all books are merged at their prices with fees in them, and the
/// cheapest taken first: without fixed costs nothing is cheaper. Where using a venue costs something at all, or only so many may
/// be used, each set of up to <see cref="SetsMax"/> venues is tried; of more, the least worthwhile is dropped one at a time.
/// </summary>
public static class SmartRoute
{
    /// <summary>A book of which nothing was heard for so long is no price.</summary>
    public static readonly TimeSpan BookAgeMax = TimeSpan.FromSeconds(10);

    /// <summary>At most so many venues are looked at: more than any market has.</summary>
    public const int VenuesMax = 64;

    internal const int SetsMax = 12;
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Recent = TimeSpan.FromSeconds(5);

    /// <exception cref="ArgumentException">The quantity is zero, no leg is allowed, or there are too many venues.</exception>
    public static RouteResult Estimate(RouteRequest request, IReadOnlyCollection<RouteVenue> venues)
    {
        if (request.Quantity == Quantity.Zero || request.LegsMax < 1 || venues.Count > VenuesMax)
            throw new ArgumentException("A route is for more than nothing, over one venue or more.", nameof(request));

        var judged = venues.OrderBy(venue => venue.Venue.Value, StringComparer.Ordinal)
            .Select(venue => (Venue: venue, Reason: Judge(venue, request.Now))).ToArray();
        List<VenueLeftOut> leftOut = [.. judged.Where(it => it.Reason is not null).Select(it => new VenueLeftOut(it.Venue.Venue, it.Reason!.Value))];
        RouteOffer[] all = [.. judged.Where(it => it.Reason is null).Select(it => new RouteOffer(it.Venue, it.Venue.Fee!, request.Side))];
        leftOut.AddRange(all.Where(offer => !offer.HasAny).Select(offer => new VenueLeftOut(offer.From.Venue, RouteExclusion.NothingAvailable)));

        RouteOffer[] offers = [.. all.Where(offer => offer.HasAny)];
        RouteFiller filler = new(offers, request.Quantity.Value);
        RouteFill[] singles = [.. offers.Select((_, at) => filler.Fill(1UL << at))];
        var best = singles.Prepend(Shared(filler, offers, request.LegsMax)).Aggregate((one, other) => other.IsBetterThan(one) ? other : one);

        leftOut.AddRange(offers.Select((offer, at) => (offer, at)).Where(it => best.Parts[it.at] == 0).Select(it => new VenueLeftOut(
            it.offer.From.Venue,
            best.UnderMinimum.Contains(it.at) || singles[it.at].Routed == 0 ? RouteExclusion.UnderMinimum : RouteExclusion.NotNeeded)));
        return new(
            best.Routed > 0 ? EstimateOf(request, offers, best, singles) : null,
            [.. leftOut.OrderBy(left => left.Venue.Value, StringComparer.Ordinal)]);
    }

    private static RouteExclusion? Judge(RouteVenue venue, DateTimeOffset now) => venue switch
    {
        { IsTrading: false } => RouteExclusion.Halted,
        { Book.State: BookState.Stale } => RouteExclusion.StaleBook,
        { Book.State: not BookState.Synced } => RouteExclusion.NoBook,
        _ when now - venue.BookAt > BookAgeMax => RouteExclusion.StaleBook,
        { Fee: null } => RouteExclusion.UnknownFee,
        _ => null,
    };

    private static RouteFill Shared(RouteFiller filler, RouteOffer[] offers, int legsMax)
    {
        var all = offers.Length == VenuesMax ? ulong.MaxValue : (1UL << offers.Length) - 1;
        var free = filler.Fill(all);
        if (free.Legs <= legsMax && offers.All(offer => offer.From.FixedCost == Notional.Zero))
            return free;
        return offers.Length <= SetsMax ? BestSet(filler, all, legsMax) : DropOneByOne(filler, all, free, legsMax);
    }

    private static RouteFill BestSet(RouteFiller filler, ulong all, int legsMax)
    {
        var best = filler.Fill(0);
        for (var among = 1UL; among <= all; among++)
            if (BitOperations.PopCount(among) <= legsMax && filler.Fill(among) is var fill && fill.IsBetterThan(best))
                best = fill;
        return best;
    }

    // To the end, for the next one may be worth it where this one was not: what takes its place can cost as much.
    private static RouteFill DropOneByOne(RouteFiller filler, ulong all, RouteFill start, int legsMax)
    {
        var (best, current, among) = (start, start, all);
        while (current.Legs > 0)
        {
            var (next, dropped) = Places(Used(current)).Select(at => (Fill: filler.Fill(among & ~(1UL << at)), At: at))
                .Aggregate((one, other) => other.Fill.IsBetterThan(one.Fill) ? other : one);
            (current, among) = (next, among & ~(1UL << dropped));
            if (best.Legs > legsMax || (current.Legs <= legsMax && current.IsBetterThan(best)))
                best = current;
        }
        return best;
    }

    private static ulong Used(RouteFill fill) =>
        Enumerable.Range(0, fill.Parts.Length).Where(at => fill.Parts[at] > 0).Aggregate(0UL, (bits, at) => bits | (1UL << at));

    private static IEnumerable<int> Places(ulong bits) => Enumerable.Range(0, VenuesMax).Where(at => (bits >> at & 1) == 1);

    private static RouteEstimate EstimateOf(RouteRequest request, RouteOffer[] offers, RouteFill fill, RouteFill[] singles)
    {
        RouteLeg[] legs = [.. offers.Select((offer, at) => (offer, part: fill.Parts[at])).Where(it => it.part > 0).Select(it => it.offer.Leg(it.part))];
        var worth = offers.Select((offer, at) => fill.Parts[at] > 0 ? offer.Worth(fill.Parts[at]) : 0).Sum();
        var average = Notional.From(worth) / Quantity.From(fill.Routed);
        var mid = MidOf(offers);
        var total = Total(request.Side, fill);
        var single = BestSingle(request.Side, offers, singles, fill.Routed);
        var oldest = legs.Min(leg => leg.BookAt);
        return new(
            request.Market, request.Side, request.Quantity, Quantity.From(fill.Routed),
            Quantity.From(request.Quantity.Value - fill.Routed), legs, average,
            decimal.Round(total / fill.Routed, decimals: 16, MidpointRounding.ToEven), total, FeesOf(legs), mid,
            mid is { } middle ? SlippageOf(request.Side, average, middle) : null, single,
            single is null ? null : Math.Abs(single.Total - total), oldest, ConfidenceOf(request, offers, fill, oldest), oldest + BookAgeMax);
    }

    private static decimal Total(TakerSide side, RouteFill fill) => side is TakerSide.Buy ? fill.Cost : -fill.Cost;

    private static SingleVenue? BestSingle(TakerSide side, RouteOffer[] offers, RouteFill[] singles, decimal routed) =>
        singles.Select((fill, at) => (fill, at)).Where(it => it.fill.Routed >= routed).OrderBy(it => it.fill.Cost).ThenBy(it => it.at)
            .Select(it => new SingleVenue(offers[it.at].From.Venue, Total(side, it.fill))).FirstOrDefault();

    private static Price? MidOf(RouteOffer[] offers)
    {
        var bids = offers.SelectMany(offer => offer.From.Book.Bids.Take(1)).Select(level => level.Price.Value).ToArray();
        var asks = offers.SelectMany(offer => offer.From.Book.Asks.Take(1)).Select(level => level.Price.Value).ToArray();
        return bids.Length > 0 && asks.Length > 0 ? Price.From((bids.Max() + asks.Min()) / 2) : null;
    }

    private static decimal SlippageOf(TakerSide side, Price average, Price mid)
    {
        var worse = side is TakerSide.Buy ? average.Value - mid.Value : mid.Value - average.Value;
        return decimal.Round(worse / mid.Value * 10_000, decimals: 4, MidpointRounding.ToEven);
    }

    private static Money[] FeesOf(RouteLeg[] legs) =>
    [
        .. legs.GroupBy(leg => leg.Fee.Asset).OrderBy(fees => fees.Key.Value, StringComparer.Ordinal)
            .Select(fees => new Money(fees.Sum(leg => leg.Fee.Amount), fees.Key)),
    ];

    private static RouteConfidence ConfidenceOf(RouteRequest request, RouteOffer[] offers, RouteFill fill, DateTimeOffset oldest)
    {
        var (age, left) = (request.Now - oldest, request.Quantity.Value - fill.Routed);
        // A rest that is less than any lot says nothing of the books.
        if (age > Recent || offers.Any(offer => offer.Floor(left) > 0))
            return RouteConfidence.Low;
        var isDeep = offers.Select((offer, at) => fill.Parts[at] * 2 <= offer.InSight).All(enough => enough);
        return age <= Fresh && isDeep ? RouteConfidence.High : RouteConfidence.Medium;
    }
}
