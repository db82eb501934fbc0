using System.Globalization;
using Platform.Domain.Values;
using Platform.Workers.Markets.Venues.Streams;

namespace Platform.Workers.Markets.Venues.Binance;

using Parameters = IReadOnlyList<(string Name, string? Value)>;

/// <summary>
/// The account's side of the venue's API, one method for each route; the paper venue's too. Each call is sent once, takes at most
/// <see cref="VenueSettings.CallTimeout"/>, and says by its type whether the outcome is known. Orders, and questions about them, go
/// by WebSocket where the settings say so.
/// </summary>
public sealed class BinanceRest : IDisposable
{
    /// <summary>The most rows that the venue gives at once.</summary>
    public const int PageMax = 1000;

    private readonly BinanceProtocol protocol = new();
    private readonly VenueTransport transport;

    internal BinanceRest(VenueLink link) => transport = new(
        link, protocol,
        link.OrdersBy is OrderTransport.WebSocket ? new CallSocket(new BinanceCallProtocol(link.PrivateStream), link.Time) : null);

    public Task<VenueAnswer<DateTimeOffset>> ServerTimeAsync(CancellationToken cancellationToken) =>
        transport.SendAsync(protocol.TimeCall, protocol.TimeOf, cancellationToken);

    public Task<VenueAnswer<BinanceAccount>> AccountAsync(CancellationToken cancellationToken) =>
        SignedAsync<BinanceAccount>(
            HttpMethod.Get, "/api/v3/account", 20, [("omitZeroBalances", "true")], cancellationToken);

    public Task<VenueAnswer<BinanceCommission>> CommissionAsync(Symbol market, CancellationToken cancellationToken) =>
        SignedAsync<BinanceCommission>(
            HttpMethod.Get, "/api/v3/account/commission", 20, [Of(market)], cancellationToken);

    /// <summary>
    /// Sends a new order, once. Never call it again after <see cref="VenueAnswer{T}.Unknown"/> before
    /// <see cref="QueryOrderAsync"/> has said NotFound: the venue takes the same client order id again once the first
    /// order is closed.
    /// </summary>
    public Task<VenueAnswer<PlacedBinanceOrder>> PlaceOrderAsync(
        NewBinanceOrder order, CancellationToken cancellationToken) =>
        SignedAsync<PlacedBinanceOrder>(HttpMethod.Post, "/api/v3/order", 1, [
            Of(order.Market),
            ("side", BinanceJson.Text(order.Side)),
            ("type", BinanceJson.Text(order.Type)),
            ("timeInForce", order.TimeInForce is { } timeInForce ? BinanceJson.Text(timeInForce) : null),
            ("quantity", Text(order.Quantity?.Value)),
            ("quoteOrderQty", Text(order.QuoteQuantity?.Value)),
            ("price", Text(order.LimitPrice?.Value)),
            ("newClientOrderId", order.ClientOrderId),
            ("newOrderRespType", "FULL"),
        ], cancellationToken);

    public Task<VenueAnswer<BinanceOrder>> QueryOrderAsync(
        Symbol market, string clientOrderId, CancellationToken cancellationToken) =>
        SignedAsync<BinanceOrder>(
            HttpMethod.Get, "/api/v3/order", 4, [Of(market), ("origClientOrderId", clientOrderId)], cancellationToken);

    public Task<VenueAnswer<CanceledBinanceOrder>> CancelOrderAsync(
        Symbol market, string clientOrderId, CancellationToken cancellationToken) =>
        SignedAsync<CanceledBinanceOrder>(
            HttpMethod.Delete, "/api/v3/order", 1, [Of(market), ("origClientOrderId", clientOrderId)], cancellationToken);

    /// <param name="market">Null for all markets, at more than ten times the weight.</param>
    public Task<VenueAnswer<IReadOnlyList<BinanceOrder>>> OpenOrdersAsync(
        Symbol? market, CancellationToken cancellationToken) =>
        SignedAsync<IReadOnlyList<BinanceOrder>>(
            HttpMethod.Get, "/api/v3/openOrders", market is null ? 80 : 6,
            market is { } one ? [Of(one)] : [], cancellationToken);

    /// <summary>The trades of one order, oldest first; at most <see cref="PageMax"/> from that trade id on.</summary>
    /// <param name="fromId">The first trade id wanted; null for the start.</param>
    public Task<VenueAnswer<IReadOnlyList<BinanceTrade>>> TradesOfOrderAsync(
        Symbol market, long orderId, long? fromId, CancellationToken cancellationToken) =>
        SignedAsync<IReadOnlyList<BinanceTrade>>(HttpMethod.Get, "/api/v3/myTrades", 5, [
            Of(market), ("orderId", Text(orderId)), ("fromId", Text(fromId)), ("limit", Text(PageMax)),
        ], cancellationToken);

    /// <summary>The account's trades from one trade id on, oldest first; at most <see cref="PageMax"/>.</summary>
    /// <param name="fromId">The first trade id wanted; null for the latest page.</param>
    public Task<VenueAnswer<IReadOnlyList<BinanceTrade>>> MyTradesAsync(
        Symbol market, long? fromId, CancellationToken cancellationToken) =>
        SignedAsync<IReadOnlyList<BinanceTrade>>(HttpMethod.Get, "/api/v3/myTrades", 20, [
            Of(market), ("fromId", Text(fromId)), ("limit", Text(PageMax)),
        ], cancellationToken);

    public void Dispose() => transport.Dispose();

    /// <summary>The venue's name of a market: BTC-USDT is BTCUSDT there.</summary>
    public static string VenueSymbolOf(Symbol market) => market.Value.Replace("-", string.Empty, StringComparison.Ordinal);

    private Task<VenueAnswer<T>> SignedAsync<T>(
        HttpMethod method, string path, int weight, Parameters parameters, CancellationToken cancellationToken) =>
        transport.SendAsync(new(method, path, parameters, weight, IsSigned: true), BinanceJson.As<T>, cancellationToken);

    private static (string Name, string? Value) Of(Symbol market) => ("symbol", VenueSymbolOf(market));

    private static string? Text(long? value) => value?.ToString(CultureInfo.InvariantCulture);

    private static string? Text(decimal? value) => value is { } number ? WireDecimal.Format(number) : null;
}
