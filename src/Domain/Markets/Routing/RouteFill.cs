namespace Platform.Domain.Markets.Routing;

/// <summary>One way of sharing a quantity out: by offer, how much of it. Offers are known by their place.</summary>
/// <param name="Cost">As of <see cref="RouteOffer.Cost"/>, over all parts.</param>
/// <param name="UnderMinimum">The offers that were dropped because their part was too small for their venue.</param>
internal sealed record RouteFill(decimal[] Parts, decimal Routed, decimal Cost, IReadOnlySet<int> UnderMinimum)
{
    public int Legs { get; } = Parts.Count(part => part > 0);

    /// <summary>More of the quantity first, then cheaper, then at fewer venues.</summary>
    public bool IsBetterThan(RouteFill other) =>
        (-Routed, Cost, Legs).CompareTo((-other.Routed, other.Cost, other.Legs)) < 0;
}

/// <summary>Takes the cheapest levels of some of the offers, and leaves out whose part would be too small.</summary>
internal sealed class RouteFiller(IReadOnlyList<RouteOffer> offers, decimal wanted)
{
    private readonly (int Offer, int Level)[] cheapestFirst = Merged(offers);

    /// <param name="among">The places of the offers that may be used, as bits.</param>
    public RouteFill Fill(ulong among)
    {
        HashSet<int> dropped = [];
        while (true)
        {
            var parts = Take(among);
            if (Smallest(parts) is not { } tooSmall)
                return new(
                    parts, parts.Sum(), parts.Select((part, at) => part > 0 ? offers[at].Cost(part) : 0).Sum(), dropped);
            dropped.Add(tooSmall);
            among &= ~(1UL << tooSmall);
        }
    }

    private decimal[] Take(ulong among)
    {
        var parts = new decimal[offers.Count];
        var left = wanted;
        foreach (var (at, level) in cheapestFirst)
        {
            if (left == 0)
                break;
            if ((among >> at & 1) == 0)
                continue;
            var part = offers[at].Floor(Math.Min(offers[at].Reach[level], parts[at] + left));
            left -= part - parts[at];
            parts[at] = part;
        }
        return parts;
    }

    // One after the other: what the smallest gives up may lift the next one over its own minimum.
    private int? Smallest(decimal[] parts) => Enumerable.Range(0, parts.Length)
        .Where(at => parts[at] > 0 && !offers[at].Takes(parts[at]))
        .OrderBy(at => offers[at].Worth(parts[at]))
        .Select(at => (int?)at)
        .FirstOrDefault();

    // At one price the offers are used in the order of their names, so that the order of asking changes nothing.
    private static (int Offer, int Level)[] Merged(IReadOnlyList<RouteOffer> offers) =>
    [
        .. from offer in Enumerable.Range(0, offers.Count)
           from level in Enumerable.Range(0, offers[offer].Reach.Count)
           orderby offers[offer].RankAt(level), offer, level
           select (offer, level),
    ];
}
