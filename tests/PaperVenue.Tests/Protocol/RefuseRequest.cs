using System.Net.Http.Headers;
using System.Text;

namespace Platform.PaperVenue.Tests.Protocol;

public sealed class RefuseRequest(SharedVenue shared) : IClassFixture<SharedVenue>
{
    private readonly RunningVenue venue = shared.Venue;

    public static TheoryData<string, string?, int, int> BadOrders => new()
    {
        { "symbol", null, 400, -1102 },
        { "symbol", "XXXYYY", 400, -1121 },
        { "symbol", "", 400, -1105 },
        { "side", "HOLD", 400, -1117 },
        { "type", "GUESS", 400, -1116 },
        { "type", "STOP_LOSS", 400, -2010 },
        { "timeInForce", "SOON", 400, -1115 },
        { "timeInForce", null, 400, -1102 },
        { "quantity", null, 400, -1102 },
        { "quantity", "-1", 400, -1100 },
        { "quantity", "NaN", 400, -1100 },
        { "quantity", "1e-5", 400, -1100 },
        { "quantity", "0.12345678901234567890123456789012345", 400, -1100 },
        { "quantity", "0.123456789", 400, -1111 },
        { "quantity", "0.000001", 400, -1013 },
        { "quantity", "99999999999999999999", 400, -1013 },
        { "price", "30000.001", 400, -1013 },
        { "price", null, 400, -1102 },
        { "quoteOrderQty", "100", 400, -1106 },
        { "stopPrice", "100", 400, -1106 },
        { "newClientOrderId", "a b", 400, -1100 },
        { "newClientOrderId", "1234567890123456789012345678901234567", 400, -1100 },
        { "newOrderRespType", "LOUD", 400, -1130 },
        { "selfTradePreventionMode", "MAYBE", 400, -1130 },
        { "quantity", "9", 400, -2010 },
    };

    [Theory]
    [MemberData(nameof(BadOrders))]
    public async Task Bad_order_gets_the_venues_own_code(string parameter, string? value, int status, int code)
    {
        var order = VenueClient.Limit("BUY", "0.001", "30000");
        order.Remove(parameter);
        if (value is not null)
            order[parameter] = value;

        var answer = await venue.Client.PlaceAsync(order);

        Assert.Equal((status, code), (answer.Status, answer.Code));
    }

    [Theory]
    [InlineData(-6_000, 5_000, -1021)]
    [InlineData(1_900, 5_000, -1021)]
    [InlineData(-6_000, 60_000, 0)]
    [InlineData(0, 60_001, -1131)]
    public async Task Timestamp_must_be_within_the_window(int offset, int window, int code)
    {
        var answer = await venue.Client.SignedAsync(
            HttpMethod.Get, "account", [], VenueClient.Now + offset, window);

        Assert.Equal(code, answer.Status == 200 ? 0 : answer.Code);
    }

    [Fact]
    public async Task Wrong_signature_and_wrong_key_are_refused()
    {
        var query = $"timestamp={VenueClient.Now}";
        var client = venue.Client;
        var path = $"/api/v3/account?{query}";
        var forged = new HttpRequestMessage(HttpMethod.Get, $"{path}&signature={new string('0', 64)}");
        var keyless = new HttpRequestMessage(HttpMethod.Get, $"{path}&signature={client.Sign(query)}");
        var stranger = new HttpRequestMessage(HttpMethod.Get, $"{path}&signature={client.Sign(query)}");
        stranger.Headers.Add("X-MBX-APIKEY", new string('x', 64));
        var unsigned = new HttpRequestMessage(HttpMethod.Get, path);

        Assert.Equal(-1022, (await client.SendAsync(client.WithKey(forged))).Code);
        Assert.Equal(-2014, (await client.SendAsync(keyless)).Code);
        var answer = await client.SendAsync(stranger);
        Assert.Equal((401, -2015), (answer.Status, answer.Code));
        Assert.Equal(-1102, (await client.SendAsync(client.WithKey(unsigned))).Code);
    }

    [Fact]
    public async Task Parameters_may_come_in_the_body_or_half_in_each()
    {
        var body = $"side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.001&price=30000&timestamp={VenueClient.Now}";
        const string query = "symbol=BTCUSDT";
        var client = venue.Client;
        using var content = new StringContent($"{body}&signature={client.Sign(query + body)}", Encoding.UTF8);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-www-form-urlencoded");
        var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v3/order?{query}") { Content = content };

        Assert.Equal(200, (await client.SendAsync(client.WithKey(request))).Status);
    }

    [Theory]
    [InlineData("depth", -1102)]
    [InlineData("depth?symbol=BTCUSDT&symbol=ETHUSDT", -1101)]
    [InlineData("depth?symbol=NOPE", -1121)]
    [InlineData("depth?symbol=BTCUSDT&limit=0", -1130)]
    [InlineData("klines?symbol=BTCUSDT&interval=7m", -1120)]
    [InlineData("klines?symbol=BTCUSDT&interval=1m&startTime=yesterday", -1100)]
    [InlineData("ticker/price?symbols=[BTCUSDT]", -1100)]
    [InlineData("nothing/here", -1020)]
    public async Task Bad_question_gets_the_venues_own_code(string path, int code) =>
        Assert.Equal(code, (await venue.Client.GetAsync(path)).Code);

    [Fact]
    public async Task Unknown_order_does_not_exist() =>
        Assert.Equal(-2013, (await venue.Client.SignedAsync(
            HttpMethod.Get, "order", new() { ["symbol"] = "BTCUSDT", ["orderId"] = "1" })).Code);
}
