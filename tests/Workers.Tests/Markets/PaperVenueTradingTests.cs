using Microsoft.Extensions.Hosting;
using Platform.Domain.Values;
using Platform.Tests.Support;
using Platform.Workers.Markets.Venues;
using Platform.Workers.Markets.Venues.Binance;

namespace Platform.Workers.Tests.Markets;

/// <summary>The connector against the paper venue's own process, over REST and both kinds of streams.</summary>
public sealed class PaperVenueTradingTests(PaperVenueProcess venue) : IClassFixture<PaperVenueProcess>
{
    private static readonly Symbol Market = Symbol.From("BTC-USDT");
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Resting_order_is_placed_found_listed_and_canceled()
    {
        using var host = Connector();
        var rest = MarketsHost.Rest(host.Services);
        var id = ClientOrderId();

        var placed = Answered(await rest.PlaceOrderAsync(await FarBelowAsync(host, id), Cancel));
        var found = Answered(await rest.QueryOrderAsync(Market, id, Cancel));
        var open = Answered(await rest.OpenOrdersAsync(Market, Cancel));
        var canceled = Answered(await rest.CancelOrderAsync(Market, id, Cancel));

        Assert.Equal((BinanceOrderStatus.New, id), (placed.Status, placed.ClientOrderId));
        Assert.Equal((placed.OrderId, placed.Price, placed.Quantity), (found.OrderId, found.Price, found.Quantity));
        Assert.Contains(open, order => order.OrderId == placed.OrderId);
        Assert.Equal((BinanceOrderStatus.Canceled, id), (canceled.Status, canceled.OrigClientOrderId));
        Assert.Equal(
            BinanceOrderStatus.Canceled, Answered(await rest.QueryOrderAsync(Market, id, Cancel)).Status);
    }

    [Fact]
    public async Task Market_order_fills_and_its_trades_agree_with_its_answer()
    {
        using var host = Connector();
        var rest = MarketsHost.Rest(host.Services);

        var placed = Answered(await rest.PlaceOrderAsync(
            new(Market, BinanceSide.Buy, BinanceOrderType.Market, ClientOrderId(), Quantity: null,
                Notional.From(100), LimitPrice: null, TimeInForce: null), Cancel));
        var trades = Answered(await rest.TradesOfOrderAsync(Market, placed.OrderId, fromId: null, Cancel));

        Assert.Equal(BinanceOrderStatus.Filled, placed.Status);
        Assert.Equal(placed.Filled.Value, placed.Fills.Sum(fill => fill.Quantity.Value));
        Assert.Equal(
            placed.Fills.Select(fill => (fill.TradeId, fill.Price, fill.Quantity, fill.Commission, fill.CommissionAsset)),
            trades.Select(trade => (trade.Id, trade.Price, trade.Quantity, trade.Commission, trade.CommissionAsset)));
        Assert.Equal(placed.QuoteFilled.Value, trades.Sum(trade => trade.QuoteQuantity.Value));
    }

    [Fact]
    public async Task Same_client_order_id_while_open_is_doubt_and_makes_no_second_order()
    {
        using var host = Connector();
        var rest = MarketsHost.Rest(host.Services);
        var order = await FarBelowAsync(host, ClientOrderId());

        var first = Answered(await rest.PlaceOrderAsync(order, Cancel));
        var second = await rest.PlaceOrderAsync(order, Cancel);

        Assert.Equal(
            UnknownCause.Duplicate, Assert.IsType<VenueAnswer<PlacedBinanceOrder>.Unknown>(second).Cause);
        Assert.Equal(first.OrderId, Answered(await rest.QueryOrderAsync(Market, order.ClientOrderId, Cancel)).OrderId);
        Answered(await rest.CancelOrderAsync(Market, order.ClientOrderId, Cancel));
    }

    [Fact]
    public async Task Unknown_order_is_not_found()
    {
        using var host = Connector();
        var rest = MarketsHost.Rest(host.Services);

        Assert.IsType<VenueAnswer<BinanceOrder>.NotFound>(await rest.QueryOrderAsync(Market, "never-sent", Cancel));
        Assert.IsType<VenueAnswer<CanceledBinanceOrder>.NotFound>(
            await rest.CancelOrderAsync(Market, "never-sent", Cancel));
    }

    [Fact]
    public async Task Order_against_the_rules_is_refused_by_venue_and_rules_alike()
    {
        using var host = Connector();
        var rest = MarketsHost.Rest(host.Services);
        var rules = Answered(await MarketsHost.MarketData(host).InstrumentsAsync(Cancel))
            .Single(market => market.Rules.Market == Market).Rules;
        var good = await FarBelowAsync(host, ClientOrderId());
        var (price, quantity) = (good.LimitPrice!.Value, good.Quantity!.Value);
        NewBinanceOrder[] bad =
        [
            good with { LimitPrice = Price.From(price.Value + (rules.Price.TickSize / 2)) },
            good with { Quantity = Quantity.From(quantity.Value + (rules.Lot.Step.Value / 2)) },
            good with { Quantity = Quantity.From(rules.Notional.Min.Value / price.Value / 2 is var half
                ? rules.Lot.RoundDown(half).Value : 0) },
        ];

        Assert.Null(rules.CheckLimit(price, quantity));
        foreach (var order in bad)
        {
            Assert.NotNull(rules.CheckLimit(order.LimitPrice!.Value, order.Quantity!.Value));
            Assert.IsType<VenueAnswer<PlacedBinanceOrder>.Refused>(await rest.PlaceOrderAsync(order, Cancel));
        }
    }

    [Fact]
    public async Task Account_and_commission_are_told()
    {
        using var host = Connector();
        var rest = MarketsHost.Rest(host.Services);

        Assert.Contains(Answered(await rest.AccountAsync(Cancel)).Balances, balance => balance.Asset is "USDT");
        Assert.InRange(Answered(await rest.CommissionAsync(Market, Cancel)).Standard.Taker, 0.00001m, 0.01m);
    }

    [Fact]
    public async Task User_stream_reports_an_order_from_birth_to_cancel()
    {
        using var host = Connector();
        var rest = MarketsHost.Rest(host.Services);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        deadline.CancelAfter(Deadline);
        await using var stream = MarketsHost.UserStream(host.Services)
            .ReadAsync(deadline.Token).GetAsyncEnumerator(deadline.Token);
        var id = ClientOrderId();

        Assert.True(await stream.MoveNextAsync());
        Assert.IsType<StreamEvent<BinanceUserReport>.Connected>(stream.Current);
        Answered(await rest.PlaceOrderAsync(await FarBelowAsync(host, id), Cancel));
        Answered(await rest.CancelOrderAsync(Market, id, Cancel));

        Assert.Equal(BinanceExecutionType.New, (await NextReportAsync(stream, id)).ExecutionType);
        var last = await NextReportAsync(stream, id);
        Assert.Equal(
            (BinanceExecutionType.Canceled, BinanceOrderStatus.Canceled, "BTCUSDT"),
            (last.ExecutionType, last.Status, last.VenueSymbol));
    }

    [Fact]
    public async Task Fill_reported_by_the_stream_is_the_trade_of_the_answer()
    {
        using var host = Connector();
        var rest = MarketsHost.Rest(host.Services);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        deadline.CancelAfter(Deadline);
        await using var stream = MarketsHost.UserStream(host.Services)
            .ReadAsync(deadline.Token).GetAsyncEnumerator(deadline.Token);
        var id = ClientOrderId();
        Assert.True(await stream.MoveNextAsync());

        var placed = Answered(await rest.PlaceOrderAsync(
            new(Market, BinanceSide.Sell, BinanceOrderType.Market, id, Quantity.From(0.001m), QuoteQuantity: null,
                LimitPrice: null, TimeInForce: null), Cancel));

        var fills = new List<BinanceExecutionReport>();
        while (fills.Count < placed.Fills.Count)
            if (await NextReportAsync(stream, id) is { ExecutionType: BinanceExecutionType.Trade } fill)
                fills.Add(fill);
        Assert.Equal(
            placed.Fills.Select(fill => (fill.TradeId, (Price?)fill.Price, fill.Quantity, fill.Commission)),
            fills.Select(fill => (fill.TradeId, fill.LastPrice, fill.LastQuantity, fill.Commission)));
        Assert.Equal(placed.QuoteFilled, fills[^1].QuoteFilled);
    }

    private IHost Connector() =>
        MarketsHost.For(venue.Address, apiKey: venue.ApiKey, apiSecret: venue.ApiSecret, callTimeout: "00:00:20");

    private static string ClientOrderId() => $"t-{Guid.CreateVersion7():N}";

    private static async Task<NewBinanceOrder> FarBelowAsync(IHost host, string clientOrderId)
    {
        var book = Answered(await MarketsHost.MarketData(host).DepthAsync(MarketsHost.Listed("BTC-USDT", "BTCUSDT"), 5, Cancel));
        var price = decimal.Floor(book.Bids[0].Price.Value * 0.9m);
        return new(
            Market, BinanceSide.Buy, BinanceOrderType.Limit, clientOrderId, Quantity.From(0.001m), QuoteQuantity: null,
            Price.From(price), BinanceTimeInForce.Gtc);
    }

    private static async Task<BinanceExecutionReport> NextReportAsync(
        IAsyncEnumerator<StreamEvent<BinanceUserReport>> stream, string clientOrderId)
    {
        while (await stream.MoveNextAsync())
            if (stream.Current is StreamEvent<BinanceUserReport>.Received { Value: BinanceExecutionReport report }
                && string.Equals(report.OrderClientOrderId, clientOrderId, StringComparison.Ordinal))
                return report;
        throw new InvalidOperationException("The stream ended.");
    }

    private static T Answered<T>(VenueAnswer<T> answer) => Assert.IsType<VenueAnswer<T>.Answered>(answer).Value;
}
