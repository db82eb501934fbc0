using System.Globalization;
using Microsoft.Extensions.Options;
using Platform.Domain.Markets;
using Platform.Domain.Values;

namespace Platform.Workers.Markets.Venues.Binance;

using Parameters = IReadOnlyList<(string Name, string? Value)>;

/// <summary>
/// The venue's REST API, one method for each route; the paper venue's too. Each call is sent once, takes at most
/// <see cref="VenueOptions.CallTimeout"/>, and says by its type whether the outcome is known.
/// </summary>
public sealed class BinanceRest(
    IHttpClientFactory clients, IOptions<VenueOptions> options, RequestBudget budget, BinanceAccess access, TimeProvider time)
    : IDisposable
{
    /// <summary>The most rows that the venue gives at once.</summary>
    public const int PageMax = 1000;

    private readonly BinanceTransport transport = new(clients, options, budget, access, time);

    public async Task<VenueAnswer<DateTimeOffset>> ServerTimeAsync(CancellationToken cancellationToken) =>
        (await transport.SendAsync<BinanceTime>(BinanceTransport.Time, [], cancellationToken)).Map(time => time.ServerTime);

    /// <summary>Everything that the venue lists, with its rules.</summary>
    public async Task<VenueAnswer<BinanceExchange>> ExchangeInfoAsync(CancellationToken cancellationToken)
    {
        var answer = await PublicAsync<BinanceExchange>("/api/v3/exchangeInfo", 20, [], cancellationToken);
        if (answer is VenueAnswer<BinanceExchange>.Answered { Value.WeightPerMinute: { } weight })
            budget.Learn(weight);
        return answer;
    }

    /// <param name="levels">On each side; 1 to 5000.</param>
    public Task<VenueAnswer<DepthSnapshot>> DepthAsync(
        Symbol market, int levels, CancellationToken cancellationToken) =>
        PublicAsync<DepthSnapshot>(
            "/api/v3/depth", levels switch { <= 100 => 5, <= 500 => 25, <= 1000 => 50, _ => 250 },
            [Of(market), ("limit", Text(levels))], cancellationToken);

    /// <summary>The latest trades, oldest first.</summary>
    public Task<VenueAnswer<IReadOnlyList<PublicTrade>>> TradesAsync(
        Symbol market, int limit, CancellationToken cancellationToken) =>
        PublicAsync<IReadOnlyList<PublicTrade>>(
            "/api/v3/trades", 25, [Of(market), ("limit", Text(limit))], cancellationToken);

    /// <param name="fromId">The first aggregate wanted; null for the latest.</param>
    public Task<VenueAnswer<IReadOnlyList<BinanceAggregateTrade>>> AggregateTradesAsync(
        Symbol market, long? fromId, int limit, CancellationToken cancellationToken) =>
        PublicAsync<IReadOnlyList<BinanceAggregateTrade>>(
            "/api/v3/aggTrades", 4, [Of(market), ("fromId", Text(fromId)), ("limit", Text(limit))], cancellationToken);

    /// <summary>The latest candles, oldest first; the last one is still growing.</summary>
    public Task<VenueAnswer<IReadOnlyList<Candle>>> CandlesAsync(
        Symbol market, CandleInterval interval, int limit, CancellationToken cancellationToken) =>
        PublicAsync<IReadOnlyList<Candle>>(
            "/api/v3/klines", 2, [Of(market), ("interval", interval.Code), ("limit", Text(limit))], cancellationToken);

    public Task<VenueAnswer<BinanceTicker>> TickerAsync(Symbol market, CancellationToken cancellationToken) =>
        PublicAsync<BinanceTicker>("/api/v3/ticker/24hr", 2, [Of(market)], cancellationToken);

    public Task<VenueAnswer<BinanceBookTicker>> BookTickerAsync(Symbol market, CancellationToken cancellationToken) =>
        PublicAsync<BinanceBookTicker>("/api/v3/ticker/bookTicker", 2, [Of(market)], cancellationToken);

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

    private Task<VenueAnswer<T>> PublicAsync<T>(
        string path, int weight, Parameters parameters, CancellationToken cancellationToken) =>
        transport.SendAsync<T>(new(HttpMethod.Get, path, weight, BinanceSecurity.Public), parameters, cancellationToken);

    private Task<VenueAnswer<T>> SignedAsync<T>(
        HttpMethod method, string path, int weight, Parameters parameters, CancellationToken cancellationToken) =>
        transport.SendAsync<T>(new(method, path, weight, BinanceSecurity.Signed), parameters, cancellationToken);

    private static (string Name, string? Value) Of(Symbol market) => ("symbol", VenueSymbolOf(market));

    private static string? Text(long? value) => value?.ToString(CultureInfo.InvariantCulture);

    private static string? Text(decimal? value) => value is { } number ? WireDecimal.Format(number) : null;
}
