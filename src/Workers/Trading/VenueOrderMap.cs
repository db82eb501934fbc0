using System.Diagnostics;
using System.Text.RegularExpressions;
using Platform.Domain.Markets;
using Platform.Domain.Trading;
using Platform.Workers.Markets.Venues;

namespace Platform.Workers.Trading;

/// <summary>Between the words of venues for orders and the domain's.</summary>
internal static class VenueOrderMap
{
    private static readonly TimeSpan MatchTimeout = TimeSpan.FromMilliseconds(100);

    /// <summary>Our name of the order as the venue takes it: where it does not fit, what follows our prefix, which is as unique.</summary>
    public static string NameOf(ClientOrderId ours, ClientOrderIdRules rules) =>
        !Fits(ours.Value, rules) && ours.OrderId is { } id ? $"{id.Value:N}" : ours.Value;

    /// <summary>The way back; a name that is none of ours stays as it is.</summary>
    public static ClientOrderId NameOf(string theirs) => Guid.TryParseExact(theirs, "N", out var id)
        ? ClientOrderId.For(OrderId.From(id))
        : new(theirs);

    public static NewVenueOrder ToVenue(Order order, Instrument instrument, ClientOrderIdRules rules) => new(
        instrument, NameOf(order.ClientOrderId, rules), order.Terms.Side is Side.Buy ? VenueSide.Buy : VenueSide.Sell,
        order.Terms.Type switch
        {
            OrderType.Market => VenueOrderType.Market,
            OrderType.Limit => VenueOrderType.Limit,
            OrderType.LimitMaker => VenueOrderType.LimitMaker,
            _ => throw new UnreachableException(),
        },
        order.Terms.Quantity, order.Terms.QuoteQuantity, order.Terms.LimitPrice,
        order.Terms.Type is OrderType.Limit ? ToVenue(order.Terms.TimeInForce) : null);

    public static VenueReport ReportOf(Order order, VenueOrder told, ReportSource source) =>
        ReportOf(told, [.. told.Fills.Select(fill => FillOf(order, fill))], source);

    public static VenueReport ReportOf(VenueOrder told, IReadOnlyList<Fill> fills, ReportSource source) => new(
        new(told.VenueOrderId), StateOf(told.Status), told.Filled, fills, told.At ?? DateTimeOffset.UnixEpoch, source, told.Reason);

    public static Fill FillOf(Order order, VenueFill fill) => new(
        ExecutionId.For(order.VenueId, order.Terms.Symbol, fill.TradeId, new(fill.VenueOrderId), order.Terms.Side),
        fill.TradeId, fill.Quantity, fill.Price, fill.QuoteQuantity,
        // Nothing of any asset is the same; venues leave out, or make up, of which.
        fill.Fee.Amount == 0 ? new(0, order.Terms.Symbol.Quote) : fill.Fee,
        fill.IsMaker switch { true => Liquidity.Maker, false => Liquidity.Taker, null => Liquidity.Unknown }, fill.At);

    private static VenueOrderState StateOf(VenueOrderStatus status) => status switch
    {
        VenueOrderStatus.New => VenueOrderState.New,
        VenueOrderStatus.PartiallyFilled => VenueOrderState.PartiallyFilled,
        VenueOrderStatus.Filled => VenueOrderState.Filled,
        VenueOrderStatus.Canceled => VenueOrderState.Canceled,
        VenueOrderStatus.Rejected => VenueOrderState.Rejected,
        VenueOrderStatus.Expired => VenueOrderState.Expired,
        _ => throw new UnreachableException(),
    };

    private static VenueTimeInForce ToVenue(TimeInForce timeInForce) => timeInForce switch
    {
        TimeInForce.GoodTillCancel => VenueTimeInForce.GoodTillCancel,
        TimeInForce.ImmediateOrCancel => VenueTimeInForce.ImmediateOrCancel,
        TimeInForce.FillOrKill => VenueTimeInForce.FillOrKill,
        _ => throw new UnreachableException(),
    };

    private static bool Fits(string name, ClientOrderIdRules rules) => name.Length <= rules.LengthMax
        && (rules.Form is null || Regex.IsMatch(name, rules.Form, RegexOptions.CultureInvariant, MatchTimeout));
}
