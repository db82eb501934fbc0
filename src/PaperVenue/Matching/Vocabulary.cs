namespace Platform.PaperVenue.Matching;

/// <summary>FIX 54.</summary>
public enum Side
{
    Buy,
    Sell,
}

/// <summary>FIX 40; a limit maker is refused when it would take.</summary>
public enum OrderType
{
    Limit,
    Market,
    LimitMaker,
}

/// <summary>FIX 59: good till canceled, immediate or cancel, fill or kill.</summary>
public enum TimeInForce
{
    Gtc,
    Ioc,
    Fok,
}

/// <summary>What happens when an order meets one of its own account; the taker's choice counts.</summary>
public enum SelfTradePrevention
{
    None,
    ExpireTaker,
    ExpireMaker,
    ExpireBoth,
}

/// <summary>FIX 39, as far as this venue has it; <c>ExpiredInMatch</c> is the work of self-trade prevention.</summary>
public enum OrderStatus
{
    New,
    PartiallyFilled,
    Filled,
    Canceled,
    Expired,
    ExpiredInMatch,
}

public static class Sides
{
    extension(Side side)
    {
        public Side Opposite => side == Side.Buy ? Side.Sell : Side.Buy;
    }
}

public static class OrderStatuses
{
    extension(OrderStatus status)
    {
        public bool IsOpen => status is OrderStatus.New or OrderStatus.PartiallyFilled;
    }
}
