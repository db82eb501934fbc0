using System.Net;
using System.Text.Json;
using Platform.Domain.Markets;
using Platform.Domain.Values;
using Platform.Workers.Markets.Venues;
using Platform.Workers.Markets.Venues.Bybit;

namespace Platform.Workers.Tests.Markets.Venues.Bybit;

using static RecordedPayload;

/// <summary>What Bybit answers is read digit for digit; the payloads are examples of its documentation (v5, 2026-07).</summary>
public sealed class BybitPayloadTests
{
    private static readonly VenueId Venue = VenueId.From("bybit");
    private static readonly Instrument Spot = MarketsHost.Listed("BTC-USDT", "BTCUSDT", "bybit");

    [Fact]
    public void Spot_market_is_read_with_its_rules()
    {
        var listed = BybitListing.InstrumentOf(Venue, BybitListing.Spot, Parse(
            """
            {"symbol":"BTCUSDT","baseCoin":"BTC","quoteCoin":"USDT","innovation":"0","status":"Trading","marginTrading":"utaOnly",
             "lotSizeFilter":{"basePrecision":"0.000001","quotePrecision":"0.0000001","minOrderQty":"0.000011","maxOrderQty":"83",
              "minOrderAmt":"5","maxOrderAmt":"8000000","maxLimitOrderQty":"83","maxMarketOrderQty":"41.5"},
             "priceFilter":{"tickSize":"0.01"}}
            """));

        var market = Symbol.From("BTC-USDT");
        Assert.Equal(
            new(
                Venue, "BTCUSDT", market, InstrumentKind.Spot,
                new(
                    market, new(0.01m, 0, 0), new(Quantity.From(0.000001m), Quantity.From(0.000011m), Quantity.From(83)),
                    new(Quantity.Zero, Quantity.Zero, Quantity.From(41.5m)),
                    new(Notional.From(5), Notional.From(8_000_000), Notional.From(5), Notional.From(8_000_000)), 6, 7),
                IsTrading: true),
            listed);
    }

    [Fact]
    public void Contracts_are_read_with_what_they_settle_in()
    {
        var perpetual = BybitListing.InstrumentOf(Venue, BybitListing.Linear, Parse(
            """
            {"symbol":"BTCUSDT","contractType":"LinearPerpetual","status":"Trading","baseCoin":"BTC","quoteCoin":"USDT",
             "launchTime":"1585526400000","deliveryTime":"0","priceScale":"2",
             "priceFilter":{"minPrice":"0.10","maxPrice":"1999999.80","tickSize":"0.10"},
             "lotSizeFilter":{"maxOrderQty":"1190.000","minOrderQty":"0.001","qtyStep":"0.001","postOnlyMaxOrderQty":"1190.000",
              "maxMktOrderQty":"119.000","minNotionalValue":"5"},"fundingInterval":480,"settleCoin":"USDT"}
            """));
        var future = BybitListing.InstrumentOf(Venue, BybitListing.Inverse, Parse(
            """
            {"symbol":"BTCUSDZ26","contractType":"InverseFutures","status":"PreLaunch","baseCoin":"BTC","quoteCoin":"USD",
             "deliveryTime":"1798185600000","priceFilter":{"minPrice":"0.50","maxPrice":"999999.00","tickSize":"0.50"},
             "lotSizeFilter":{"maxOrderQty":"1000000","minOrderQty":"1","qtyStep":"1"},"settleCoin":"BTC"}
            """));

        Assert.Equal((InstrumentKind.Perpetual, true), (perpetual!.Kind, perpetual.IsTrading));
        Assert.Equal(new(1, IsInverse: false, Asset.From("USDT")), perpetual.Derivative);
        Assert.Equal(new(0.1m, 0.1m, 1_999_999.8m), perpetual.Rules.Price);
        Assert.Equal(Quantity.From(119), perpetual.Rules.MarketLot.Max);
        Assert.Equal(Notional.From(5), perpetual.Rules.Notional.Min);
        Assert.Equal((InstrumentKind.Future, false), (future!.Kind, future.IsTrading));
        Assert.Equal(new(1, IsInverse: true, Asset.From("BTC"), At(1798185600000)), future.Derivative);
    }

    [Fact]
    public void Day_of_a_spot_market_and_of_an_inverse_contract_are_both_in_base_units()
    {
        var at = At(1672376495682);
        var inverse = Spot with { Kind = InstrumentKind.Perpetual, Derivative = new(1, IsInverse: true, Asset.From("BTC")) };

        Assert.Equal(
            new(
                Price.From(20533.13m), Price.From(20517.96m), Quantity.From(2), Price.From(20527.77m), Quantity.From(1.862172m),
                Price.From(20393.48m), Price.From(21128.12m), Price.From(20318.89m), Quantity.From(11801.27771m),
                Notional.From(243765620.65899866m), at),
            BybitMarketAnswers.DayOf(
                Parse(
                    """
                    {"symbol":"BTCUSDT","bid1Price":"20517.96","bid1Size":"2","ask1Price":"20527.77","ask1Size":"1.862172",
                     "lastPrice":"20533.13","prevPrice24h":"20393.48","price24hPcnt":"0.0068","highPrice24h":"21128.12",
                     "lowPrice24h":"20318.89","turnover24h":"243765620.65899866","volume24h":"11801.27771"}
                    """),
                Spot, at));
        var contract = Parse(
            """
            {"symbol":"BTCUSD","lastPrice":"16597.00","indexPrice":"16598.54","markPrice":"16596.00","prevPrice24h":"16464.50",
             "highPrice24h":"30912.50","lowPrice24h":"15700.00","openInterest":"373504107","turnover24h":"2352.94950046",
             "volume24h":"49337318","fundingRate":"-0.001034","nextFundingTime":"1672387200000","ask1Size":"1",
             "bid1Price":"16596.00","ask1Price":"16597.50","bid1Size":"1"}
            """);
        var day = BybitMarketAnswers.DayOf(contract, inverse, at);
        Assert.Equal((Quantity.From(2352.94950046m), Notional.From(49337318)), (day.Volume, day.QuoteVolume!.Value));
        Assert.Equal(
            new(
                at, Price.From(16596), Price.From(16598.54m), 373504107, new(-0.001034m, At(1672387200000))),
            BybitMarketAnswers.DerivativeOf(contract, at));
    }

    [Fact]
    public void Book_trades_bars_and_fundings_are_read()
    {
        var book = BybitMarketAnswers.DepthOf(Parse(
            """{"s":"BTCUSDT","b":[["62710.2","5.52"]],"a":[["62710.3","0.01"]],"ts":1709199771584,"u":243781,"seq":3887177875}"""));
        Assert.Equal((243781, Level(62710.2m, 5.52m), Level(62710.3m, 0.01m)), (book.LastUpdateId, book.Bids[0], book.Asks[0]));

        Assert.Equal(
            new(2100000000007764263, Price.From(16618.49m), Quantity.From(0.00012m), TakerSide.Buy, At(1672052955758)),
            BybitMarketAnswers.TradeOf(Parse(
                """
                {"execId":"2100000000007764263","symbol":"BTCUSDT","price":"16618.49","size":"0.00012","side":"Buy",
                 "time":"1672052955758","isBlockTrade":false}
                """)));
        Assert.Equal(
            new(
                At(1670608800000), Price.From(17071), Price.From(17073), Price.From(17027), Price.From(17055.5m),
                Quantity.From(268611)),
            BybitMarketAnswers.CandleOf(
                Parse("""["1670608800000","17071","17073","17027","17055.5","268611","15.74462667"]"""), Spot));
        Assert.Equal(
            new(0.0001m, At(1672041600000)),
            BybitMarketAnswers.FundingOf(Parse(
                """{"symbol":"ETHPERP","fundingRate":"0.0001","fundingRateTimestamp":"1672041600000"}""")));
    }

    [Fact]
    public void Order_is_read_by_its_quantity_or_by_its_worth()
    {
        var order = BybitOrders.OrderOf(Parse(
            """
            {"orderId":"fd4300ae-7847-404e-b947-b46980a4d140","orderLinkId":"test-000005","symbol":"ETHUSDT","price":"1600.00",
             "qty":"0.10","side":"Buy","orderStatus":"PartiallyFilled","cancelType":"UNKNOWN","rejectReason":"EC_NoError",
             "avgPrice":"1599","leavesQty":"0.06","cumExecQty":"0.04","cumExecValue":"63.96","cumExecFee":"0",
             "timeInForce":"PostOnly","orderType":"Limit","createdTime":"1684738540559","updatedTime":"1684738540561"}
            """));

        Assert.Equal(
            new(
                "ETHUSDT", "fd4300ae-7847-404e-b947-b46980a4d140", "test-000005", VenueOrderStatus.PartiallyFilled,
                VenueSide.Buy, VenueOrderType.LimitMaker, Price.From(1600), Quantity.From(0.1m), Quantity.From(0.04m),
                Notional.From(63.96m), order.Fills, At(1684738540561)),
            order);
        Assert.Empty(order.Fills);

        var spent = BybitOrders.OrderOf(Parse(
            """
            {"orderId":"1","orderLinkId":"","symbol":"BTCUSDT","price":"0","qty":"100","side":"Buy","orderStatus":"Rejected",
             "rejectReason":"EC_NoEnoughQtyToFill","cumExecQty":"0","cumExecValue":"0","timeInForce":"IOC","orderType":"Market",
             "marketUnit":"quoteCoin","updatedTime":"1684738540561"}
            """));
        Assert.Equal(
            (null, VenueOrderStatus.Rejected, VenueOrderType.Market, null, Quantity.Zero, "EC_NoEnoughQtyToFill"),
            (spent.ClientOrderId, spent.Status, spent.Type, spent.LimitPrice, spent.Quantity, spent.Reason));
    }

    [Theory]
    [InlineData("New", VenueOrderStatus.New)]
    [InlineData("Untriggered", VenueOrderStatus.New)]
    [InlineData("Filled", VenueOrderStatus.Filled)]
    [InlineData("Cancelled", VenueOrderStatus.Canceled)]
    [InlineData("PartiallyFilledCanceled", VenueOrderStatus.Canceled)]
    [InlineData("Deactivated", VenueOrderStatus.Canceled)]
    public void Every_status_of_an_order_has_its_word(string status, VenueOrderStatus expected) => Assert.Equal(
        expected,
        BybitOrders.OrderOf(Parse(
            $$"""
            {"orderId":"1","symbol":"BTCUSDT","price":"5","qty":"1","side":"Sell","orderStatus":"{{status}}","orderType":"Limit",
             "timeInForce":"GTC","cumExecQty":"0"}
            """)).Status);

    [Fact]
    public void Fill_is_read_with_what_it_cost()
    {
        var execution =
            """
            {"symbol":"BTCUSDT","orderId":"o1","orderLinkId":"","side":"Buy","orderPrice":"20000","orderQty":"0.5","leavesQty":"0",
             "execFee":"0.0005","execId":"e1","execPrice":"19999.5","execQty":"0.5","execType":"Trade","execValue":"9999.75",
             "execTime":"1672282722429","isMaker":true,"feeRate":"0.001"FEE}
            """;
        VenueFill Of(string fee) => BybitOrders.FillOf(Parse(execution.Replace("FEE", fee, StringComparison.Ordinal)), Spot);

        // Old rows leave the asset out: it is what was received.
        Assert.Equal(
            new(
                "BTCUSDT", "e1", "o1", VenueSide.Buy, Price.From(19999.5m), Quantity.From(0.5m), Notional.From(9999.75m),
                new(0.0005m, Asset.From("BTC")), IsMaker: true, At(1672282722429)),
            Of(string.Empty));
        Assert.Equal(Asset.From("MNT"), Of(""","feeCurrency":"MNT" """).Fee.Asset);
    }

    [Fact]
    public void Balances_fees_and_transfers_are_read()
    {
        Assert.Equal(
            new("BTC", Quantity.From(0.4m), Quantity.From(0.1m)),
            BybitAccountAnswers.BalanceOf(Parse("""{"coin":"BTC","walletBalance":"0.5","locked":"0.1","borrowAmount":"0"}""")));
        Assert.Equal(
            new("USDC", Quantity.Zero, Quantity.Zero),
            BybitAccountAnswers.BalanceOf(Parse("""{"coin":"USDC","walletBalance":"-3.5","locked":"","borrowAmount":"3.5"}""")));
        Assert.Equal(
            new(0.0001m, 0.0006m),
            BybitAccountAnswers.FeesOf(Parse("""{"symbol":"ETHUSDT","takerFeeRate":"0.0006","makerFeeRate":"0.0001"}""")));
        Assert.Equal(
            new(
                "t1", null, "USDT", "ETH", Quantity.From(10_000), null, "0xabc", null, "t1", VenueTransferState.Completed,
                At(1672134274000)),
            BybitAccountAnswers.DepositOf(Parse(
                """
                {"coin":"USDT","chain":"ETH","amount":"10000","txID":"t1","status":3,"toAddress":"0xabc","tag":"","depositFee":"",
                 "successAt":"1672134274000","confirmations":"10000"}
                """)));
        Assert.Equal(
            new(
                "9976", null, "USDT", "ETH", Quantity.From(77), Quantity.From(10), "0x99ce", null, null,
                VenueTransferState.Pending, At(1670922217000)),
            BybitAccountAnswers.WithdrawalOf(Parse(
                """
                {"coin":"USDT","chain":"ETH","amount":"77","txID":"","status":"SecurityCheck","toAddress":"0x99ce","tag":"",
                 "withdrawFee":"10","createTime":"1670922217000","updateTime":"1670922217000","withdrawId":"9976","withdrawType":0}
                """)));
    }

    [Fact]
    public void Networks_and_addresses_are_read()
    {
        Assert.Equal(
            new("BTC", "BTC", CanDeposit: true, CanWithdraw: false, Quantity.From(0.0005m), Quantity.From(0.001m), null, 2),
            BybitAccountAnswers.NetworkOf("BTC", Parse(
                """
                {"chainType":"BTC","confirmation":"2","withdrawFee":"0.0005","depositMin":"0.0005","withdrawMin":"0.001",
                 "chain":"BTC","chainDeposit":"1","chainWithdraw":"0","minAccuracy":"8"}
                """)));
        Assert.Equal(
            new("USDT", "ETH", "0xd9e1", null),
            BybitAccountAnswers.DepositAddressOf("USDT", Parse(
                """{"chainType":"ERC20","addressDeposit":"0xd9e1","tagDeposit":"","chain":"ETH"}""")));
        Assert.Equal(
            new("XRP", "XRP", "rAbc", "7", "cold", IsVerified: true),
            BybitAccountAnswers.AddressOf(Parse(
                """{"coin":"XRP","chain":"XRP","address":"rAbc","tag":"7","remark":"cold","status":0,"addressType":0,"verified":1}""")));
    }

    [Theory]
    [InlineData(10000, "Unknown ServerError")]
    [InlineData(10016, "Unknown ServerError")]
    [InlineData(10006, "Unknown Throttled")]
    [InlineData(110072, "Unknown Duplicate")]
    [InlineData(170141, "Unknown Duplicate")]
    [InlineData(110001, "NotFound")]
    [InlineData(170213, "NotFound")]
    [InlineData(10001, "Refused 10001")]
    [InlineData(170131, "Refused 170131")]
    public void Word_of_the_venue_is_what_it_says_and_no_more(int code, string expected)
    {
        var verdict = new BybitProtocol().Verdict(
            HttpStatusCode.OK, Parse($$$"""{"retCode":{{{code}}},"retMsg":"said","result":{},"time":1}"""));

        Assert.Equal(expected, verdict.Match(
            _ => "Answered", refused => $"Refused {refused.Code}", _ => "NotFound", unknown => $"Unknown {unknown.Cause}"));
    }

    internal static JsonElement Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }
}
