namespace Platform.PaperVenue.Matching;

/// <summary>Amounts of one asset: what may be used, and what open orders hold.</summary>
public readonly record struct Balance(decimal Free, decimal Locked)
{
    public decimal Total => Free + Locked;
}

/// <summary>Commission of one side of a trade, in the asset that this side received.</summary>
public readonly record struct Commission(string Asset, decimal Amount);

/// <summary>One execution between a resting order (the maker) and an arriving one (the taker).</summary>
/// <param name="Id">Counts up within a market.</param>
/// <param name="At">Unix milliseconds.</param>
public sealed record Trade(
    long Id, Instrument Instrument, decimal Price, decimal Quantity, Side TakerSide, long TakerOrderId,
    long MakerOrderId, Commission TakerCommission, Commission MakerCommission, long At)
{
    public decimal QuoteQuantity => Price * Quantity;

    public bool BuyerIsMaker => TakerSide == Side.Sell;
}

/// <summary>What the engine did, in order. Closed: every case is in this file.</summary>
public abstract record EngineEvent
{
    private protected EngineEvent() { }
}

/// <summary>The order was taken; it may trade or rest from here on.</summary>
public sealed record OrderEntered(Order Order) : EngineEvent;

/// <summary>Both orders are as the trade left them.</summary>
public sealed record OrdersTraded(Trade Trade, Order Taker, Order Maker) : EngineEvent;

public sealed record OrderCanceled(Order Order, string CancelClientOrderId) : EngineEvent;

/// <summary>The venue itself ended the order: nothing left to trade with, or all-or-nothing got nothing.</summary>
public sealed record OrderExpired(Order Order) : EngineEvent;

/// <summary>The order was ended instead of trading with its own account.</summary>
/// <param name="Quantity">What would have traded, in base units.</param>
public sealed record TradePrevented(Order Order, Order Counter, long MatchId, decimal Quantity) : EngineEvent;

/// <param name="UpdateId">Counts up within a market without a gap.</param>
/// <param name="Quantity">All that rests at the price now; zero when the level is gone.</param>
public sealed record LevelChanged(
    Instrument Instrument, long UpdateId, Side Side, decimal Price, decimal Quantity) : EngineEvent;

public sealed record BalanceChanged(long AccountId, string Asset, Balance Balance) : EngineEvent;

/// <summary>The answer to one command.</summary>
/// <param name="Order">The order at the end of the command; null when refused.</param>
/// <param name="Refusal">Why nothing happened; null when something did.</param>
public sealed record Outcome(Order? Order, Refusal? Refusal, IReadOnlyList<EngineEvent> Events)
{
    public static Outcome Refused(Refusal refusal) => new(null, refusal, []);
}
