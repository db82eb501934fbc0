using System.Diagnostics;
using System.Globalization;
using Platform.Domain.Trading;
using Platform.Domain.Values;
using Platform.Workers.Markets.Venues.Binance;

namespace Platform.Workers.Trading;

/// <summary>Between Binance's words for orders and the domain's.</summary>
internal static class BinanceOrderMap
{
    public static NewBinanceOrder ToVenue(Order order) => new(
        order.Terms.Symbol,
        order.Terms.Side is Side.Buy ? BinanceSide.Buy : BinanceSide.Sell,
        order.Terms.Type switch
        {
            OrderType.Market => BinanceOrderType.Market,
            OrderType.Limit => BinanceOrderType.Limit,
            OrderType.LimitMaker => BinanceOrderType.LimitMaker,
            _ => throw new UnreachableException(),
        },
        order.ClientOrderId.Value, order.Terms.Quantity, order.Terms.QuoteQuantity, order.Terms.LimitPrice,
        order.Terms.Type is OrderType.Limit ? ToVenue(order.Terms.TimeInForce) : null);

    public static VenueReport ReportOf(Order order, PlacedBinanceOrder placed)
    {
        var venueOrderId = IdOf(placed.OrderId);
        return new(
            venueOrderId, StateOf(placed.Status), placed.Filled,
            [.. placed.Fills.Select(fill => FillOf(
                order, venueOrderId, fill.TradeId, fill.Price, fill.Quantity, fill.Price * fill.Quantity,
                new(fill.Commission, Asset.From(fill.CommissionAsset)), Liquidity.Taker, placed.TransactTime))],
            placed.TransactTime, ReportSource.Reply, ReasonOf(placed.Status));
    }

    public static VenueReport ReportOf(CanceledBinanceOrder canceled, DateTimeOffset? at) => new(
        IdOf(canceled.OrderId), StateOf(canceled.Status), canceled.Filled, [],
        at ?? DateTimeOffset.UnixEpoch, ReportSource.Reply, ReasonOf(canceled.Status));

    public static VenueReport ReportOf(BinanceOrder found, IReadOnlyList<Fill> fills) => new(
        IdOf(found.OrderId), StateOf(found.Status), found.Filled, fills, found.UpdatedAt, ReportSource.Query,
        ReasonOf(found.Status));

    public static VenueReport ReportOf(Order order, BinanceExecutionReport report)
    {
        var venueOrderId = IdOf(report.OrderId);
        return new(
            venueOrderId, StateOf(report.Status), report.Filled,
            report is { ExecutionType: BinanceExecutionType.Trade, LastPrice: { } price }
                ? [FillOf(
                    order, venueOrderId, report.TradeId, price, report.LastQuantity, report.LastQuoteQuantity,
                    new(report.Commission, FeeAssetOf(order, report.CommissionAsset)), LiquidityOf(report.IsMaker),
                    report.TransactTime)]
                : [],
            report.TransactTime, ReportSource.Stream, report.ExpiryReason ?? ReasonOf(report.Status));
    }

    public static Fill FillOf(Order order, BinanceTrade trade) => FillOf(
        order, IdOf(trade.OrderId), trade.Id, trade.Price, trade.Quantity, trade.QuoteQuantity,
        new(trade.Commission, Asset.From(trade.CommissionAsset)), LiquidityOf(trade.IsMaker), trade.Time);

    private static Fill FillOf(
        Order order, VenueOrderId venueOrderId, long tradeId, Price price, Quantity quantity, Notional quote, Money fee,
        Liquidity liquidity, DateTimeOffset at)
    {
        var name = tradeId.ToString(CultureInfo.InvariantCulture);
        return new(
            ExecutionId.For(order.VenueId, order.Terms.Symbol, name, venueOrderId, order.Terms.Side), name,
            quantity, price, quote, fee, liquidity, at);
    }

    private static Liquidity LiquidityOf(bool isMaker) => isMaker ? Liquidity.Maker : Liquidity.Taker;

    // The stream leaves the asset out where nothing was paid.
    private static Asset FeeAssetOf(Order order, string? asset) => asset is null ? order.Terms.Symbol.Quote : Asset.From(asset);

    private static VenueOrderId IdOf(long orderId) => new(orderId.ToString(CultureInfo.InvariantCulture));

    private static string? ReasonOf(BinanceOrderStatus status) => status switch
    {
        BinanceOrderStatus.Expired => "The venue expired what was left.",
        BinanceOrderStatus.ExpiredInMatch => "The venue's self-trade prevention expired what was left.",
        BinanceOrderStatus.Rejected => "The venue rejected the order.",
        _ => null,
    };

    private static VenueOrderState StateOf(BinanceOrderStatus status) => status switch
    {
        BinanceOrderStatus.New or BinanceOrderStatus.PendingNew or BinanceOrderStatus.PendingCancel => VenueOrderState.New,
        BinanceOrderStatus.PartiallyFilled => VenueOrderState.PartiallyFilled,
        BinanceOrderStatus.Filled => VenueOrderState.Filled,
        BinanceOrderStatus.Canceled => VenueOrderState.Canceled,
        BinanceOrderStatus.Rejected => VenueOrderState.Rejected,
        BinanceOrderStatus.Expired or BinanceOrderStatus.ExpiredInMatch => VenueOrderState.Expired,
        _ => throw new UnreachableException(),
    };

    private static BinanceTimeInForce ToVenue(TimeInForce timeInForce) => timeInForce switch
    {
        TimeInForce.GoodTillCancel => BinanceTimeInForce.Gtc,
        TimeInForce.ImmediateOrCancel => BinanceTimeInForce.Ioc,
        TimeInForce.FillOrKill => BinanceTimeInForce.Fok,
        _ => throw new UnreachableException(),
    };
}
