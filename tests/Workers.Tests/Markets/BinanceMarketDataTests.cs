using Platform.Domain.Markets;
using Platform.Domain.Markets.Fetching;
using Platform.Domain.Values;
using Platform.Tests.Support;
using Platform.Workers.Markets.Venues;

namespace Platform.Workers.Tests.Markets;

/// <summary>What the venue says of its markets is read digit for digit; the payloads are recorded ones.</summary>
public sealed class BinanceMarketDataTests
{
    private static readonly Instrument Market = MarketsHost.Listed("LTC-BTC", "LTCBTC");

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
            data => data.InstrumentsAsync(Cancel));

        Assert.Equal(["BTCUSDT", "OLDBTC"], exchange.Select(market => market.VenueSymbol));
        Assert.Equal([true, false], exchange.Select(market => market.IsTrading));
        Assert.Equal(
            new MarketRules(
                Symbol.From("BTC-USDT"), new(0.01m, 0.01m, 1_000_000m),
                new(Quantity.From(0.00001m), Quantity.From(0.00001m), Quantity.From(9000m)),
                new(Quantity.Zero, Quantity.Zero, Quantity.From(116.3154125m)),
                new(Notional.From(5), Notional.From(9_000_000), Notional.From(5), Notional.Zero, AverageMinutes: 5), 8, 8,
                new(new(0.2m, 5), new(0.3m, 6), AverageMinutes: 4)) { Limits = new(FeeCurrency: FeeCurrency.Received) },
            exchange[0].Rules);
        Assert.Equal(Notional.From(0.0001m), exchange[1].Rules.Notional.MinOfMarketOrders);
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
            var exchange = await AnsweredAsync(recorded, data => data.InstrumentsAsync(Cancel));

            Assert.Equal(Symbol.From("ETH-BTC"), Assert.Single(exchange).Rules.Market);
        }
    }

    [Fact, Reads("nautilus/venue-payloads/binance/spot/http_json/depth_response.json")]
    public async Task Recorded_depth_is_read()
    {
        var depth = await AnsweredAsync(
            RecordedVenueData.Payload("http_json/depth_response"), data => data.DepthAsync(Market, 100, Cancel));

        Assert.Equal(1027024, depth.LastUpdateId);
        Assert.Equal([new BookLevel(Price.From(4), Quantity.From(431))], depth.Bids);
        Assert.Equal([new BookLevel(Price.From(4.000002m), Quantity.From(12))], depth.Asks);
    }

    [Fact, Reads(
        "nautilus/venue-payloads/binance/spot/http_json/book_ticker_response.json",
        "binance-net/Endpoints/Spot/ExchangeData/GetBookPrice.txt",
        "binance-net/Socket/Spot/ExchangeData/GetBookTickers.txt")]
    public async Task Recorded_best_prices_of_all_markets_are_asked_for_at_once()
    {
        foreach (var recorded in (string[])[
            RecordedVenueData.Payload("http_json/book_ticker_response"), RecordedVenueData.Endpoint("ExchangeData/GetBookPrice")])
        {
            var others = RecordedVenueData.Answer("Socket/Spot/ExchangeData/GetBookTickers").GetRawText();
            await using var venue = await LoopbackVenue.SayingAsync(200, $"[{recorded},{others[1..]}");
            using var host = MarketsHost.For(venue.Address);

            var answer = await MarketsHost.Parts(host).Quotes!.QuotesAsync([Market, MarketsHost.Listed("BNB-BTC", "BNBBTC")], Cancel);

            Assert.Equal(
                [
                    ("LTCBTC", new(Price.From(4), Quantity.From(431), Price.From(4.000002m), Quantity.From(9))),
                    ("BNBBTC", new TopOfBook(Price.From(0.01358m), Quantity.From(12.534m), Price.From(0.013581m), Quantity.From(17.837m))),
                ],
                Assert.IsType<VenueAnswer<IReadOnlyList<(Instrument, TopOfBook)>>.Answered>(answer).Value
                    .Select(each => (each.Item1.VenueSymbol, each.Item2)));
            Assert.Equal(
                "/api/v3/ticker/bookTicker?symbols=%5B%22LTCBTC%22%2C%22BNBBTC%22%5D", Assert.Single(venue.Calls).Target);
        }
    }

    [Fact, Reads("binance-net/Endpoints/Spot/ExchangeData/GetRecentTrades.txt")]
    public async Task Recorded_trades_are_read()
    {
        var trades = await AnsweredAsync(
            RecordedVenueData.Endpoint("ExchangeData/GetRecentTrades"), data => data.TradesAsync(Market, since: null, 10, Cancel));

        Assert.Equal([
            new PublicTrade(
                28457, Price.From(4.000001m), Quantity.From(12), TakerSide.Sell,
                DateTimeOffset.FromUnixTimeMilliseconds(1499865549590)),
        ], trades);
    }

    [Fact, Reads("binance-net/Endpoints/Spot/ExchangeData/GetKlines.txt")]
    public async Task Recorded_candles_are_read()
    {
        var candles = await AnsweredAsync(
            RecordedVenueData.Endpoint("ExchangeData/GetKlines"),
            data => data.CandlesAsync(Market, CandleInterval.OneDay, from: null, 10, Cancel));

        Assert.Equal([
            new Candle(
                DateTimeOffset.FromUnixTimeMilliseconds(1499040000000), Price.From(0.0163479m), Price.From(0.8m),
                Price.From(0.015758m), Price.From(0.015771m), Quantity.From(148976.11427815m)),
        ], candles);
    }

    [Fact, Reads("binance-net/Endpoints/Spot/ExchangeData/GetTicker.txt")]
    public async Task Recorded_day_is_read()
    {
        var market = MarketsHost.Listed("BNB-BTC", "BNBBTC");

        var days = await AnsweredAsync(
            $"[{RecordedVenueData.Endpoint("ExchangeData/GetTicker")}]", data => data.DaysAsync([market], Cancel));

        var (instrument, day) = Assert.Single(days);
        Assert.Same(market, instrument);
        Assert.Equal((Price.From(4.000002m), Notional.From(15.3m)), (day.Last, day.QuoteVolume));
    }

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

    private static async Task<T> AnsweredAsync<T>(string body, Func<IVenueMarketData, Task<VenueAnswer<T>>> ask)
    {
        await using var venue = await LoopbackVenue.SayingAsync(200, body);
        using var host = MarketsHost.For(venue.Address);
        return Assert.IsType<VenueAnswer<T>.Answered>(await ask(MarketsHost.MarketData(host))).Value;
    }
}
