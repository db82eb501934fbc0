using System.Text.Json;

namespace Platform.PaperVenue.Tests.Protocol;

/// <summary>
/// Compares the members and types of answers with samples of the real venue, which lie beside the checkout and are not
/// copied into it.
/// </summary>
public sealed class SpeakLikeBinance(SharedVenue shared) : IClassFixture<SharedVenue>
{
    // What the samples of their time have and the paper venue leaves out, or fills with another type at times.
    private static readonly string[] Exempt =
        ["sors", "permissions", "filters", "exchangeFilters", "rateLimits", "allowedSelfTradePreventionModes"];

    private readonly VenueClient client = shared.Venue.Client;

    [Theory]
    [InlineData("server_time_response", "time")]
    [InlineData("ping_response", "ping")]
    [InlineData("exchange_info_response", "exchangeInfo")]
    [InlineData("depth_response", "depth?symbol=BTCUSDT")]
    [InlineData("klines_response", "klines?symbol=BTCUSDT&interval=1h")]
    [InlineData("ticker_24hr_response", "ticker/24hr?symbol=BTCUSDT")]
    [InlineData("ticker_price_response", "ticker/price?symbol=BTCUSDT")]
    [InlineData("book_ticker_response", "ticker/bookTicker?symbol=BTCUSDT")]
    [InlineData("avg_price_response", "avgPrice?symbol=BTCUSDT")]
    public async Task Public_answer_has_the_shape_of_the_sample(string sample, string path) =>
        Same(Sample($"http_json/{sample}"), (await client.GetAsync(path)).Body, sample);

    [Fact]
    public async Task Private_answers_have_the_shape_of_the_samples()
    {
        var placed = Sample("http_json/new_order_full_response");
        var order = Sample("http_json/order_response");
        Dictionary<string, string> market = new()
        {
            ["symbol"] = "BTCUSDT", ["side"] = "BUY", ["type"] = "MARKET", ["quantity"] = "0.001",
        };
        Same(placed, (await client.PlaceAsync(market)).Body, "new order");
        await client.PlaceAsync(VenueClient.Limit("BUY", "0.001", "30000", "shape"));
        Dictionary<string, string> symbol = new() { ["symbol"] = "BTCUSDT" };
        Dictionary<string, string> named = new() { ["symbol"] = "BTCUSDT", ["origClientOrderId"] = "shape" };

        Same(order, (await client.SignedAsync(HttpMethod.Get, "order", named)).Body, "order");
        Same(Sample("http_json/open_orders_response"), (await client.SignedAsync(HttpMethod.Get, "openOrders", symbol)).Body, "open");
        Same(Sample("http_json/all_orders_response"), (await client.SignedAsync(HttpMethod.Get, "allOrders", symbol)).Body, "all");
        Same(Sample("http_json/account_trades_response"), (await client.SignedAsync(HttpMethod.Get, "myTrades", symbol)).Body, "trades");
        Same(Sample("http_json/account_response"), (await client.SignedAsync(HttpMethod.Get, "account", [])).Body, "account");
        Same(Sample("http_json/cancel_order_response"), (await client.SignedAsync(HttpMethod.Delete, "order", named)).Body, "cancel");
    }

    [Fact]
    public void Execution_report_has_the_shape_of_the_sample()
    {
        var instrument = PaperVenue.Matching.Instrument.Listed[0];
        var order = new PaperVenue.Matching.Order(
            1, 1, instrument, "x", default, default, default, 1, 0, 1, default, default, 0, 0, 0, 1, 1);
        var report = new PaperVenue.Protocol.ExecutionReport(order, "NEW", 1, null, null, null);
        var written = Streams.StreamHub.Written(json => PaperVenue.Protocol.UserEventJson.Write(json, report, 1));

        using var document = JsonDocument.Parse(written);
        Same(Sample("user_data_json/execution_report_wrapped").GetProperty("event"), document.RootElement, "report");
    }

    private static JsonElement Sample(string name)
    {
        var path = MarketData.File($"nautilus/venue-payloads/binance/spot/{name}.json");
        using var file = JsonDocument.Parse(File.ReadAllText(path));
        return file.RootElement.Clone();
    }

    private static void Same(JsonElement sample, JsonElement answer, string where)
    {
        Assert.True(Kind(sample).Equals(Kind(answer), StringComparison.Ordinal), $"{where}: {Kind(sample)} expected, {Kind(answer)} found");
        if (sample.ValueKind == JsonValueKind.Array && sample.GetArrayLength() > 0 && answer.GetArrayLength() > 0)
            Same(sample[0], answer[0], where + "[]");
        if (sample.ValueKind != JsonValueKind.Object)
            return;

        foreach (var member in sample.EnumerateObject().Where(member => !Exempt.Contains(member.Name)))
        {
            Assert.True(answer.TryGetProperty(member.Name, out var own), $"{where}.{member.Name} is missing");
            Same(member.Value, own, $"{where}.{member.Name}");
        }
    }

    private static string Kind(JsonElement value) =>
        value.ValueKind is JsonValueKind.True or JsonValueKind.False ? "Boolean" : value.ValueKind.ToString();
}
