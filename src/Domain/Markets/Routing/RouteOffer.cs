using Platform.Domain.Values;

namespace Platform.Domain.Markets.Routing;

/// <summary>What one venue could do for a request: how far each level of its book may be reached, in whole lots.</summary>
internal sealed class RouteOffer
{
    private readonly RouteVenue from;
    private readonly TakerSide side;
    private readonly TakerFee fee;
    private readonly decimal step;
    private readonly IReadOnlyList<BookLevel> levels;

    public RouteOffer(RouteVenue from, TakerFee fee, TakerSide side)
    {
        (this.from, this.fee, this.side) = (from, fee, side);
        levels = side is TakerSide.Buy ? from.Book.Asks : from.Book.Bids;
        step = from.Rules.Step.Value;
        Reach = ReachOf(levels);
    }

    public RouteVenue From => from;

    /// <summary>By level, best first: the most that can be taken down to it with what the account has, in whole lots.</summary>
    public IReadOnlyList<decimal> Reach { get; }

    public bool HasAny => Reach.Count > 0 && Reach[^1] > 0;

    /// <summary>All that stands on this side of the book.</summary>
    public decimal InSight => levels.Sum(level => level.Quantity.Value);

    /// <summary>What sorts the cheapest first: a buyer wants prices low, a seller high.</summary>
    public decimal RankAt(int level)
    {
        var effective = fee.Effective(levels[level].Price.Value, side);
        return side is TakerSide.Buy ? effective : -effective;
    }

    public decimal Floor(decimal quantity) => quantity - (quantity % step);

    /// <summary>Whether the venue would take such an order; not when it is too small for it.</summary>
    public bool Takes(decimal quantity) => from.Rules.CheckLimit(Walk(quantity).Limit, Quantity.From(quantity)) is null;

    /// <summary>What the quantity comes to, before the fee.</summary>
    public decimal Worth(decimal quantity) => Walk(quantity).Worth;

    /// <summary>All costs counted: above zero what is paid, below zero what is got.</summary>
    public decimal Cost(decimal quantity)
    {
        var worth = Worth(quantity);
        return (side is TakerSide.Buy ? worth : -worth) + (worth * fee.Rate) + from.FixedCost.Value;
    }

    public RouteLeg Leg(decimal quantity)
    {
        var (worth, limit) = Walk(quantity);
        return new(
            from.Venue, Quantity.From(quantity), limit, Notional.From(worth) / Quantity.From(quantity),
            fee.Of(from.Rules.Market, side, quantity, worth), worth * fee.Rate, from.FixedCost, from.BookAt);
    }

    // The quantity is above zero, and no more than stands here.
    private (decimal Worth, Price Limit) Walk(decimal quantity)
    {
        var (worth, left, at) = (0m, quantity, -1);
        while (left > 0)
        {
            var level = levels[++at];
            var taken = Math.Min(left, level.Quantity.Value);
            worth += taken * level.Price.Value;
            left -= taken;
        }
        return (worth, levels[at].Price);
    }

    private decimal[] ReachOf(IReadOnlyList<BookLevel> book)
    {
        var reach = new decimal[book.Count];
        decimal stands = 0, spent = 0, most = 0;
        for (var i = 0; i < book.Count; i++)
        {
            var (price, quantity) = (book[i].Price.Value, book[i].Quantity.Value);
            var affordable = side is TakerSide.Buy
                ? Affordable(stands, spent, price, quantity)
                : Math.Min(stands + quantity, from.Available ?? decimal.MaxValue);
            stands += quantity;
            spent += quantity * price * fee.Spent;
            most = Math.Max(most, Floor(Math.Min(affordable, TakenAt(price))));
            reach[i] = most;
        }
        return reach;
    }

    // The venue's own maxima: of the order's quantity, and of its worth at its limit.
    private decimal TakenAt(decimal price)
    {
        var (lots, worth) = (from.Rules.Lot.Max.Value, from.Rules.Notional.Max.Value);
        // What a decimal cannot divide is more than any book holds.
        var byWorth = worth > 0 && worth <= NotionalRules.CountableMax * Math.Min(1, price)
            ? ExactDecimal.Trimmed(Floor(worth / price))
            : decimal.MaxValue;
        return Math.Min(lots > 0 ? lots : decimal.MaxValue, byWorth);
    }

    private decimal Affordable(decimal stands, decimal spent, decimal price, decimal quantity)
    {
        var each = price * fee.Spent;
        if (from.Available is not { } available || spent + (quantity * each) <= available)
            return stands + quantity;
        if (spent >= available)
            return 0;

        // A quotient has 28 digits: where it was rounded up, one lot less is what the account can pay.
        var affordable = ExactDecimal.Trimmed(Floor(stands + ((available - spent) / each)));
        return spent + ((affordable - stands) * each) > available ? affordable - step : affordable;
    }
}
