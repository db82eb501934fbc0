namespace Platform.Workers.Markets.Venues.Binance;

// Binance's own words, spelled BUY, LIMIT_MAKER, PARTIALLY_FILLED on the wire (enums.md, 2026-07).

public enum BinanceSide { Buy, Sell }

public enum BinanceOrderType
{
    Limit, Market, LimitMaker, StopLoss, StopLossLimit, TakeProfit, TakeProfitLimit,
}

public enum BinanceTimeInForce { Gtc, Ioc, Fok }

public enum BinanceOrderStatus
{
    New, PendingNew, PartiallyFilled, Filled, PendingCancel, Canceled, Rejected, Expired,

    /// <summary>Expired by the venue's self-trade prevention.</summary>
    ExpiredInMatch,
}

public enum BinanceExecutionType { New, Canceled, Replaced, Rejected, Trade, Expired, TradePrevention }
