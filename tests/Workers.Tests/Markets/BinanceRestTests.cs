using Microsoft.Extensions.DependencyInjection;
using Platform.Domain.Markets;
using Platform.Domain.Values;
using Platform.Tests.Support;
using Platform.Workers.Markets.Venues;
using Platform.Workers.Markets.Venues.Binance;

namespace Platform.Workers.Tests.Markets;

/// <summary>What the venue says is read digit for digit; the payloads are recorded ones.</summary>
public sealed class BinanceRestTests
{
    private static readonly Symbol Market = Symbol.From("LTC-BTC");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Exchange_is_read_with_the_rules_of_each_market()
    {
        var exchange = await AnsweredAsync(
            """
            {"timezone":"UTC","serverTime":1565246363776,"exchangeFilters":[],
             "rateLimits":[{"rateLimitType":"REQUEST_WEIGHT","interval":"MINUTE","intervalNum":1,"limit":6000}],
             "symbols":[
              {"symbol":"BTCUSDT","status":"TRADING","baseAsset":"BTC","baseAssetPrecision":8,"quoteAsset":"USDT",
               "quoteAssetPrecision":8,"isSpotTradingAllowed":true,"filters":[
                {"filterType":"PRICE_FILTER","minPrice":"0.01000000","maxPrice":"1000000.00000000","tickSize":"0.01000000"},
                {"filterType":"LOT_SIZE","minQty":"0.00001000","maxQty":"9000.00000000","stepSize":"0.00001000"},
                {"filterType":"MARKET_LOT_SIZE","minQty":"0.00000000","maxQty":"116.31541250","stepSize":"0.00000000"},
                {"filterType":"NOTIONAL","minNotional":"5.00000000","applyMinToMarket":true,
                 "maxNotional":"9000000.00000000","applyMaxToMarket":false,"avgPriceMins":5},
                {"filterType":"PERCENT_PRICE_BY_SIDE","bidMultiplierUp":"5","bidMultiplierDown":"0.2","askMultiplierUp":"6",
                 "askMultiplierDown":"0.3","avgPriceMins":4}]},
              {"symbol":"币安人生USDT","status":"TRADING","baseAsset":"币安人生","baseAssetPrecision":8,"quoteAsset":"USDT",
               "quoteAssetPrecision":8,"filters":[]},
              {"symbol":"OLDBTC","status":"BREAK","baseAsset":"OLD","baseAssetPrecision":8,"quoteAsset":"BTC",
               "quoteAssetPrecision":8,"filters":[{"filterType":"MIN_NOTIONAL","minNotional":"0.00010000","applyToMarket":true}]}]}
            """,
            rest => rest.ExchangeInfoAsync(Cancel));

        Assert.Equal(6000, exchange.WeightPerMinute);
        Assert.Equal(["BTCUSDT", "OLDBTC"], exchange.Markets.Select(market => market.VenueSymbol));
        Assert.Equal([true, false], exchange.Markets.Select(market => market.IsTrading));
        Assert.Equal(
            new MarketRules(
                Symbol.From("BTC-USDT"), new(0.01m, 0.01m, 1_000_000m),
                new(Quantity.From(0.00001m), Quantity.From(0.00001m), Quantity.From(9000m)),
                new(Quantity.Zero, Quantity.Zero, Quantity.From(116.3154125m)),
                new(Notional.From(5), Notional.From(9_000_000), Notional.From(5), Notional.Zero, AverageMinutes: 5), 8, 8,
                new(new(0.2m, 5), new(0.3m, 6), AverageMinutes: 4)),
            exchange.Markets[0].Rules);
        Assert.Equal(Notional.From(0.0001m), exchange.Markets[1].Rules.Notional.MinOfMarketOrders);
    }

    [Fact, Reads(
        "nautilus/venue-payloads/binance/spot/http_json/exchange_info_response.json",
        "binance-net/Endpoints/Spot/ExchangeData/GetExchangeInfo.txt")]
    public async Task Recorded_exchange_is_read()
    {
        foreach (var recorded in (string[])[
            RecordedVenueData.Payload("http_json/exchange_info_response"),
            RecordedVenueData.Endpoint("ExchangeData/GetExchangeInfo").Replace("{\n    }", "", StringComparison.Ordinal)])
        {
            var exchange = await AnsweredAsync(recorded, rest => rest.ExchangeInfoAsync(Cancel));

            Assert.Equal(Symbol.From("ETH-BTC"), Assert.Single(exchange.Markets).Rules.Market);
        }
    }

    [Fact, Reads("nautilus/venue-payloads/binance/spot/http_json/depth_response.json")]
    public async Task Recorded_depth_is_read()
    {
        var depth = await AnsweredAsync(
            RecordedVenueData.Payload("http_json/depth_response"), rest => rest.DepthAsync(Market, 100, Cancel));

        Assert.Equal(1027024, depth.LastUpdateId);
        Assert.Equal([new BookLevel(Price.From(4), Quantity.From(431))], depth.Bids);
        Assert.Equal([new BookLevel(Price.From(4.000002m), Quantity.From(12))], depth.Asks);
    }

    [Fact, Reads(
        "binance-net/Endpoints/Spot/ExchangeData/GetRecentTrades.txt",
        "binance-net/Endpoints/Spot/ExchangeData/GetAggregatedTradeHistory.txt")]
    public async Task Recorded_trades_are_read()
    {
        var trades = await AnsweredAsync(
            RecordedVenueData.Endpoint("ExchangeData/GetRecentTrades"), rest => rest.TradesAsync(Market, 10, Cancel));
        var aggregates = await AnsweredAsync(
            RecordedVenueData.Endpoint("ExchangeData/GetAggregatedTradeHistory"),
            rest => rest.AggregateTradesAsync(Market, fromId: null, 10, Cancel));

        Assert.Equal([
            new PublicTrade(
                28457, Price.From(4.000001m), Quantity.From(12), TakerSide.Sell,
                DateTimeOffset.FromUnixTimeMilliseconds(1499865549590)),
        ], trades);
        Assert.Equal((26129L, Price.From(0.01633102m)), (aggregates[0].Id, aggregates[0].Price));
    }

    [Fact, Reads("binance-net/Endpoints/Spot/ExchangeData/GetKlines.txt")]
    public async Task Recorded_candles_are_read()
    {
        var candles = await AnsweredAsync(
            RecordedVenueData.Endpoint("ExchangeData/GetKlines"),
            rest => rest.CandlesAsync(Market, CandleInterval.OneDay, 10, Cancel));

        Assert.Equal([
            new Candle(
                DateTimeOffset.FromUnixTimeMilliseconds(1499040000000), Price.From(0.0163479m), Price.From(0.8m),
                Price.From(0.015758m), Price.From(0.015771m), Quantity.From(148976.11427815m)),
        ], candles);
    }

    [Fact, Reads(
        "binance-net/Endpoints/Spot/ExchangeData/GetTicker.txt",
        "nautilus/venue-payloads/binance/spot/http_json/book_ticker_response.json")]
    public async Task Recorded_tickers_are_read()
    {
        var day = await AnsweredAsync(
            RecordedVenueData.Endpoint("ExchangeData/GetTicker"), rest => rest.TickerAsync(Market, Cancel));
        var best = await AnsweredAsync(
            RecordedVenueData.Payload("http_json/book_ticker_response"), rest => rest.BookTickerAsync(Market, Cancel));

        Assert.Equal((Price.From(4.000002m), Notional.From(15.3m)), (day.LastPrice, day.QuoteVolume));
        Assert.Equal((Price.From(4), Quantity.From(9)), (best.BidPrice, best.AskQuantity));
    }

    [Fact]
    public async Task Empty_side_of_a_book_has_no_price()
    {
        var best = await AnsweredAsync(
            """{"symbol":"LTCBTC","bidPrice":"0.00000000","bidQty":"0.00000000","askPrice":"1.0","askQty":"2.0"}""",
            rest => rest.BookTickerAsync(Market, Cancel));

        Assert.Equal((null, Price.From(1)), (best.BidPrice, best.AskPrice));
    }

    [Fact, Reads(
        "binance-net/Endpoints/Spot/Account/GetAccountInfo.txt",
        "binance-net/Endpoints/Spot/Account/GetCommissionRates.txt")]
    public async Task Recorded_account_is_read()
    {
        var account = await AnsweredAsync(
            RecordedVenueData.Endpoint("Account/GetAccountInfo"), rest => rest.AccountAsync(Cancel));
        var commission = await AnsweredAsync(
            RecordedVenueData.Endpoint("Account/GetCommissionRates"), rest => rest.CommissionAsync(Market, Cancel));

        Assert.Equal(
            new BinanceBalance("BTC", Quantity.From(4723846.89208129m), Quantity.Zero), account.Balances[0]);
        Assert.Equal((0.0000001m, 0.0000002m), (commission.Standard.Maker, commission.Standard.Taker));
    }

    [Fact, Reads(
        "binance-net/Endpoints/Spot/Trading/PlaceOrder.txt",
        "binance-net/Endpoints/Spot/Trading/GetOrder.txt",
        "binance-net/Endpoints/Spot/Trading/CancelOrder.txt",
        "nautilus/venue-payloads/binance/spot/http_json/open_orders_response.json")]
    public async Task Recorded_order_answers_are_read()
    {
        var placed = await AnsweredAsync(
            RecordedVenueData.Endpoint("Trading/PlaceOrder"), rest => rest.PlaceOrderAsync(AnOrder, Cancel));
        var queried = await AnsweredAsync(
            RecordedVenueData.Endpoint("Trading/GetOrder"), rest => rest.QueryOrderAsync(Market, "myOrder1", Cancel));
        var canceled = await AnsweredAsync(
            RecordedVenueData.Endpoint("Trading/CancelOrder"), rest => rest.CancelOrderAsync(Market, "myOrder1", Cancel));
        var open = await AnsweredAsync(
            RecordedVenueData.Payload("http_json/open_orders_response"), rest => rest.OpenOrdersAsync(Market, Cancel));

        Assert.Equal((28L, BinanceOrderStatus.Filled, null), (placed.OrderId, placed.Status, placed.Price));
        Assert.Equal(
            new BinanceFill(Price.From(3999), Quantity.From(5), 19.995m, "USDT", 57), placed.Fills[1]);
        Assert.Equal(
            ("myOrder1", BinanceOrderStatus.New, Price.From(0.1m), Quantity.From(1)),
            (queried.ClientOrderId, queried.Status, queried.Price, queried.Quantity));
        Assert.Equal(("myOrder1", BinanceOrderStatus.Canceled), (canceled.OrigClientOrderId, canceled.Status));
        Assert.Single(open);
    }

    [Fact, Reads("binance-net/Endpoints/Spot/Trading/GetUserTrades.txt")]
    public async Task Recorded_own_trades_are_read()
    {
        var trades = await AnsweredAsync(
            RecordedVenueData.Endpoint("Trading/GetUserTrades"), rest => rest.TradesOfOrderAsync(Market, 100234, null, Cancel));

        Assert.Equal([
            new BinanceTrade(
                "BNBBTC", 28457, 100234, Price.From(4.000001m), Quantity.From(12), Notional.From(48.000012m), 10.1m, "BNB",
                DateTimeOffset.FromUnixTimeMilliseconds(1499865549590), IsBuyer: true, IsMaker: false),
        ], trades);
    }

    [Fact]
    public async Task Order_is_sent_signed_in_the_body_and_once()
    {
        await using var venue = await LoopbackVenue.SayingAsync(200, "{}");
        using var host = MarketsHost.For(venue.Address);

        await host.Services.GetRequiredService<BinanceRest>().PlaceOrderAsync(AnOrder, Cancel);

        var (method, target, body) = Assert.Single(venue.Calls, call => call.Method is "POST");
        Assert.Equal(("POST", "/api/v3/order"), (method, target));
        var signed = body[..body.IndexOf("&signature=", StringComparison.Ordinal)];
        Assert.StartsWith(
            "symbol=LTCBTC&side=BUY&type=LIMIT&timeInForce=GTC&quantity=1&price=0.1&newClientOrderId=a%3Ab"
            + "&newOrderRespType=FULL&recvWindow=5000&timestamp=14998273", signed, StringComparison.Ordinal);
        Assert.EndsWith(
            MarketsHost.Credentials()!.Sign(signed), body, StringComparison.Ordinal);
    }

    [Fact]
    public void Signature_is_that_of_the_venues_own_example() => Assert.Equal(
        "c8db56825ae71d6d79447849e617115f4a920fa2acdcab2b053c4b2838bd6b71",
        MarketsHost.Credentials()!.Sign(
            "symbol=LTCBTC&side=BUY&type=LIMIT&timeInForce=GTC&quantity=1&price=0.1&recvWindow=5000&timestamp=1499827319559"));

    [Theory]
    [InlineData("0.10000000", "0.1")]
    [InlineData("1000.00", "1000")]
    [InlineData("0.00000000", "0")]
    [InlineData("-4.50", "-4.5")]
    [InlineData("123456789012345678.0123456789", "123456789012345678.0123456789")]
    public void Decimal_is_read_digit_for_digit_without_trailing_zeros(string wire, string shortest)
    {
        Assert.True(WireDecimal.TryParse(wire, out var value));
        Assert.Equal(shortest, WireDecimal.Format(value));
    }

    private static NewBinanceOrder AnOrder => new(
        Market, BinanceSide.Buy, BinanceOrderType.Limit, "a:b", Quantity.From(1.00m), QuoteQuantity: null,
        Price.From(0.1m), BinanceTimeInForce.Gtc);

    private static async Task<T> AnsweredAsync<T>(string body, Func<BinanceRest, Task<VenueAnswer<T>>> ask)
    {
        await using var venue = await LoopbackVenue.SayingAsync(200, body);
        using var host = MarketsHost.For(venue.Address);
        var answer = await ask(host.Services.GetRequiredService<BinanceRest>());
        return Assert.IsType<VenueAnswer<T>.Answered>(answer).Value;
    }
}
