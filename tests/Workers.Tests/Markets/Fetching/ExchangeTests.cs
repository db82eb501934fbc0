using System.Globalization;
using Microsoft.AspNetCore.Http;
using Platform.Domain.Markets;
using Platform.Domain.Markets.Fetching;
using Platform.Domain.Markets.Registry;
using Platform.Tests.Support;
using Platform.Workers.Markets;
using Platform.Workers.Markets.Fetching;
using Platform.Workers.Markets.Registry;

namespace Platform.Workers.Tests.Markets.Fetching;

/// <summary>Public data of venues: by the connector from the paper venue, a real process; perpetuals as the venues document them.</summary>
public sealed class ExchangeTests(FleetDatabase database, PaperVenueProcess venue)
    : IClassFixture<FleetDatabase>, IClassFixture<PaperVenueProcess>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_public_type_is_fetched_from_a_venue_through_its_connector()
    {
        await using var stand = await FleetStand.RaiseAsync(database);
        var node = Node(stand, venue.Address);
        var all = node.Of<FetcherCatalog>().MeantBy("exchange.*@paper");
        Assert.Equal(7, all.Count);

        var outcomes = await node.Fleet.RunNowAsync(all, Cancel);

        Assert.All(outcomes, each => Assert.True(each.Outcome is { Failed: null, Rejected: 0 }, $"{each.Id}: {each.Outcome?.Failed}"));
        Assert.Equal(12, (await node.KnownAsync(Id("instruments"))).Count);
        Assert.Equal(VenueState.Online, ((VenueCondition)Assert.Single(await node.KnownAsync(Id("status"))).Content).State);
        var top = (TopOfBook)Assert.Single(await node.KnownAsync(Id("quotes"), "BTC-USDT")).Content;
        Assert.True(top.Bid!.Value.Value < top.Ask!.Value.Value);
        var depth = (DepthLevels)Assert.Single(await node.KnownAsync(Id("depth"), "BTC-USDT")).Content;
        Assert.True(depth.Bids.Count > 1);
        Assert.IsType<DayFigures>(Assert.Single(await node.KnownAsync(Id("tickers"), "BTC-USDT")).Content);
    }

    [Fact]
    public async Task Fetchers_of_a_venue_whose_data_is_stopped_ask_nothing_and_say_why()
    {
        await using var stand = await FleetStand.RaiseAsync(database);
        await using var stopped = await LoopbackVenue.SayingAsync(200, "{}");
        var node = Node(stand, stopped.Address);
        node.Of<KillSwitches>().Know(
            new Dictionary<Killable, string> { [new(VenueId.From("paper"), VenueActivity.Data)] = "A test." }, at: 0);

        var outcomes = await node.Fleet.RunNowAsync(node.Of<FetcherCatalog>().MeantBy("exchange.*@paper"), Cancel);

        Assert.Equal(7, outcomes.Count);
        Assert.All(outcomes, each => Assert.Equal(
            (FetchFault.Stopped, "Not sent: data of paper is stopped: A test."), (each.Outcome?.Failed?.Fault, each.Outcome?.Failed?.Message)));
        Assert.Empty(stopped.Calls);
    }

    [Fact]
    public async Task Trades_go_on_behind_the_last_one()
    {
        await using var stand = await FleetStand.RaiseAsync(database);
        var node = Node(stand, venue.Address);
        await Eventually.IsTrueAsync("the venue has traded", TimeSpan.FromSeconds(60), async _ =>
            (await node.RunAsync(Id("trades"))).Facts > 0, Cancel);
        await Eventually.IsTrueAsync("it has traded again", TimeSpan.FromSeconds(60), async _ =>
            (await node.RunAsync(Id("trades"))).Facts > 0, Cancel);

        var numbers = (await node.KnownAsync(Id("trades"))).Select(fact => fact.Subject.Split('#'))
            .Where(parts => parts[0] is "BTC-USDT").Select(parts => long.Parse(parts[1], CultureInfo.InvariantCulture)).Order().ToList();
        if (numbers.Count > 0)
            Assert.Equal(numbers.Count, numbers[^1] - numbers[0] + 1);
    }

    // developers.binance.com, USD-M futures, "Get Funding Rate History", and bybit-exchange.github.io, "Get Funding Rate History".
    [Theory]
    [InlineData("binance-futures",
        """[{"symbol":"BTCUSDT","fundingRate":"0.00010000","fundingTime":1570608000000,"markPrice":""},{"symbol":"BTCUSDT","fundingRate":"-0.03750000","fundingTime":1570636800000,"markPrice":"34287.54619963"}]""",
        "34287.54619963")]
    [InlineData("bybit",
        """{"retCode":0,"retMsg":"OK","result":{"category":"linear","list":[{"symbol":"BTCUSDT","fundingRate":"-0.0375","fundingRateTimestamp":"1570636800000"},{"symbol":"BTCUSDT","fundingRate":"0.0001","fundingRateTimestamp":"1570608000000"}]},"time":1672051897447}""",
        null)]
    public async Task Funding_is_read_at_the_instant_when_it_is_due(string connector, string body, string? mark)
    {
        await using var futures = await DerivativesAsync(_ => body);
        await using var stand = await FleetStand.RaiseAsync(database);
        var node = Node(stand, venue.Address, futures, connector);
        var id = FetcherId.Of("exchange.funding", connector);

        Assert.Null((await node.RunAsync(id)).Failed);

        var known = await node.KnownAsync(id, "BTCUSDT");
        Assert.Equal([1570608000000, 1570636800000], known.Select(fact => fact.At.ToUnixTimeMilliseconds()));
        Assert.Equal(
            [new(0.0001m, MarkPrice: null), new(-0.0375m, mark is null ? null : decimal.Parse(mark, CultureInfo.InvariantCulture))],
            known.Select(fact => (FundingRate)fact.Content));
    }

    [Fact]
    public async Task Refusal_with_status_200_is_a_refusal()
    {
        await using var bybit = await DerivativesAsync(_ => """{"retCode":10001,"retMsg":"params error","result":{}}""");
        await using var stand = await FleetStand.RaiseAsync(database);
        var node = Node(stand, venue.Address, bybit, "bybit");

        Assert.Equal(FetchFault.Refused, (await node.RunAsync(FetcherId.Of("exchange.funding", "bybit"))).Failed?.Fault);
    }

    [Fact]
    public async Task Open_interest_and_mark_price_are_read_together()
    {
        await using var futures = await DerivativesAsync(path => path.EndsWith("openInterest", StringComparison.Ordinal)
            ? """{"openInterest":"10659.509","symbol":"BTCUSDT","time":1589437530011}"""
            : """
              {"symbol":"BTCUSDT","markPrice":"11793.63104562","indexPrice":"11781.80495970","estimatedSettlePrice":"11781.16138815",
              "lastFundingRate":"0.00038246","interestRate":"0.00010000","nextFundingTime":1597392000000,"time":1597370495002}
              """);
        await using var stand = await FleetStand.RaiseAsync(database);
        var node = Node(stand, venue.Address, futures, "binance-futures");
        var id = FetcherId.Of("exchange.open-interest", "binance-futures");

        var outcome = await node.RunAsync(id);

        Assert.Equal((1, 2), (outcome.Calls, outcome.Facts));
        Assert.Equal(new OpenInterest(10659.509m), Assert.Single(await node.KnownAsync(id, "BTCUSDT/openInterest")).Content);
        Assert.Equal(
            new MarkPrice(11793.63104562m, 11781.80495970m, 0.00038246m, DateTimeOffset.FromUnixTimeMilliseconds(1597392000000)),
            Assert.Single(await node.KnownAsync(id, "BTCUSDT/mark")).Content);
    }

    /// <summary>A venue that lists one perpetual, as Binance and as Bybit write it, and nothing else.</summary>
    private static Task<LoopbackVenue> DerivativesAsync(Func<string, string> answer) => LoopbackVenue.StartAsync(context =>
        context.Response.WriteAsync(context.Request.Path.Value switch
        {
            "/fapi/v1/exchangeInfo" =>
                """
                {"symbols":[{"symbol":"BTCUSDT","contractType":"PERPETUAL","status":"TRADING","baseAsset":"BTC","quoteAsset":"USDT",
                "marginAsset":"USDT","baseAssetPrecision":8,"quotePrecision":8,"filters":[]}]}
                """,
            "/v5/market/instruments-info" when context.Request.Query["category"] == "linear" =>
                """
                {"retCode":0,"retMsg":"OK","result":{"list":[{"symbol":"BTCUSDT","contractType":"LinearPerpetual","status":"Trading",
                "baseCoin":"BTC","quoteCoin":"USDT","settleCoin":"USDT","priceFilter":{"tickSize":"0.1"},
                "lotSizeFilter":{"qtyStep":"0.001","minOrderQty":"0.001"}}]}}
                """,
            "/v5/market/instruments-info" => """{"retCode":0,"retMsg":"OK","result":{"list":[]}}""",
            var path => answer(path!),
        }, Cancel));

    private static FetcherId Id(string type) => FetcherId.Of($"exchange.{type}", "paper");

    /// <param name="other">Beside the home venue; null: there is no other.</param>
    private static FleetStand.Node Node(FleetStand stand, Uri home, LoopbackVenue? other = null, string connector = "none") => stand.NewNode(
        builder =>
        {
            builder.AddMarkets();
            builder.AddFetching();
        },
        [
            ("Platform:Venue:RestUrl", home.ToString()),
            ("Platform:Venue:StreamUrl", new UriBuilder(home) { Scheme = "ws" }.Uri.ToString()),
            .. other is null ? [] : (IEnumerable<(string, string)>)[($"Platform:Venues:{connector}:RestUrl", other.Address.ToString())],
        ]);
}
