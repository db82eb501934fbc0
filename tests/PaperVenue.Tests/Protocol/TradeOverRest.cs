using System.Globalization;
using System.Text.Json;

namespace Platform.PaperVenue.Tests.Protocol;

public sealed class TradeOverRest
{
    [Fact]
    public async Task Resting_order_is_found_by_either_id_listed_open_and_canceled()
    {
        await using var venue = await RunningVenue.StartAsync();
        var client = venue.Client;

        var placed = await client.PlaceAsync(VenueClient.Limit("BUY", "0.001", "30000", "mine"));
        var found = await client.SignedAsync(HttpMethod.Get, "order", Named("origClientOrderId", "mine"));
        var open = await client.SignedAsync(HttpMethod.Get, "openOrders", []);
        var canceled = await client.SignedAsync(
            HttpMethod.Delete, "order", Named("orderId", placed.Body.GetProperty("orderId").GetRawText()));
        var again = await client.SignedAsync(HttpMethod.Delete, "order", Named("origClientOrderId", "mine"));

        Assert.Equal("NEW", placed.Text("status"));
        Assert.Equal("mine", found.Text("clientOrderId"));
        Assert.Equal(1, open.Body.GetArrayLength());
        Assert.Equal("CANCELED", canceled.Text("status"));
        Assert.Equal(-2011, again.Code);
    }

    [Fact]
    public async Task Market_order_by_quote_quantity_fills_and_its_trades_carry_the_commission()
    {
        await using var venue = await RunningVenue.StartAsync();

        var placed = await venue.Client.PlaceAsync(new()
        {
            ["symbol"] = "BTCUSDT", ["side"] = "BUY", ["type"] = "MARKET", ["quoteOrderQty"] = "1000",
        });
        var trades = await venue.Client.SignedAsync(HttpMethod.Get, "myTrades", Symbol());
        var account = await venue.Client.SignedAsync(HttpMethod.Get, "account", []);

        Assert.Equal("FILLED", placed.Text("status"));
        var bought = trades.Body.EnumerateArray().Sum(trade => Amount(trade, "qty"));
        var commission = trades.Body.EnumerateArray().Sum(trade => Amount(trade, "commission"));
        Assert.Equal(Amount(placed.Body, "executedQty"), bought);
        Assert.Equal(1 + bought - commission, Amount(BalanceOf(account, "BTC"), "free"));
        Assert.Equal(100_000 - Amount(placed.Body, "cummulativeQuoteQty"), Amount(BalanceOf(account, "USDT"), "free"));
    }

    [Theory]
    [InlineData("ACK", 5)]
    [InlineData("RESULT", 16)]
    [InlineData("FULL", 17)]
    public async Task Answer_to_an_order_is_as_long_as_asked(string detail, int members)
    {
        await using var venue = await RunningVenue.StartAsync();
        var order = VenueClient.Limit("BUY", "0.001", "30000");
        order["newOrderRespType"] = detail;

        var placed = await venue.Client.PlaceAsync(order);

        Assert.Equal(members, placed.Body.EnumerateObject().Count());
    }

    [Fact]
    public async Task Test_order_is_checked_and_not_placed()
    {
        await using var venue = await RunningVenue.StartAsync();

        var good = await venue.Client.SignedAsync(
            HttpMethod.Post, "order/test", VenueClient.Limit("BUY", "0.001", "30000"));
        var bad = await venue.Client.SignedAsync(
            HttpMethod.Post, "order/test", VenueClient.Limit("BUY", "0.001", "30000.001"));
        var open = await venue.Client.SignedAsync(HttpMethod.Get, "openOrders", Symbol());

        Assert.Equal("{}", good.Body.GetRawText());
        Assert.Equal(-1013, bad.Code);
        Assert.Equal(0, open.Body.GetArrayLength());
    }

    [Fact]
    public async Task Lists_go_by_pages()
    {
        await using var venue = await RunningVenue.StartAsync();
        for (var i = 0; i < 5; i++)
            await venue.Client.PlaceAsync(VenueClient.Limit("BUY", "0.001", "30000"));

        var newest = await venue.Client.SignedAsync(HttpMethod.Get, "allOrders", Symbol("limit", "2"));
        var all = await venue.Client.SignedAsync(HttpMethod.Get, "allOrders", Symbol("orderId", "0"));
        var canceled = await venue.Client.SignedAsync(HttpMethod.Delete, "openOrders", Symbol());

        Assert.Equal(Ids(all)[^2..], Ids(newest));
        Assert.Equal(5, canceled.Body.GetArrayLength());
    }

    private static List<long> Ids(Answer answer) =>
        [.. answer.Body.EnumerateArray().Select(order => order.GetProperty("orderId").GetInt64())];

    private static JsonElement BalanceOf(Answer account, string asset) => account.Body.GetProperty("balances")
        .EnumerateArray().Single(balance => balance.GetProperty("asset").ValueEquals(asset));

    private static decimal Amount(JsonElement value, string name) =>
        decimal.Parse(value.GetProperty(name).GetString()!, CultureInfo.InvariantCulture);

    private static Dictionary<string, string> Symbol() => new() { ["symbol"] = "BTCUSDT" };

    private static Dictionary<string, string> Symbol(string name, string value) => new()
    {
        ["symbol"] = "BTCUSDT", [name] = value,
    };

    private static Dictionary<string, string> Named(string name, string value) => Symbol(name, value);
}
