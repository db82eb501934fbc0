using Platform.Domain.Markets;
using Platform.Domain.Pools;
using Platform.Domain.Trading;
using Platform.Domain.Values;

namespace Platform.Projections.Tests.Trading;

/// <summary>Pools, orders and ledgers as they are stored.</summary>
internal static class TradingTexts
{
    private static readonly PoolId Pool = PoolId.From(Guid.Parse("0199f2b0-0000-7000-8000-000000000001"));
    private static readonly AccountId Account = AccountId.From(Guid.Parse("0199f2b0-0000-7000-8000-000000000002"));
    private static readonly OrderId Order = OrderId.From(Guid.Parse("0199f2b0-0000-7000-8000-000000000003"));
    private static readonly ExecutionId Execution = ExecutionId.From(Guid.Parse("0199f2b0-0000-7000-8000-000000000004"));
    private static readonly DateTimeOffset Noon = new(2026, 1, 2, 12, 0, 0, TimeSpan.Zero);

    private static readonly Fill Fill = new(
        Execution, "t-1", Quantity.From(0.50m), Price.From(60_000.01m), Notional.From(30_000.0050m),
        new(0.0005m, Asset.From("BTC")), Liquidity.Taker, Noon);

    /// <summary>Each event with its stored name and its stored text.</summary>
    internal static readonly TheoryData<object, string, string> Stored = new()
    {
        {
            new OrderIntended(
                Order, Pool, Account, VenueId.From("paper"), ClientOrderId.For(Order), EnsureKey.From("key-1"),
                new(
                    Symbol.From("BTC-USDT"), Side.Buy, OrderType.Limit, TimeInForce.GoodTillCancel, Quantity.From(0.50m),
                    QuoteQuantity: null, Price.From(60_000.01m)),
                Price.From(60_001)),
            "order_intended",
            """
            {"orderId":"0199f2b0-0000-7000-8000-000000000003","poolId":"0199f2b0-0000-7000-8000-000000000001","accountId":"0199f2b0-0000-7000-8000-000000000002","venueId":"paper","clientOrderId":"pf-0199f2b0000070008000000000000003","ensureKey":"key-1","terms":{"symbol":"BTC-USDT","side":"Buy","type":"Limit","timeInForce":"GoodTillCancel","quantity":"0.50","quoteQuantity":null,"limitPrice":"60000.01"},"intentPrice":"60001"}
            """
        },
        {
            new OrderDenied(Order, "canceled_unsent", "Canceled before it was sent."),
            "order_denied",
            """{"orderId":"0199f2b0-0000-7000-8000-000000000003","code":"canceled_unsent","reason":"Canceled before it was sent."}"""
        },
        {
            new OrderSent(Order, ClientOrderId.For(Order), 2, Noon),
            "order_sent",
            """{"orderId":"0199f2b0-0000-7000-8000-000000000003","clientOrderId":"pf-0199f2b0000070008000000000000003","attempt":2,"sentAt":"2026-01-02T12:00:00+00:00"}"""
        },
        {
            new OrderDoubted(Order, DoubtCause.ServerError, "HTTP 503."),
            "order_doubted",
            """{"orderId":"0199f2b0-0000-7000-8000-000000000003","cause":"ServerError","detail":"HTTP 503."}"""
        },
        {
            new OrderResolved(Order, Evidence.Absent, "The venue never saw the order."),
            "order_resolved",
            """{"orderId":"0199f2b0-0000-7000-8000-000000000003","evidence":"Absent","detail":"The venue never saw the order."}"""
        },
        {
            new OrderAccepted(Order, VenueOrderId.From("4711"), Noon),
            "order_accepted",
            """{"orderId":"0199f2b0-0000-7000-8000-000000000003","venueOrderId":"4711","transactTime":"2026-01-02T12:00:00+00:00"}"""
        },
        {
            new OrderRejected(Order, "-2010", "Account has insufficient balance."),
            "order_rejected",
            """{"orderId":"0199f2b0-0000-7000-8000-000000000003","code":"-2010","reason":"Account has insufficient balance."}"""
        },
        {
            new FillRecorded(Order, Fill, ReportSource.Stream),
            "fill_recorded",
            """
            {"orderId":"0199f2b0-0000-7000-8000-000000000003","fill":{"executionId":"0199f2b0-0000-7000-8000-000000000004","venueTradeId":"t-1","quantity":"0.50","price":"60000.01","quoteQuantity":"30000.0050","fee":{"amount":"0.0005","asset":"BTC"},"liquidity":"Taker","transactTime":"2026-01-02T12:00:00+00:00"},"source":"Stream"}
            """
        },
        {
            new OrderFilled(Order, Quantity.From(0.50m), Noon),
            "order_filled",
            """{"orderId":"0199f2b0-0000-7000-8000-000000000003","cumulativeQuantity":"0.50","transactTime":"2026-01-02T12:00:00+00:00"}"""
        },
        {
            new OrderCancelRequested(Order),
            "order_cancel_requested",
            """{"orderId":"0199f2b0-0000-7000-8000-000000000003"}"""
        },
        {
            new OrderCancelRefused(Order, "-2011", "Order is being settled."),
            "order_cancel_refused",
            """{"orderId":"0199f2b0-0000-7000-8000-000000000003","code":"-2011","reason":"Order is being settled."}"""
        },
        {
            new OrderCanceled(Order, Quantity.Zero, Noon),
            "order_canceled",
            """{"orderId":"0199f2b0-0000-7000-8000-000000000003","cumulativeQuantity":"0","transactTime":"2026-01-02T12:00:00+00:00"}"""
        },
        {
            new OrderExpired(Order, Quantity.From(0.25m), "Ended by its own terms.", Noon),
            "order_expired",
            """{"orderId":"0199f2b0-0000-7000-8000-000000000003","cumulativeQuantity":"0.25","reason":"Ended by its own terms.","transactTime":"2026-01-02T12:00:00+00:00"}"""
        },
        {
            new AccountOpened(Account, Pool, VenueId.From("paper"), Asset.From("USDT"), LotMethod.AverageCost, FeePolicy.Expensed),
            "account_opened",
            """
            {"accountId":"0199f2b0-0000-7000-8000-000000000002","poolId":"0199f2b0-0000-7000-8000-000000000001","venueId":"paper","reportingAsset":"USDT","lotMethod":"AverageCost","feePolicy":"Expensed"}
            """
        },
        {
            new AccountClosed(Account),
            "account_closed",
            """{"accountId":"0199f2b0-0000-7000-8000-000000000002"}"""
        },
        {
            new FundsDeposited(Account, "opening-BTC", new(1.00m, Asset.From("BTC")), 40_000.5m, Noon),
            "funds_deposited",
            """
            {"accountId":"0199f2b0-0000-7000-8000-000000000002","depositId":"opening-BTC","amount":{"amount":"1.00","asset":"BTC"},"unitCost":"40000.5","acquiredAt":"2026-01-02T12:00:00+00:00"}
            """
        },
        {
            new FundsReserved(Account, Order, new(30_000.005m, Asset.From("USDT"))),
            "funds_reserved",
            """{"accountId":"0199f2b0-0000-7000-8000-000000000002","orderId":"0199f2b0-0000-7000-8000-000000000003","amount":{"amount":"30000.005","asset":"USDT"}}"""
        },
        {
            new FillBooked(Account, Order, 7, Symbol.From("BTC-USDT"), Side.Sell, Fill, QuoteRate: 1, FeeRate: null),
            "fill_booked",
            """
            {"accountId":"0199f2b0-0000-7000-8000-000000000002","orderId":"0199f2b0-0000-7000-8000-000000000003","tradeNumber":7,"symbol":"BTC-USDT","side":"Sell","fill":{"executionId":"0199f2b0-0000-7000-8000-000000000004","venueTradeId":"t-1","quantity":"0.50","price":"60000.01","quoteQuantity":"30000.0050","fee":{"amount":"0.0005","asset":"BTC"},"liquidity":"Taker","transactTime":"2026-01-02T12:00:00+00:00"},"quoteRate":"1","feeRate":null}
            """
        },
        {
            new ReservationReleased(Account, Order),
            "reservation_released",
            """{"accountId":"0199f2b0-0000-7000-8000-000000000002","orderId":"0199f2b0-0000-7000-8000-000000000003"}"""
        },
        {
            new PoolOpened(Pool, "Northern Lights", Asset.From("USDT")),
            "pool_opened",
            """{"poolId":"0199f2b0-0000-7000-8000-000000000001","name":"Northern Lights","reportingAsset":"USDT"}"""
        },
        {
            new PoolClosed(Pool),
            "pool_closed",
            """{"poolId":"0199f2b0-0000-7000-8000-000000000001"}"""
        },
    };
}
