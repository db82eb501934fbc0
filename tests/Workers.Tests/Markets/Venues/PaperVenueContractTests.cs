using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.Hosting;
using Platform.Domain.Markets;
using Platform.Domain.Values;
using Platform.Tests.Support;
using Platform.Workers.Markets.Venues;

namespace Platform.Workers.Tests.Markets.Venues;

/// <summary>The contract for orders and accounts against the paper venue's own process, in the platform's words.</summary>
public sealed class PaperVenueContractTests(PaperVenueProcess venue) : IClassFixture<PaperVenueProcess>
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Rest", true)]
    [InlineData("WebSocket", false)]
    public async Task Order_is_placed_found_listed_reported_and_canceled(string ordersBy, bool goesByHttp)
    {
        using var http = new HttpCalls(venue.Address);
        using var host = Connector(ordersBy);
        var trading = WireHost.Parts(host).Trading!;
        var order = await FarBelowAsync(host);
        var name = new VenueOrderName(order.Instrument, order.ClientOrderId);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        deadline.CancelAfter(Deadline);
        await using var stream = trading.UserStreamAsync(deadline.Token).GetAsyncEnumerator(deadline.Token);
        Assert.True(await stream.MoveNextAsync());
        Assert.IsType<StreamEvent<VenueUserReport>.Connected>(stream.Current);

        Assert.IsType<VenueAnswer<VenueOrder>.NotFound>(await trading.QueryAsync(name, Cancel));
        var placed = Answered(await trading.PlaceAsync(order, Cancel));
        var found = Answered(await trading.QueryAsync(name, Cancel));
        var open = Answered(await trading.OpenOrdersAsync(order.Instrument, Cancel));
        var canceled = Answered(await trading.CancelAsync(name, Cancel));

        Assert.Equal((VenueOrderStatus.New, order.ClientOrderId, VenueSide.Buy), (placed.Status, placed.ClientOrderId, placed.Side));
        Assert.Equal(
            (placed.VenueOrderId, order.LimitPrice, order.Quantity), (found.VenueOrderId, found.LimitPrice, found.Quantity));
        Assert.Contains(open, one => string.Equals(one.VenueOrderId, placed.VenueOrderId, StringComparison.Ordinal));
        Assert.Equal((VenueOrderStatus.Canceled, order.ClientOrderId), (canceled.Status, canceled.ClientOrderId));
        Assert.Equal(VenueOrderStatus.New, (await NextAsync(stream, order.ClientOrderId)).Status);
        Assert.Equal(VenueOrderStatus.Canceled, (await NextAsync(stream, order.ClientOrderId)).Status);
        Assert.Equal(goesByHttp, http.Paths.Contains("/api/v3/order"));
        Assert.Contains("/api/v3/exchangeInfo", http.Paths);
    }

    [Theory]
    [InlineData("Rest")]
    [InlineData("WebSocket")]
    public async Task Fills_of_the_answer_are_those_that_are_asked_for(string ordersBy)
    {
        using var host = Connector(ordersBy);
        var trading = WireHost.Parts(host).Trading!;
        var order = await FarBelowAsync(host) with
        {
            Type = VenueOrderType.Market, Quantity = null, QuoteQuantity = Notional.From(100), LimitPrice = null, TimeInForce = null,
        };

        var placed = Answered(await trading.PlaceAsync(order, Cancel));
        var fills = Answered(await trading.FillsAsync(
            new(order.Instrument, order.ClientOrderId, placed.VenueOrderId), Cancel));

        Assert.Equal(VenueOrderStatus.Filled, placed.Status);
        Assert.Equal(
            placed.Fills.Select(fill => (fill.TradeId, fill.Price, fill.Quantity, fill.Fee, fill.IsMaker)),
            fills.Select(fill => (fill.TradeId, fill.Price, fill.Quantity, fill.Fee, fill.IsMaker)));
        Assert.Equal(placed.QuoteFilled!.Value.Value, fills.Sum(fill => fill.QuoteQuantity.Value));
    }

    [Fact]
    public async Task Account_is_told()
    {
        using var host = Connector();
        var account = WireHost.Parts(host).Account!;

        Assert.Contains(Answered(await account.BalancesAsync(Cancel)), balance => balance.Asset is "USDT");
        Assert.InRange(Answered(await account.FeesAsync(await InstrumentAsync(host), Cancel)).Taker, 0.00001m, 0.01m);
    }

    private IHost Connector(string ordersBy = "Rest") => MarketsHost.For(
        venue.Address, apiKey: venue.ApiKey, apiSecret: venue.ApiSecret, callTimeout: "00:00:20",
        settings: ("Platform:Venue:OrdersBy", ordersBy));

    private static Task<Instrument> InstrumentAsync(IHost host) => WireHost.InstrumentAsync(host, Cancel);

    private static async Task<NewVenueOrder> FarBelowAsync(IHost host)
    {
        var instrument = await InstrumentAsync(host);
        var book = Answered(await WireHost.Parts(host).MarketData.DepthAsync(instrument, 5, Cancel));
        return new(
            instrument, $"t-{Guid.CreateVersion7():N}", VenueSide.Buy, VenueOrderType.Limit, Quantity.From(0.001m),
            QuoteQuantity: null, Price.From(decimal.Floor(book.Bids[0].Price.Value * 0.9m)), VenueTimeInForce.GoodTillCancel);
    }

    private static async Task<VenueOrder> NextAsync(IAsyncEnumerator<StreamEvent<VenueUserReport>> stream, string clientOrderId)
    {
        while (await stream.MoveNextAsync())
            if (stream.Current is StreamEvent<VenueUserReport>.Received { Value: VenueUserReport.OfOrder { Order: var order } }
                && string.Equals(order.ClientOrderId, clientOrderId, StringComparison.Ordinal))
                return order;
        throw new InvalidOperationException("The stream ended.");
    }

    private static T Answered<T>(VenueAnswer<T> answer) => Assert.IsType<VenueAnswer<T>.Answered>(answer).Value;

    /// <summary>The paths of this process's calls of that server that do not go by a socket.</summary>
    private sealed class HttpCalls : IDisposable
    {
        private readonly ActivityListener listener;

        public HttpCalls(Uri server)
        {
            listener = new()
            {
                ShouldListenTo = source => source.Name is "System.Net.Http",
                Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
                ActivityStopped = call =>
                {
                    if (call.GetTagItem("url.full") is string url && new Uri(url) is var called && string.Equals(called.Authority, server.Authority, StringComparison.Ordinal))
                        Paths.Enqueue(called.AbsolutePath);
                },
            };
            ActivitySource.AddActivityListener(listener);
        }

        public ConcurrentQueue<string> Paths { get; } = new();

        public void Dispose() => listener.Dispose();
    }
}
