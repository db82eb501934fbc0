using System.Globalization;
using System.Text.Json;
using Platform.Domain.Markets;
using Platform.Domain.Values;
using Platform.Tests.Support;
using Platform.Workers.Markets.Venues;
using Platform.Workers.Markets.Venues.Binance;

namespace Platform.Workers.Tests.Markets;

/// <summary>
/// Binance says the same by REST, by its WebSocket API and in its documentation: whichever was recorded, it is read digit for digit.
/// </summary>
public sealed class BinanceRecordingTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact, Reads("binance-net/Socket/Spot/ExchangeData/GetExchangeInfo.txt")]
    public void Exchange_is_read_with_its_limit_and_the_rules_of_its_market()
    {
        var recorded = RecordedVenueData.Answer("Socket/Spot/ExchangeData/GetExchangeInfo");

        var exchange = BinanceJson.As<BinanceExchange>(recorded);

        var market = Assert.Single(exchange.Markets);
        var filters = recorded.GetProperty("symbols")[0].GetProperty("filters").EnumerateArray()
            .ToDictionary(filter => filter.GetProperty("filterType").GetString()!);
        Assert.Equal(6000, exchange.WeightPerMinute);
        Assert.Equal(("BNBBTC", "BNB-BTC", true), (market.VenueSymbol, market.Rules.Market.Value, market.IsTrading));
        Assert.Equal(Exact(filters["PRICE_FILTER"], "tickSize"), market.Rules.Price.TickSize);
        Assert.Equal(Exact(filters["LOT_SIZE"], "stepSize"), market.Rules.Lot.Step.Value);
        Assert.Equal(Exact(filters["LOT_SIZE"], "minQty"), market.Rules.Lot.Min.Value);
    }

    [Theory]
    [Reads("{0}")]
    [InlineData("binance-net/Socket/Spot/ExchangeData/GetOrderBook.txt")]
    [InlineData("nautilus/venue-payloads/binance/spot/http_json/depth_response.json")]
    public void Book_is_read_level_by_level(string file)
    {
        var recorded = Recorded(file);

        var depth = BinanceJson.As<DepthSnapshot>(recorded);

        Assert.Equal(recorded.GetProperty("lastUpdateId").GetInt64(), depth.LastUpdateId);
        Assert.Equal(Levels(recorded.GetProperty("bids")), depth.Bids.Select(Plain));
        Assert.Equal(Levels(recorded.GetProperty("asks")), depth.Asks.Select(Plain));

        static (decimal, decimal) Plain(BookLevel level) => (level.Price.Value, level.Quantity.Value);

        static IEnumerable<(decimal, decimal)> Levels(JsonElement side) =>
            side.EnumerateArray().Select(level => (Exact(level[0]), Exact(level[1])));
    }

    [Theory]
    [Reads("{0}")]
    [InlineData("binance-net/Endpoints/Spot/ExchangeData/GetTradeHistory.txt")]
    [InlineData("binance-net/Socket/Spot/ExchangeData/GetRecentTrades.txt")]
    [InlineData("binance-net/Socket/Spot/ExchangeData/GetTradeHistory.txt")]
    [InlineData("nautilus/venue-payloads/binance/spot/http_json/trades_response.json")]
    public void Trades_are_read_with_who_crossed_the_spread(string file)
    {
        var recorded = Recorded(file)[0];

        var trade = Assert.Single(BinanceJson.As<IReadOnlyList<PublicTrade>>(Recorded(file)));

        Assert.Equal(
            (recorded.GetProperty("id").GetInt64(), Exact(recorded, "price"), Exact(recorded, "qty"), TakerSide.Sell,
                recorded.GetProperty("time").GetInt64()),
            (trade.Id, trade.Price.Value, trade.Quantity.Value, trade.TakerSide, trade.At.ToUnixTimeMilliseconds()));
        // Every recorded buyer waited.
        Assert.True(recorded.GetProperty("isBuyerMaker").GetBoolean());
    }

    [Theory]
    [Reads("{0}")]
    [InlineData("binance-net/Endpoints/Spot/ExchangeData/GetAggregatedTradeHistory.txt")]
    [InlineData("binance-net/Socket/Spot/ExchangeData/GetAggregatedTradeHistory.txt")]
    public void Trades_put_together_are_read_with_the_number_of_the_whole(string file)
    {
        var recorded = Assert.Single(Recorded(file).EnumerateArray());

        var trade = BinanceFuturesAnswers.TradeOf(recorded);

        Assert.Equal(
            (recorded.GetProperty("a").GetInt64(), Exact(recorded, "p"), Exact(recorded, "q"), recorded.GetProperty("T").GetInt64()),
            (trade.Id, trade.Price.Value, trade.Quantity.Value, trade.At.ToUnixTimeMilliseconds()));
        // Both recorded buyers waited.
        Assert.Equal((true, TakerSide.Sell), (recorded.GetProperty("m").GetBoolean(), trade.TakerSide));
    }

    [Theory]
    [Reads("{0}")]
    [InlineData("binance-net/Socket/Spot/ExchangeData/GetKlines.txt")]
    [InlineData("binance-net/Endpoints/Spot/ExchangeData/GetUiKlines.txt")]
    [InlineData("binance-net/Socket/Spot/ExchangeData/GetUIKlines.txt")]
    [InlineData("nautilus/venue-payloads/binance/spot/http_json/klines_response.json")]
    public void Candles_are_read_by_their_place(string file)
    {
        var recorded = Recorded(file)[0];

        var candle = Assert.Single(BinanceJson.As<IReadOnlyList<Candle>>(Recorded(file)));

        Assert.Equal(
            (recorded[0].GetInt64(), Exact(recorded[1]), Exact(recorded[2]), Exact(recorded[3]), Exact(recorded[4]), Exact(recorded[5])),
            (candle.OpenTime.ToUnixTimeMilliseconds(), candle.Open.Value, candle.High.Value, candle.Low.Value, candle.Close.Value,
                candle.Volume.Value));
    }

    [Theory]
    [Reads("{0}")]
    [InlineData("binance-net/Socket/Spot/ExchangeData/GetTickers.txt")]
    [InlineData("nautilus/venue-payloads/binance/spot/http_json/ticker_24hr_response.json")]
    public void Days_are_read_member_by_member(string file)
    {
        var recorded = Recorded(file) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray().ToList() : [Recorded(file)];

        Assert.All(recorded, one =>
        {
            var day = BinanceJson.As<BinanceTicker>(one).ToSummary();
            Assert.Equal(
                [
                    Exact(one, "lastPrice"), Exact(one, "bidPrice"), Exact(one, "bidQty"), Exact(one, "askPrice"), Exact(one, "askQty"),
                    Exact(one, "openPrice"), Exact(one, "highPrice"), Exact(one, "lowPrice"), Exact(one, "volume"),
                    Exact(one, "quoteVolume"), one.GetProperty("closeTime").GetInt64(),
                ],
                [
                    day.Last!.Value.Value, day.Bid!.Value.Value, day.BidQuantity.Value, day.Ask!.Value.Value, day.AskQuantity.Value,
                    day.Open!.Value.Value, day.High!.Value.Value, day.Low!.Value.Value, day.Volume.Value,
                    day.QuoteVolume!.Value.Value, day.At.ToUnixTimeMilliseconds(),
                ]);
        });
    }

    [Theory]
    [Reads("{0}")]
    [InlineData("binance-net/Endpoints/Spot/ExchangeData/GetServerTime.txt")]
    [InlineData("nautilus/venue-payloads/binance/spot/http_json/server_time_response.json")]
    public void Clock_is_read(string file) => Assert.Equal(
        DateTimeOffset.FromUnixTimeMilliseconds(1499827319559), new BinanceProtocol().TimeOf(Recorded(file)));

    [Theory]
    [Reads("{0}")]
    [InlineData("binance-net/Endpoints/Spot/Trading/GetOrders.txt")]
    [InlineData("binance-net/Endpoints/Spot/Trading/GetOpenOrders.txt")]
    [InlineData("binance-net/Endpoints/Spot/Trading/GetMarginOrder.txt")]
    [InlineData("binance-net/Endpoints/Spot/Trading/GetMarginOrders.txt")]
    [InlineData("binance-net/Endpoints/Spot/Trading/GetOpenMarginOrders.txt")]
    [InlineData("binance-net/Socket/Spot/Trading/GetOpenOrders.txt")]
    [InlineData("binance-net/Socket/Spot/Trading/GetOrder.txt")]
    [InlineData("nautilus/venue-payloads/binance/spot/http_json/all_orders_response.json")]
    [InlineData("nautilus/venue-payloads/binance/spot/http_json/order_response.json")]
    public void Orders_are_read_with_how_far_they_are(string file)
    {
        var recorded = Recorded(file) is { ValueKind: JsonValueKind.Array } list ? list[0] : Recorded(file);

        var order = BinanceJson.As<BinanceOrder>(recorded);

        Assert.Equal(
            (recorded.GetProperty("symbol").GetString(), recorded.GetProperty("orderId").GetInt64(),
                recorded.GetProperty("clientOrderId").GetString(), Exact(recorded, "price"), Exact(recorded, "origQty"),
                Exact(recorded, "executedQty"), Exact(recorded, "cummulativeQuoteQty")),
            (order.VenueSymbol, order.OrderId, order.ClientOrderId, order.Price!.Value.Value, order.Quantity.Value,
                order.Filled.Value, order.QuoteFilled!.Value.Value));
        Assert.Equal(
            (recorded.GetProperty("status").GetString(), recorded.GetProperty("side").GetString(),
                recorded.GetProperty("type").GetString(), recorded.GetProperty("timeInForce").GetString(),
                recorded.GetProperty("updateTime").GetInt64()),
            (BinanceJson.Text(order.Status), BinanceJson.Text(order.Side), BinanceJson.Text(order.Type),
                BinanceJson.Text(order.TimeInForce), order.UpdatedAt.ToUnixTimeMilliseconds()));
    }

    [Theory]
    [Reads("{0}")]
    [InlineData("binance-net/Socket/Spot/Trading/PlaceOrder.txt")]
    [InlineData("nautilus/venue-payloads/binance/spot/http_json/new_order_full_response.json")]
    public void Placed_orders_are_read_with_the_fills_that_add_up(string file)
    {
        var recorded = Recorded(file);

        var placed = BinanceJson.As<PlacedBinanceOrder>(recorded);

        Assert.Equal(
            recorded.GetProperty("fills").EnumerateArray().Select(fill =>
                (Exact(fill, "price"), Exact(fill, "qty"), Exact(fill, "commission"), fill.GetProperty("commissionAsset").GetString(),
                    fill.GetProperty("tradeId").GetInt64())),
            placed.Fills.Select(fill =>
                (fill.Price.Value, fill.Quantity.Value, fill.Commission, (string?)fill.CommissionAsset, fill.TradeId)));
        Assert.Equal(Exact(recorded, "executedQty"), placed.Fills.Sum(fill => fill.Quantity.Value));
        Assert.Equal(BinanceOrderStatus.Filled, placed.Status);
    }

    [Theory]
    [Reads("{0}")]
    [InlineData("binance-net/Socket/Spot/Trading/GetUserTrades.txt")]
    [InlineData("nautilus/venue-payloads/binance/spot/http_json/account_trades_response.json")]
    public void Own_trades_are_read_with_what_was_paid_for_them(string file)
    {
        var trades = BinanceJson.As<IReadOnlyList<BinanceTrade>>(Recorded(file));

        Assert.Equal(
            Recorded(file).EnumerateArray().Select(one =>
                (one.GetProperty("id").GetInt64(), Exact(one, "price"), Exact(one, "qty"), Exact(one, "quoteQty"),
                    Exact(one, "commission"), one.GetProperty("isMaker").GetBoolean())),
            trades.Select(trade =>
                (trade.Id, trade.Price.Value, trade.Quantity.Value, trade.QuoteQuantity.Value, trade.Commission, trade.IsMaker)));
        Assert.All(trades, trade => Assert.Equal(trade.Price * trade.Quantity, trade.QuoteQuantity));
    }

    [Fact, Reads("nautilus/venue-payloads/binance/spot/http_json/cancel_order_response.json")]
    public void Canceled_order_is_read_by_its_own_name()
    {
        var canceled = BinanceJson.As<CanceledBinanceOrder>(
            Recorded("nautilus/venue-payloads/binance/spot/http_json/cancel_order_response.json"));

        Assert.Equal(
            ("myOrder1", "cancelMyOrder1", BinanceOrderStatus.Canceled, Price.From(2), Quantity.From(1)),
            (canceled.OrigClientOrderId, canceled.ClientOrderId, canceled.Status, canceled.Price!.Value, canceled.Quantity));
    }

    [Theory]
    [Reads("{0}")]
    [InlineData("binance-net/Endpoints/Spot/Trading/CancelAllOrders.txt")]
    [InlineData("nautilus/venue-payloads/binance/spot/http_json/cancel_open_orders_response.json")]
    public void Orders_canceled_together_are_read_like_single_ones(string file)
    {
        // Behind them comes a list of orders, which is another thing.
        JsonElement[] recorded = [.. Recorded(file).EnumerateArray().Take(2)];

        var canceled = recorded.Select(BinanceJson.As<CanceledBinanceOrder>);

        Assert.Equal(
            recorded.Select(one => (one.GetProperty("origClientOrderId").GetString()!, Exact(one, "price"), Exact(one, "origQty"))),
            canceled.Select(order => (order.OrigClientOrderId, order.Price!.Value.Value, order.Quantity.Value)));
        Assert.All(canceled, order => Assert.Equal((BinanceOrderStatus.Canceled, Quantity.Zero), (order.Status, order.Filled)));
    }

    [Theory]
    [Reads("nautilus/venue-payloads/binance/spot/http_json/{0}.json")]
    [InlineData("account_response", "BTC 4723846.89208129 0|LTC 4763368.68006011 0")]
    public void Balances_of_the_documentation_are_read(string file, string expected) => Assert.Equal(
        expected.Split('|'),
        BinanceWalletAnswers.BalancesOf(RecordedVenueData.Json(RecordedVenueData.Payload($"http_json/{file}")).GetProperty("balances"))
            .Select(balance => $"{balance.Asset} {balance.Free} {balance.Locked}"));

    [Theory]
    [Reads("binance-net/Endpoints/Spot/ExchangeData/GetSystemStatus.txt")]
    [InlineData(0, VenueState.Online)]
    [InlineData(1, VenueState.Maintenance)]
    public async Task Status_is_told_with_the_venues_clock(int number, VenueState state)
    {
        var recorded = RecordedVenueData.Endpoint("ExchangeData/GetSystemStatus")
            .Replace("\"status\": 0", $"\"status\": {number.ToString(CultureInfo.InvariantCulture)}", StringComparison.Ordinal);
        await using var venue = await LoopbackVenue.SayingAsync(200, recorded);
        using var host = MarketsHost.For(venue.Address);

        var status = Assert.IsType<VenueAnswer<VenueStatus>.Answered>(
            await MarketsHost.MarketData(host).StatusAsync(Cancel)).Value;

        Assert.Equal(new(state, "normal", DateTimeOffset.FromUnixTimeMilliseconds(1499827319559)), status);
    }

    private static JsonElement Recorded(string file) =>
        file.StartsWith("binance-net/", StringComparison.Ordinal)
            ? RecordedVenueData.Answer(file["binance-net/".Length..^".txt".Length])
            : RecordedVenueData.Json(File.ReadAllText(RecordedMarketData.Path(file)));

    private static decimal Exact(JsonElement element, string name) => Exact(element.GetProperty(name));

    private static decimal Exact(JsonElement element) => decimal.Parse(element.GetString()!, CultureInfo.InvariantCulture);
}
