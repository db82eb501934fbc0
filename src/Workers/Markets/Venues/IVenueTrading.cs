using Platform.Domain.Markets;
using Platform.Domain.Values;

namespace Platform.Workers.Markets.Venues;

/// <summary>
/// Orders at a venue. Each call is made once, and says by its type whether the outcome is known: after
/// <see cref="VenueAnswer{T}.Unknown"/> ask by <see cref="QueryAsync"/>, never send again.
/// </summary>
public interface IVenueTrading
{
    VenueId Venue { get; }

    /// <summary>What a client order id may be made of here.</summary>
    ClientOrderIdRules ClientOrderIds { get; }

    /// <summary>The order as the venue took it; what the venue does not tell at once is <see cref="VenueOrderStatus.New"/> and unfilled.</summary>
    Task<VenueAnswer<VenueOrder>> PlaceAsync(NewVenueOrder order, CancellationToken cancellationToken);

    /// <summary>NotFound: no such order is open; ask what became of it.</summary>
    Task<VenueAnswer<VenueOrder>> CancelAsync(VenueOrderName order, CancellationToken cancellationToken);

    /// <summary>NotFound is the venue's explicit word that it never saw the order, or that it is too old to be told.</summary>
    Task<VenueAnswer<VenueOrder>> QueryAsync(VenueOrderName order, CancellationToken cancellationToken);

    /// <param name="instrument">Null for all.</param>
    Task<VenueAnswer<IReadOnlyList<VenueOrder>>> OpenOrdersAsync(Instrument? instrument, CancellationToken cancellationToken);

    /// <summary>Every fill of one order, oldest first.</summary>
    /// <param name="order">With the venue's id of it.</param>
    Task<VenueAnswer<IReadOnlyList<VenueFill>>> FillsAsync(VenueOrderName order, CancellationToken cancellationToken);

    /// <summary>
    /// The account's orders and balances as they change; begins when there are credentials, never ends by itself. After each
    /// Connected the reader reconciles: what was said meanwhile is lost.
    /// </summary>
    IAsyncEnumerable<StreamEvent<VenueUserReport>> UserStreamAsync(CancellationToken cancellationToken);
}

/// <param name="LengthMax">In characters.</param>
/// <param name="Form">What it must match; null: letters, digits and hyphens in any order.</param>
public sealed record ClientOrderIdRules(int LengthMax, string? Form = null);

/// <summary>FIX 54.</summary>
public enum VenueSide { Buy, Sell }

/// <summary>FIX 40; a limit maker is refused rather than filled at once.</summary>
public enum VenueOrderType { Market, Limit, LimitMaker }

/// <summary>FIX 59.</summary>
public enum VenueTimeInForce { GoodTillCancel, ImmediateOrCancel, FillOrKill }

/// <summary>Where an order stands at the venue (FIX 39).</summary>
public enum VenueOrderStatus { New, PartiallyFilled, Filled, Canceled, Rejected, Expired }

/// <summary>An order to send. Exactly one of the quantities is set; a market order names no price.</summary>
/// <param name="ClientOrderId">FIX 11; the platform's own, from the ensure key.</param>
/// <param name="QuoteQuantity">Market orders only: how much quote asset to spend or to receive.</param>
/// <param name="TimeInForce">Limit orders only.</param>
public sealed record NewVenueOrder(
    Instrument Instrument, string ClientOrderId, VenueSide Side, VenueOrderType Type, Quantity? Quantity,
    Notional? QuoteQuantity, Price? LimitPrice, VenueTimeInForce? TimeInForce);

/// <summary>Which order is meant.</summary>
/// <param name="VenueOrderId">FIX 37; null while the venue has told none.</param>
public sealed record VenueOrderName(Instrument Instrument, string ClientOrderId, string? VenueOrderId = null);

/// <summary>An order as the venue tells it.</summary>
/// <param name="ClientOrderId">Null where it was not placed with one.</param>
/// <param name="LimitPrice">Null on a market order.</param>
/// <param name="Quantity">In base units; zero where the order is by quote quantity and did not trade yet.</param>
/// <param name="Filled">FIX 14: above the sum of the fills that came along, some must be asked for.</param>
/// <param name="QuoteFilled">Null where the venue does not tell.</param>
/// <param name="Fills">Those that came with this answer; seldom all.</param>
/// <param name="At">The venue's clock (FIX 60); null where this answer does not hold it.</param>
/// <param name="Reason">Why it ended, in the venue's words; null where it says nothing.</param>
public sealed record VenueOrder(
    string VenueSymbol, string VenueOrderId, string? ClientOrderId, VenueOrderStatus Status, VenueSide Side,
    VenueOrderType Type, Price? LimitPrice, Quantity Quantity, Quantity Filled, Notional? QuoteFilled,
    IReadOnlyList<VenueFill> Fills, DateTimeOffset? At, string? Reason = null);

/// <summary>One execution (FIX 150=F), in the venue's own figures.</summary>
/// <param name="TradeId">The venue's name for it, unique within the market.</param>
/// <param name="QuoteQuantity">As the venue states it; price times quantity where it does not.</param>
/// <param name="Fee">Above zero: we paid. Whatever sign the venue uses.</param>
/// <param name="IsMaker">Null where the venue does not tell.</param>
/// <param name="Realized">What a position won by it, in the asset in which it is reckoned; null on spot, and where the venue does not tell.</param>
public sealed record VenueFill(
    string VenueSymbol, string TradeId, string VenueOrderId, VenueSide Side, Price Price, Quantity Quantity,
    Notional QuoteQuantity, Money Fee, bool? IsMaker, DateTimeOffset At, decimal? Realized = null);

/// <summary>What the account's own stream says. Closed: every case is here.</summary>
public abstract record VenueUserReport
{
    private VenueUserReport() { }

    /// <param name="Order">With the one fill that is reported, if it is one.</param>
    public sealed record OfOrder(VenueOrder Order) : VenueUserReport;

    /// <param name="Balances">Those that changed, as they are now.</param>
    public sealed record OfBalances(IReadOnlyList<VenueBalance> Balances) : VenueUserReport;

    /// <param name="Positions">Those that changed, as they are now; of no contracts where one was closed.</param>
    public sealed record OfPositions(IReadOnlyList<VenuePosition> Positions) : VenueUserReport;

    public sealed record OfTrigger(TriggerOrder Order) : VenueUserReport;
}
