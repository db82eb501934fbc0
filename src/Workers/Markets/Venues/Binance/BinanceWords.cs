using System.Diagnostics;
using System.Globalization;
using Platform.Domain.Values;

namespace Platform.Workers.Markets.Venues.Binance;

/// <summary>Between Binance's words for orders and the platform's.</summary>
internal static class BinanceWords
{
    public static NewBinanceOrder Of(NewVenueOrder order) => new(
        order.Instrument.Market,
        order.Side is VenueSide.Buy ? BinanceSide.Buy : BinanceSide.Sell,
        order.Type switch
        {
            VenueOrderType.Market => BinanceOrderType.Market,
            VenueOrderType.Limit => BinanceOrderType.Limit,
            VenueOrderType.LimitMaker => BinanceOrderType.LimitMaker,
            _ => throw new UnreachableException(),
        },
        order.ClientOrderId, order.Quantity, order.QuoteQuantity, order.LimitPrice,
        order.Type is not VenueOrderType.Limit ? null : order.TimeInForce switch
        {
            VenueTimeInForce.ImmediateOrCancel => BinanceTimeInForce.Ioc,
            VenueTimeInForce.FillOrKill => BinanceTimeInForce.Fok,
            _ => BinanceTimeInForce.Gtc,
        });

    // What fills at once was there before: this order took it.
    public static VenueOrder Of(PlacedBinanceOrder placed) => new(
        placed.VenueSymbol, Text(placed.OrderId), placed.ClientOrderId, Of(placed.Status), Of(placed.Side), Of(placed.Type),
        placed.Price, placed.Quantity, placed.Filled, placed.QuoteFilled,
        [.. placed.Fills.Select(fill => new VenueFill(
            placed.VenueSymbol, Text(fill.TradeId), Text(placed.OrderId), Of(placed.Side), fill.Price, fill.Quantity,
            fill.Price * fill.Quantity, new(fill.Commission, Asset.From(fill.CommissionAsset)), IsMaker: false,
            placed.TransactTime))],
        placed.TransactTime, ReasonOf(placed.Status));

    public static VenueOrder Of(CanceledBinanceOrder canceled) => new(
        canceled.VenueSymbol, Text(canceled.OrderId), canceled.OrigClientOrderId, Of(canceled.Status), Of(canceled.Side),
        Of(canceled.Type), canceled.Price, canceled.Quantity, canceled.Filled, canceled.QuoteFilled, [],
        canceled.TransactTime, ReasonOf(canceled.Status));

    public static VenueOrder Of(BinanceOrder found) => new(
        found.VenueSymbol, Text(found.OrderId), found.ClientOrderId, Of(found.Status), Of(found.Side), Of(found.Type),
        found.Price, found.Quantity, found.Filled, found.QuoteFilled, [], found.UpdatedAt, ReasonOf(found.Status));

    public static VenueFill Of(BinanceTrade trade) => new(
        trade.VenueSymbol, Text(trade.Id), Text(trade.OrderId), trade.IsBuyer ? VenueSide.Buy : VenueSide.Sell, trade.Price,
        trade.Quantity, trade.QuoteQuantity, new(trade.Commission, Asset.From(trade.CommissionAsset)), trade.IsMaker, trade.Time);

    public static VenueUserReport Of(BinanceUserReport report) => report switch
    {
        BinanceExecutionReport execution => new VenueUserReport.OfOrder(Of(execution)),
        BinanceAccountPosition position => new VenueUserReport.OfBalances(
            [.. position.Balances.Select(balance => new VenueBalance(balance.Asset, balance.Free, balance.Locked))]),
        _ => throw new UnreachableException(),
    };

    private static VenueOrder Of(BinanceExecutionReport report) => new(
        report.VenueSymbol, Text(report.OrderId), report.OrderClientOrderId, Of(report.Status), Of(report.Side), Of(report.Type),
        report.Price, report.Quantity, report.Filled, report.QuoteFilled,
        report is { ExecutionType: BinanceExecutionType.Trade, LastPrice: { } price } ? [FillOf(report, price)] : [],
        report.TransactTime, report.ExpiryReason ?? ReasonOf(report.Status));

    private static VenueSide Of(BinanceSide side) => side is BinanceSide.Buy ? VenueSide.Buy : VenueSide.Sell;

    // The platform sends no others; what a person made at the venue is shown as what it becomes.
    private static VenueOrderType Of(BinanceOrderType type) => type switch
    {
        BinanceOrderType.LimitMaker => VenueOrderType.LimitMaker,
        BinanceOrderType.Limit or BinanceOrderType.StopLossLimit or BinanceOrderType.TakeProfitLimit => VenueOrderType.Limit,
        _ => VenueOrderType.Market,
    };

    private static VenueOrderStatus Of(BinanceOrderStatus status) => status switch
    {
        BinanceOrderStatus.New or BinanceOrderStatus.PendingNew or BinanceOrderStatus.PendingCancel => VenueOrderStatus.New,
        BinanceOrderStatus.PartiallyFilled => VenueOrderStatus.PartiallyFilled,
        BinanceOrderStatus.Filled => VenueOrderStatus.Filled,
        BinanceOrderStatus.Canceled => VenueOrderStatus.Canceled,
        BinanceOrderStatus.Rejected => VenueOrderStatus.Rejected,
        BinanceOrderStatus.Expired or BinanceOrderStatus.ExpiredInMatch => VenueOrderStatus.Expired,
        _ => throw new UnreachableException(),
    };

    // Where nothing was paid the venue leaves the asset out: zero of any asset is nothing.
    private static VenueFill FillOf(BinanceExecutionReport report, Price price) => new(
        report.VenueSymbol, Text(report.TradeId), Text(report.OrderId), Of(report.Side), price, report.LastQuantity,
        report.LastQuoteQuantity, new(report.Commission, Asset.From(report.CommissionAsset ?? "USD")), report.IsMaker,
        report.TransactTime);

    private static string? ReasonOf(BinanceOrderStatus status) => status switch
    {
        BinanceOrderStatus.Expired => "The venue expired what was left.",
        BinanceOrderStatus.ExpiredInMatch => "The venue's self-trade prevention expired what was left.",
        BinanceOrderStatus.Rejected => "The venue rejected the order.",
        _ => null,
    };

    private static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);
}
