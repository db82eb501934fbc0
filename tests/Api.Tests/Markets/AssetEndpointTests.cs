using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using Platform.Domain.Markets;
using Platform.Domain.Values;
using Platform.Projections;
using Platform.Projections.Markets;
using Platform.Tests.Support;

namespace Platform.Api.Tests.Markets;

/// <summary>What assets are worth, asked of the whole platform.</summary>
public sealed class AssetEndpointTests(PlatformHost platform)
{
    private static readonly DateTimeOffset Then = new(2019, 5, 1, 10, 0, 0, TimeSpan.Zero);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Heatmap_has_five_sizes_and_five_colours_of_each_asset()
    {
        await HeatmapIsThereAsync();

        var heatmap = await GetAsync("/v1/heatmap?top=2");

        Assert.Equal("USDT", heatmap.GetProperty("reference").GetString());
        Assert.Equal("volume", heatmap.GetProperty("dominanceBasis").GetString());
        Assert.Equal([1, 2], heatmap.GetProperty("tiles").EnumerateArray().Select(tile => tile.GetProperty("rank").GetInt32()));
        Assert.True(heatmap.GetProperty("rest").GetProperty("assets").GetInt32() > 0);
        var btc = (await GetAsync("/v1/heatmap")).GetProperty("tiles").EnumerateArray().Single(tile => tile.GetProperty("asset").ValueEquals("BTC"));
        Assert.Equal(
            ["asset", "rank", "price", "volume24h", "dominance", "marketCap", "depth", "changes", "quality", "quotes", "at"],
            btc.EnumerateObject().Select(member => member.Name));
        Assert.Equal(["now", "hour", "day", "week", "month"], btc.GetProperty("changes").EnumerateObject().Select(member => member.Name));
        Assert.True(Number(btc, "depth") > 0 && Number(btc, "price") > 0);
        // Nothing was stored of the day before: it has been asked for.
        Assert.Equal(JsonValueKind.Number, btc.GetProperty("changes").GetProperty("day").ValueKind);
        Assert.Equal(JsonValueKind.Null, btc.GetProperty("marketCap").ValueKind);
        Assert.Contains(heatmap.GetProperty("rates").EnumerateArray(), rate => rate.GetProperty("market").ValueEquals("BTC-USDT"));
    }

    [Fact]
    public async Task Change_of_a_day_is_against_the_same_minute_for_heatmap_and_ticker()
    {
        await HeatmapIsThereAsync();

        var (before, ticker) = (await GetAsync("/v1/heatmap"), await GetAsync("/v1/markets/BTC-USDT/ticker"));

        var btc = before.GetProperty("tiles").EnumerateArray().Single(tile => tile.GetProperty("asset").ValueEquals("BTC"));
        var yesterday = before.GetProperty("at").GetDateTimeOffset().AddDays(-1);
        // The minute in which the day began, and its neighbours: both look when they look.
        var minutes = (await GetAsync(
                $"/v1/markets/BTC-USDT/bars?timeframe=1m&from={yesterday.AddMinutes(-3).UtcDateTime:s}Z&to={yesterday.AddMinutes(2).UtcDateTime:s}Z"))
            .GetProperty("items").EnumerateArray().Where(bar => bar.GetProperty("state").ValueEquals("traded")).ToArray();
        var (low, high) = (minutes.Min(bar => Number(bar, "low")), minutes.Max(bar => Number(bar, "high")));
        Assert.InRange(Number(ticker, "open24h"), low, high);
        var change = 1 + (btc.GetProperty("changes").GetProperty("day").GetInt32() / 10_000m);
        Assert.InRange(Number(btc, "price") / change, low * 0.9999m, high * 1.0001m);
    }

    [Fact]
    public async Task Heatmap_of_a_past_hour_is_made_of_stored_bars_and_known_by_its_tag()
    {
        await StoreAsync("BTC-USDT", BarLevel.Hour, Then.AddHours(-1), close: 110, volume: 3);
        await StoreAsync("BTC-USDT", BarLevel.Hour, Then.AddHours(-25), close: 100, volume: 9);
        await StoreAsync("BTC-USDT", BarLevel.Day, new(Then.Date.AddDays(-8), TimeSpan.Zero), close: 55, volume: 1);
        await StoreAsync("BTC-USDT:PERPETUAL", BarLevel.Hour, Then.AddHours(-1), close: 1_000, volume: 1_000);

        using var first = await platform.Anyone.GetAsync("/v1/heatmap?at=2019-05-01T10:59:59Z", Cancel);
        var heatmap = await first.Content.ReadFromJsonAsync<JsonElement>(Cancel);

        var tile = Assert.Single(heatmap.GetProperty("tiles").EnumerateArray());
        Assert.Equal(Then, heatmap.GetProperty("at").GetDateTimeOffset());
        Assert.Equal((110m, 330m), (Number(tile, "price"), Number(tile, "volume24h")));
        var changes = tile.GetProperty("changes");
        Assert.Equal((1000, 10_000), (changes.GetProperty("day").GetInt32(), changes.GetProperty("week").GetInt32()));
        Assert.Equal(JsonValueKind.Null, changes.GetProperty("hour").ValueKind);

        using var again = new HttpRequestMessage(HttpMethod.Get, "/v1/heatmap?at=2019-05-01T10:59:59Z") { Headers = { IfNoneMatch = { first.Headers.ETag! } } };
        using var unchanged = await platform.Anyone.SendAsync(again, Cancel);
        Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);
    }

    [Fact]
    public async Task Assets_are_a_list_with_what_is_known_of_each()
    {
        await HeatmapIsThereAsync();

        var ranked = (await GetAsync("/v1/assets?filter.rank=lt:3&sort=rank")).GetProperty("items").EnumerateArray().ToArray();
        var detail = await GetAsync("/v1/assets/ETH");

        Assert.Equal([1, 2], ranked.Select(asset => asset.GetProperty("rank").GetInt32()));
        Assert.Equal("ETH", detail.GetProperty("asset").GetProperty("asset").GetString());
        Assert.Contains(detail.GetProperty("markets").EnumerateArray(), market => market.ValueEquals("ETH-BTC"));
        Assert.Equal(JsonValueKind.Null, detail.GetProperty("supply").ValueKind);
        // The reference itself is traded, and has no price in itself.
        Assert.Equal(JsonValueKind.Null, (await GetAsync("/v1/assets/USDT")).GetProperty("tile").ValueKind);
    }

    [Theory]
    [InlineData("heatmap?top=0", 400, "invalid_top")]
    [InlineData("heatmap?top=1001", 400, "invalid_top")]
    [InlineData("heatmap?at=yesterday", 400, "invalid_at")]
    [InlineData("heatmap?at=2999-01-01T00:00:00Z", 400, "invalid_at")]
    [InlineData("heatmap?at=1999-01-01T00:00:00Z", 404, "nothing_stored")]
    [InlineData("assets/XXX", 404, "unknown_asset")]
    [InlineData("assets/btc", 404, "unknown_asset")]
    [InlineData("assets/BTC?at=2026-01-31T12:00:00Z", 400, "unknown_parameter")]
    [InlineData("assets/BTC?asset=ETH", 400, "unknown_parameter")]
    [InlineData("heatmap?size=price", 400, "unknown_parameter")]
    [InlineData("markets/BTC-USDT/book?depth=3", 400, "unknown_parameter")]
    public async Task Bad_question_is_answered_with_a_problem(string target, int status, string code)
    {
        using var response = await platform.Anyone.GetAsync($"/v1/{target}", Cancel);

        Assert.Equal((HttpStatusCode)status, response.StatusCode);
        Assert.Equal(code, (await response.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("code").GetString());
    }

    private Task HeatmapIsThereAsync() => Eventually.IsTrueAsync("the heatmap is there", TimeSpan.FromSeconds(60), async waiting =>
    {
        using var answer = await platform.Anyone.GetAsync("/v1/heatmap", waiting);
        return answer.IsSuccessStatusCode
            && (await answer.Content.ReadFromJsonAsync<JsonElement>(waiting)).GetProperty("tiles").EnumerateArray().Count(tile =>
                tile.GetProperty("depth").ValueKind is JsonValueKind.String && tile.GetProperty("changes").GetProperty("day").ValueKind is JsonValueKind.Number) >= 3;
    }, Cancel);

    private async Task StoreAsync(string market, BarLevel level, DateTimeOffset start, decimal close, decimal volume)
    {
        var database = platform.Services.GetRequiredService<IDocumentStore>().Storage.Database.Connections;
        var instrument = await new Instruments(database).IdAsync(VenueId.From("archive"), MarketKey.From(market), Cancel);
        var price = Price.From(close);
        Bar bar = new(start, new(price, price, price, price), Quantity.From(volume), null, null, BarState.Traded);
        await new BarRows(database, new(database)).WriteAsync([new(instrument, level, bar, BarOrigin.Fetched)], Cancel);
    }

    private Task<JsonElement> GetAsync(string target) => platform.Anyone.GetFromJsonAsync<JsonElement>(target, Cancel);

    private static decimal Number(JsonElement element, string name) =>
        decimal.Parse(element.GetProperty(name).GetString()!, CultureInfo.InvariantCulture);
}
