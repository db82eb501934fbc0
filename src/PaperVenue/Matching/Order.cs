namespace Platform.PaperVenue.Matching;

/// <summary>What an account asks for.</summary>
/// <param name="Quantity">Zero for a market order by quote quantity.</param>
/// <param name="QuoteQuantity">Zero unless a market order states what to spend or to receive.</param>
/// <param name="Price">Zero for a market order.</param>
public sealed record NewOrder(
    long AccountId, string Symbol, string ClientOrderId, Side Side, OrderType Type, TimeInForce TimeInForce,
    decimal Quantity, decimal QuoteQuantity, decimal Price, SelfTradePrevention SelfTradePrevention);

/// <summary>Names an order by its id or, where that is null, by its client order id; one of both is set.</summary>
/// <param name="CancelClientOrderId">What the account calls the cancel itself.</param>
public sealed record CancelOrder(
    long AccountId, string Symbol, long? OrderId, string? ClientOrderId, string CancelClientOrderId);

/// <summary>An order as it stands after some step; never changed, only replaced. Times are Unix milliseconds.</summary>
/// <param name="OrderId">Rises with time, so it is also the order's time priority.</param>
/// <param name="PreventedQuantity">What self-trade prevention took off, in base units.</param>
public sealed record Order(
    long OrderId, long AccountId, Instrument Instrument, string ClientOrderId, Side Side, OrderType Type,
    TimeInForce TimeInForce, decimal Quantity, decimal QuoteQuantity, decimal Price,
    SelfTradePrevention SelfTradePrevention, OrderStatus Status, decimal ExecutedQuantity, decimal ExecutedQuote,
    decimal PreventedQuantity, long CreatedAt, long UpdatedAt)
{
    public string Symbol => Instrument.Symbol;

    /// <summary>The order is in the book, or would be if nothing stood against it.</summary>
    public bool IsResting => Status.IsOpen && Type != OrderType.Market && TimeInForce == TimeInForce.Gtc;

    public bool IsByQuote => QuoteQuantity > 0;

    /// <summary>FIX 38; for an order by quote quantity what it came to.</summary>
    public decimal StatedQuantity => IsByQuote ? ExecutedQuantity : Quantity;

    /// <summary>FIX 151, for orders that state a quantity.</summary>
    public decimal LeavesQuantity => Quantity - ExecutedQuantity;

    /// <summary>What may still trade at a price; by quote quantity, the whole lots still affordable.</summary>
    public decimal LeavesAt(decimal price) => IsByQuote
        ? Instrument.FloorToLot((QuoteQuantity - ExecutedQuote) / price)
        : LeavesQuantity;

    public bool Crosses(decimal price) =>
        Type == OrderType.Market || (Side == Side.Buy ? Price >= price : Price <= price);

    public Order Fill(decimal quantity, decimal price, long at)
    {
        var filled = this with
        {
            ExecutedQuantity = ExecutedQuantity + quantity,
            ExecutedQuote = ExecutedQuote + (quantity * price),
            UpdatedAt = at,
        };
        return filled with
        {
            Status = filled.LeavesAt(price) > 0 ? OrderStatus.PartiallyFilled : OrderStatus.Filled,
        };
    }

    public Order Close(OrderStatus status, long at) => this with { Status = status, UpdatedAt = at };
}
