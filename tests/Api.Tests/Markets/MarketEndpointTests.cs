using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Platform.Api.Lists;
using Platform.Api.Markets;
using Platform.Tests.Support;
using Platform.Workers.Markets;

namespace Platform.Api.Tests.Markets;

/// <summary>The endpoints of the room over HTTP, on a paper venue's own process.</summary>
public sealed class MarketEndpointTests(PaperVenueProcess venue) : IClassFixture<PaperVenueProcess>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Everything_known_of_a_market_is_answered_with_decimals_as_strings()
    {
        await using var app = await StartAsync(venue.Address);
        using var client = ClientOf(app);
        await Eventually.IsTrueAsync("the feed runs", TimeSpan.FromSeconds(90), async waiting =>
            (await client.GetAsync("/v1/markets/BTC-USDT/ticker", waiting)).IsSuccessStatusCode
            && (await GetAsync(client, "/v1/markets/BTC-USDT/book")).GetProperty("state").ValueEquals("synced")
            && (await GetAsync(client, "/v1/markets/BTC-USDT/trades")).GetProperty("items").GetArrayLength() > 0, Cancel);

        var market = (await GetAsync(client, "/v1/markets")).GetProperty("items").EnumerateArray()
            .Single(item => item.GetProperty("market").ValueEquals("BTC-USDT"));
        Assert.Equal(
            ["market", "baseAsset", "quoteAsset", "tickSize", "lotSize", "minQuantity", "maxQuantity", "minNotional", "venue"],
            market.EnumerateObject().Select(member => member.Name));
        Assert.All(market.EnumerateObject(), member => Assert.Equal(JsonValueKind.String, member.Value.ValueKind));

        var ticker = await GetAsync(client, "/v1/markets/BTC-USDT/ticker");
        Assert.Equal(
            ["market", "last", "bid", "bidQuantity", "ask", "askQuantity", "open24h", "high24h", "low24h", "volume24h",
                "quoteVolume24h", "at", "change24hPercent"],
            ticker.EnumerateObject().Select(member => member.Name));
        Assert.True(Number(ticker, "bid") < Number(ticker, "ask"));

        var book = await GetAsync(client, "/v1/markets/BTC-USDT/book?limit=3");
        Assert.InRange(book.GetProperty("bids").GetArrayLength(), 1, 3);
        Assert.Equal(JsonValueKind.String, book.GetProperty("bids")[0][0].ValueKind);

        var trade = (await GetAsync(client, "/v1/markets/BTC-USDT/trades?limit=1")).GetProperty("items")[0];
        Assert.Equal(["id", "price", "quantity", "takerSide", "at"], trade.EnumerateObject().Select(member => member.Name));
        Assert.Contains(trade.GetProperty("takerSide").GetString(), (string[])["buy", "sell"]);

        foreach (var interval in (string[])["1m", "5m", "15m", "1h", "4h", "1d"])
        {
            var candles = (await GetAsync(client, $"/v1/markets/BTC-USDT/candles?interval={interval}&limit=5"))
                .GetProperty("items");
            Assert.InRange(candles.GetArrayLength(), 1, 5);
            Assert.Equal(
                ["openTime", "open", "high", "low", "close", "volume", "isFilledForward"],
                candles[0].EnumerateObject().Select(member => member.Name));
        }
    }

    [Fact]
    public async Task Route_is_estimated_over_the_live_book()
    {
        await using var app = await StartAsync(venue.Address);
        using var client = ClientOf(app);
        await Eventually.IsTrueAsync("there is a route", TimeSpan.FromSeconds(90), async waiting =>
            (await client.GetAsync("/v1/markets/BTC-USDT/route?side=sell&quantity=0.01&venues=paper", waiting)).IsSuccessStatusCode, Cancel);

        var answer = await GetAsync(client, "/v1/markets/BTC-USDT/route?side=buy&quantity=0.012345678&maxLegs=1");

        var (route, leg) = (answer.GetProperty("route"), answer.GetProperty("route").GetProperty("legs")[0]);
        Assert.Equal(0.012345678m, Number(route, "routed") + Number(route, "left"));
        Assert.Equal("paper", leg.GetProperty("venue").GetString());
        Assert.Equal("USDT", leg.GetProperty("fee").GetProperty("asset").GetString());
        Assert.Equal(Number(leg, "feeWorth"), Number(leg, "averagePrice") * Number(leg, "quantity") * 0.001m, precision: 8);
        Assert.True(Number(route, "effectivePrice") > Number(route, "averagePrice"));
        Assert.True(Number(leg, "limitPrice") >= Number(leg, "averagePrice"));
        Assert.Equal(0, Number(route, "gain"));
        Assert.True(route.GetProperty("expiresAt").GetDateTimeOffset() > route.GetProperty("oldestBookAt").GetDateTimeOffset());
    }

    [Fact]
    public async Task Market_is_told_venue_by_venue_and_its_price_explained()
    {
        await using var app = await StartAsync(venue.Address);
        using var client = ClientOf(app);
        await Eventually.IsTrueAsync("the market has a price", TimeSpan.FromSeconds(90), async waiting =>
            (await client.GetAsync("/v1/markets/BTC-USDT/price", waiting)).IsSuccessStatusCode
            && (await GetAsync(client, "/v1/markets/BTC-USDT/price")).GetProperty("price").ValueKind is JsonValueKind.String, Cancel);

        var venues = await GetAsync(client, "/v1/markets/BTC-USDT/venues");
        var price = await GetAsync(client, "/v1/markets/BTC-USDT/price?explain=true");
        var plain = await GetAsync(client, "/v1/markets/BTC-USDT/price");

        var row = Assert.Single(venues.GetProperty("venues").EnumerateArray());
        Assert.Equal(("paper", "used", true), (row.GetProperty("venue").GetString(), row.GetProperty("verdict").GetString(), row.GetProperty("isHome").GetBoolean()));
        Assert.Equal(Number(row, "ask") * 1.001m, Number(row, "effectiveAsk"));
        Assert.Equal(Number(row, "bid") * 0.999m, Number(row, "effectiveBid"));
        Assert.Equal(1, Number(row, "weight"));
        var part = Assert.Single(price.GetProperty("venues").EnumerateArray());
        Assert.Equal(Number(price, "price"), Number(part, "price"));
        Assert.Equal(("thin", 1), (price.GetProperty("quality").GetString(), price.GetProperty("methodology").GetInt32()));
        Assert.Equal(JsonValueKind.Null, plain.GetProperty("venues").ValueKind);
    }

    [Fact]
    public async Task Route_where_no_book_can_be_believed_is_refused()
    {
        await using var app = await StartAsync(venue.Address, watch: "ETH-BTC");
        using var client = ClientOf(app);
        await app.Services.GetRequiredService<MarketCatalog>().Ready.WaitAsync(TimeSpan.FromSeconds(30), Cancel);

        await AssertProblemAsync(client, "/v1/markets/BTC-USDT/route?side=buy&quantity=1", 503, "market_data_unavailable", field: null);
    }

    [Theory]
    [InlineData("XXX-YYY/ticker", 404, "unknown_market", null)]
    [InlineData("btcusdt/book", 404, "unknown_market", null)]
    [InlineData("%F0%9F%92%A9/trades", 404, "unknown_market", null)]
    [InlineData("BTC-USDT/book?limit=0", 400, "invalid_limit", "limit")]
    [InlineData("BTC-USDT/book?limit=1001", 400, "invalid_limit", "limit")]
    [InlineData("BTC-USDT/trades?limit=-1", 400, "invalid_limit", "limit")]
    [InlineData("BTC-USDT/trades?limit=ten", 400, "invalid_limit", "limit")]
    [InlineData("BTC-USDT/candles?limit=99999999999999", 400, "invalid_limit", "limit")]
    [InlineData("BTC-USDT/candles?interval=3m", 400, "invalid_interval", "interval")]
    [InlineData("XXX-YYY/route?side=buy&quantity=1", 404, "unknown_market", null)]
    [InlineData("BTC-USDT/route?quantity=1", 400, "invalid_side", "side")]
    [InlineData("BTC-USDT/route?side=hold&quantity=1", 400, "invalid_side", "side")]
    [InlineData("BTC-USDT/route?side=buy", 400, "invalid_quantity", "quantity")]
    [InlineData("BTC-USDT/route?side=buy&quantity=0", 400, "invalid_quantity", "quantity")]
    [InlineData("BTC-USDT/route?side=buy&quantity=1e3", 400, "invalid_quantity", "quantity")]
    [InlineData("BTC-USDT/route?side=buy&quantity=1&venues=,", 400, "invalid_venues", "venues")]
    [InlineData("BTC-USDT/route?side=buy&quantity=1&maxLegs=11", 400, "invalid_max_legs", "maxLegs")]
    [InlineData("BTC-USDT/route?side=buy&quantity=1&venues=nowhere", 422, "no_route", null)]
    [InlineData("XXX-YYY/venues", 404, "unknown_market", null)]
    [InlineData("XXX-YYY/price", 404, "unknown_market", null)]
    [InlineData("BTC-USDT/price?explain=yes", 400, "invalid_explain", "explain")]
    public async Task Bad_request_is_answered_with_a_problem(string target, int status, string code, string? field)
    {
        await using var app = await StartAsync(venue.Address);
        using var client = ClientOf(app);
        await app.Services.GetRequiredService<MarketCatalog>().Ready.WaitAsync(TimeSpan.FromSeconds(30), Cancel);

        await AssertProblemAsync(client, $"/v1/markets/{target}", status, code, field);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/BTC-USDT/ticker")]
    [InlineData("/BTC-USDT/candles")]
    public async Task Venue_never_reached_is_said_so(string target)
    {
        await using var app = await StartAsync(new($"http://127.0.0.1:{FreePort.Next()}"));
        using var client = ClientOf(app);

        await AssertProblemAsync(client, $"/v1/markets{target}", 503, "venue_unavailable", field: null);
    }

    private static async Task AssertProblemAsync(HttpClient client, string target, int status, string code, string? field)
    {
        using var response = await client.GetAsync(target, Cancel);

        Assert.Equal((HttpStatusCode)status, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>(Cancel);
        Assert.Equal(code, problem.GetProperty("code").GetString());
        Assert.Equal($"/problems/{code}", problem.GetProperty("type").GetString());
        Assert.Equal(field, problem.TryGetProperty("field", out var named) ? named.GetString() : null);
    }

    private static async Task<WebApplication> StartAsync(Uri venue, string? watch = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Platform:Venue:RestUrl"] = venue.ToString(),
            ["Platform:Venue:MakerRate"] = "0.001",
            ["Platform:Venue:TakerRate"] = "0.001",
            ["Platform:Venue:Watch:0"] = watch ?? "BTC-USDT",
            ["Platform:Venue:StreamUrl"] = new UriBuilder(venue) { Scheme = "ws" }.Uri.ToString(),
        });
        builder.Services.ConfigureHttpJsonOptions(options => options.SerializerOptions.UsePlatform());
        builder.Services.AddPlatformProblems();
        builder.Services.AddLists(Path.Combine(AppContext.BaseDirectory, "keys"));
        builder.AddMarkets();
        var app = builder.Build();
        app.MapMarkets();
        await app.StartAsync(Cancel);
        return app;
    }

    private static HttpClient ClientOf(WebApplication app) => new() { BaseAddress = new(app.Urls.Single()) };

    private static Task<JsonElement> GetAsync(HttpClient client, string target) =>
        client.GetFromJsonAsync<JsonElement>(target, Cancel);

    private static decimal Number(JsonElement element, string name) =>
        decimal.Parse(element.GetProperty(name).GetString()!, CultureInfo.InvariantCulture);
}
