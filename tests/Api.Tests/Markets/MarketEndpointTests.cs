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
using Platform.Domain.Markets;
using Platform.Domain.Values;
using Platform.Projections;
using Platform.Projections.Markets;
using Platform.Tests.Support;
using Platform.Workers.Markets;
using Platform.Workers.Markets.Aggregation;
using Platform.Workers.Markets.History;

namespace Platform.Api.Tests.Markets;

/// <summary>The endpoints of the room over HTTP, on a paper venue's own process.</summary>
public sealed class MarketEndpointTests(PaperVenueProcess venue, MarketDatabase database)
    : IClassFixture<PaperVenueProcess>, IClassFixture<MarketDatabase>
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

        foreach (var timeframe in (string[])["1m", "5m", "90m", "4h", "1d", "1w", "1M"])
        {
            var bars = (await GetAsync(client, $"/v1/markets/BTC-USDT/bars?timeframe={timeframe}&limit=5")).GetProperty("items");
            Assert.Equal(5, bars.GetArrayLength());
            Assert.Equal("partial", bars[4].GetProperty("state").GetString());
            Assert.Equal(
                ["start", "open", "high", "low", "close", "volume", "quoteVolume", "trades", "state", "isFilled", "revision"],
                bars[0].EnumerateObject().Select(member => member.Name));
        }
    }

    [Fact]
    public async Task Hole_before_the_newest_stored_minute_is_asked_for_by_who_looks_first()
    {
        await using var app = await StartAsync(venue.Address, watch: "ETH-USDT");
        using var client = ClientOf(app);
        await app.Services.GetRequiredService<MarketCatalog>().Ready.WaitAsync(TimeSpan.FromSeconds(60), Cancel);
        var id = await app.Services.GetRequiredService<Instruments>().IdAsync(VenueId.From("paper"), MarketKey.From("ETH-USDT"), Cancel);
        var now = BarLevel.Minute.StartOf(TimeProvider.System.GetUtcNow());
        await app.Services.GetRequiredService<BarRows>().WriteAsync(
            [
                .. ((int[])[-700, -3]).Select(minutes => new BarRow(
                    id, BarLevel.Minute,
                    new(
                        now.AddMinutes(minutes), new(Price.From(3000), Price.From(3000), Price.From(3000), Price.From(3000)),
                        Quantity.From(1), QuoteVolume: null, Trades: 1, BarState.Traded),
                    BarOrigin.Fetched)),
            ],
            Cancel);

        var shown = (await GetAsync(client, "/v1/markets/ETH-USDT/bars?timeframe=1m&limit=600")).GetProperty("items").EnumerateArray().ToList();

        Assert.Equal(600, shown.Count);
        Assert.DoesNotContain(shown, bar => bar.GetProperty("state").ValueEquals("missing"));
    }

    [Fact]
    public async Task Pages_of_bars_follow_each_other_and_what_is_filled_says_so()
    {
        await using var app = await StartAsync(venue.Address);
        using var client = ClientOf(app);
        var bars = app.Services.GetRequiredService<BarRows>();
        var id = await app.Services.GetRequiredService<Instruments>().IdAsync(VenueId.From("kraken"), MarketKey.From("ETH-EUR"), Cancel);
        var start = new DateTimeOffset(2024, 2, 29, 0, 0, 0, TimeSpan.Zero);
        await bars.WriteAsync(
            [
                .. ((int[])[0, 1, 2, 5, 6]).Select(minute => new BarRow(
                    id, BarLevel.Minute,
                    new(
                        start.AddMinutes(minute), new(Price.From(10 + minute), Price.From(20), Price.From(5), Price.From(11 + minute)),
                        Quantity.From(1.5m), QuoteVolume: null, Trades: 3, BarState.Traded),
                    BarOrigin.Imported)),
            ],
            Cancel);

        const string Asked = "/v1/markets/ETH-EUR/bars?venue=kraken&from=2024-02-29T00:00:00Z&to=2024-02-29T00:07:00Z&limit=4";
        var first = await GetAsync(client, Asked);
        var second = await GetAsync(client, $"{Asked}&fill=prev&cursor={first.GetProperty("next").GetString()}");
        var rolled = (await GetAsync(client, "/v1/markets/ETH-EUR/bars?venue=kraken&timeframe=1M&from=2024-02-01&to=2024-03-01")).GetProperty("items");
        var coverage = (await GetAsync(client, "/v1/markets/ETH-EUR/coverage?venue=kraken&from=2024-02-28&to=2024-03-01")).GetProperty("items");

        Assert.Equal(["traded", "traded", "traded", "missing"], first.GetProperty("items").EnumerateArray().Select(bar => bar.GetProperty("state").GetString()));
        Assert.Equal(JsonValueKind.Null, first.GetProperty("items")[3].GetProperty("volume").ValueKind);
        Assert.Equal([(true, "13"), (false, "16"), (false, "17")], second.GetProperty("items").EnumerateArray().Select(
            bar => (bar.GetProperty("isFilled").GetBoolean(), bar.GetProperty("close").GetString())));
        Assert.Equal(JsonValueKind.Null, second.GetProperty("next").ValueKind);
        var month = Assert.Single(rolled.EnumerateArray());
        Assert.Equal(
            ("2024-02-01T00:00:00+00:00", "10", "17", "7.5", 15, "partial"),
            (month.GetProperty("start").GetString(), month.GetProperty("open").GetString(), month.GetProperty("close").GetString(),
                month.GetProperty("volume").GetString(), month.GetProperty("trades").GetInt32(), month.GetProperty("state").GetString()));
        Assert.Equal(["0", "0.35"], coverage.EnumerateArray().Select(day => day.GetProperty("percent").GetString()));
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

        // No more is bought than the account pays, and what the venue costs at all is in the total.
        var means = (await GetAsync(client, "/v1/markets/BTC-USDT/route?side=buy&quantity=1&balances=paper:500&fixedCosts=paper:2.5")).GetProperty("route");
        Assert.InRange(Number(means, "total"), 450, 502.5m);
        Assert.Equal(2.5m, Number(means.GetProperty("legs")[0], "fixedCost"));
        Assert.True(Number(means, "left") > 0);

        using var nothing = await client.GetAsync("/v1/markets/BTC-USDT/route?side=buy&quantity=0.00001", Cancel);
        var problem = await nothing.Content.ReadFromJsonAsync<JsonElement>(Cancel);
        Assert.Equal("No venue takes any of it: paper takes no part that small.", problem.GetProperty("detail").GetString());
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

        await app.Services.GetRequiredService<IndexSamples>().WriteAsync([app.Services.GetRequiredService<Aggregator>().Sample(MarketKey.From("BTC-USDT"))], Cancel);
        var then = await GetAsync(client, $"/v1/markets/BTC-USDT/price?explain=true&at={TimeProvider.System.GetUtcNow():yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'}");
        Assert.True(then.GetProperty("isReproduced").GetBoolean());
        Assert.Equal(Number(then, "price"), Number(Assert.Single(then.GetProperty("venues").EnumerateArray()), "price"));
    }

    [Fact]
    public async Task Route_where_no_book_can_be_believed_is_refused()
    {
        await using var app = await StartAsync(venue.Address, watch: "ETH-BTC");
        using var client = ClientOf(app);
        await app.Services.GetRequiredService<MarketCatalog>().Ready.WaitAsync(TimeSpan.FromSeconds(60), Cancel);

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
    [InlineData("BTC-USDT/bars?limit=99999999999999", 400, "invalid_limit", "limit")]
    [InlineData("BTC-USDT/bars?timeframe=2M", 400, "invalid_timeframe", "timeframe")]
    [InlineData("BTC-USDT/bars?fill=guess", 400, "invalid_fill", "fill")]
    [InlineData("BTC-USDT/bars?fill=1", 400, "invalid_fill", "fill")]
    [InlineData("BTC-USDT/bars?from=yesterday", 400, "invalid_time", "from")]
    [InlineData("BTC-USDT/bars?from=2024-01-01T00:00:00", 400, "invalid_time", "from")]
    [InlineData("BTC-USDT/bars?from=2024-01-02&to=2024-01-01", 400, "invalid_time", "from")]
    [InlineData("BTC-USDT/bars?venue=..%2Fx", 400, "invalid_venue", "venue")]
    [InlineData("BTC-USDT/bars?cursor=next", 400, "invalid_cursor", "cursor")]
    [InlineData("XXX-YYY/bars", 404, "unknown_market", null)]
    [InlineData("BTC-USDT/bars?venue=nowhere", 404, "unknown_market", null)]
    [InlineData("XXX-YYY/coverage", 404, "unknown_market", null)]
    [InlineData("BTC-USDT/coverage?from=2020-01-01&to=2024-01-01", 400, "invalid_time", "from")]
    [InlineData("XXX-YYY/route?side=buy&quantity=1", 404, "unknown_market", null)]
    [InlineData("BTC-USDT/route?quantity=1", 400, "invalid_side", "side")]
    [InlineData("BTC-USDT/route?side=hold&quantity=1", 400, "invalid_side", "side")]
    [InlineData("BTC-USDT/route?side=buy", 400, "invalid_quantity", "quantity")]
    [InlineData("BTC-USDT/route?side=buy&quantity=0", 400, "invalid_quantity", "quantity")]
    [InlineData("BTC-USDT/route?side=buy&quantity=1e3", 400, "invalid_quantity", "quantity")]
    [InlineData("BTC-USDT/route?side=buy&quantity=1&venues=,", 400, "invalid_venues", "venues")]
    [InlineData("BTC-USDT/route?side=buy&quantity=1&maxLegs=11", 400, "invalid_max_legs", "maxLegs")]
    [InlineData("BTC-USDT/route?side=buy&quantity=1&balances=paper", 400, "invalid_balances", "balances")]
    [InlineData("BTC-USDT/route?side=buy&quantity=1&balances=paper:-1", 400, "invalid_balances", "balances")]
    [InlineData("BTC-USDT/route?side=buy&quantity=1&balances=paper:1,paper:2", 400, "invalid_balances", "balances")]
    [InlineData("BTC-USDT/route?side=buy&quantity=1&balances=paper:9999999999999999", 400, "invalid_balances", "balances")]
    [InlineData("BTC-USDT/route?side=buy&quantity=1&fixedCosts=paper:a", 400, "invalid_fixed_costs", "fixedCosts")]
    [InlineData("BTC-USDT/route?side=buy&quantity=1&fixedCosts=", 400, "invalid_fixed_costs", "fixedCosts")]
    [InlineData("BTC-USDT/route?side=buy&quantity=1&venues=nowhere", 422, "no_route", null)]
    [InlineData("BTC-USDT/route?side=buy&quantity=1&balances=nowhere:5", 422, "no_route", null)]
    [InlineData("BTC-USDT/bars?to=noon", 400, "invalid_time", "to")]
    [InlineData("XXX-YYY/venues", 404, "unknown_market", null)]
    [InlineData("XXX-YYY/price", 404, "unknown_market", null)]
    [InlineData("BTC-USDT/price?explain=yes", 400, "invalid_explain", "explain")]
    [InlineData("BTC-USDT/price?at=2999-01-01T00:00:00Z", 400, "invalid_at", "at")]
    [InlineData("BTC-USDT/price?at=2020-01-01T00:00:00Z", 404, "nothing_stored", null)]
    public async Task Bad_request_is_answered_with_a_problem(string target, int status, string code, string? field)
    {
        await using var app = await StartAsync(venue.Address);
        using var client = ClientOf(app);
        await app.Services.GetRequiredService<MarketCatalog>().Ready.WaitAsync(TimeSpan.FromSeconds(60), Cancel);

        await AssertProblemAsync(client, $"/v1/markets/{target}", status, code, field);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/BTC-USDT/ticker")]
    [InlineData("/LTC-USDT/bars")]
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

    private async Task<WebApplication> StartAsync(Uri venue, string? watch = null)
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
            // What the tests store is years old.
            ["Platform:Retention:Minutes"] = "36500.00:00:00",
            ["Platform:Retention:FiveMinutes"] = "36500.00:00:00",
            ["Platform:Retention:Hours"] = "36500.00:00:00",
        });
        builder.Services.ConfigureHttpJsonOptions(options => options.SerializerOptions.UsePlatform());
        builder.Services.AddPlatformProblems();
        builder.Services.AddLists(Path.Combine(AppContext.BaseDirectory, "keys"));
        builder.Services.AddPlatformStore(database.Connection);
        builder.AddMarkets();
        builder.AddMarketHistory();
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
