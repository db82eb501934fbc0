using Microsoft.Extensions.DependencyInjection;
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

        await MarketsHost.Rest(host.Services).PlaceOrderAsync(AnOrder, Cancel);

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

    private static NewBinanceOrder AnOrder => new(
        Market, BinanceSide.Buy, BinanceOrderType.Limit, "a:b", Quantity.From(1.00m), QuoteQuantity: null,
        Price.From(0.1m), BinanceTimeInForce.Gtc);

    private static async Task<T> AnsweredAsync<T>(string body, Func<BinanceRest, Task<VenueAnswer<T>>> ask)
    {
        await using var venue = await LoopbackVenue.SayingAsync(200, body);
        using var host = MarketsHost.For(venue.Address);
        var answer = await ask(MarketsHost.Rest(host.Services));
        return Assert.IsType<VenueAnswer<T>.Answered>(answer).Value;
    }
}
