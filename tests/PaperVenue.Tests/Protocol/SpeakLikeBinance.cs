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
        Dictionary<string, string> market = new()
        {
            ["symbol"] = "BTCUSDT", ["side"] = "BUY", ["type"] = "MARKET", ["quantity"] = "0.001",
        };
        Same(placed, (await client.PlaceAsync(market)).Body, "new order");
        await client.PlaceAsync(VenueClient.Limit("BUY", "0.001", "30000", "shape"));
        Dictionary<string, string> symbol = new() { ["symbol"] = "BTCUSDT" };
        Dictionary<string, string> named = new() { ["symbol"] = "BTCUSDT", ["origClientOrderId"] = "shape" };

        await SameAsync("order_response", HttpMethod.Get, "order", named);
        await SameAsync("open_orders_response", HttpMethod.Get, "openOrders", symbol);
        await SameAsync("all_orders_response", HttpMethod.Get, "allOrders", symbol);
        await SameAsync("account_trades_response", HttpMethod.Get, "myTrades", symbol);
        await SameAsync("account_response", HttpMethod.Get, "account", []);
        await SameAsync("cancel_order_response", HttpMethod.Delete, "order", named);
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

    private async Task SameAsync(
        string sample, HttpMethod method, string path, Dictionary<string, string> parameters)
    {
        var answer = await client.SignedAsync(method, path, parameters);
        Same(Sample($"http_json/{sample}"), answer.Body, sample);
    }

    private static JsonElement Sample(string name)
    {
        var path = MarketData.File($"nautilus/venue-payloads/binance/spot/{name}.json");
        using var file = JsonDocument.Parse(File.ReadAllText(path));
        return file.RootElement.Clone();
    }

    private static void Same(JsonElement sample, JsonElement answer, string where)
    {
        Assert.Equal((where, Kind(sample)), (where, Kind(answer)));
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
