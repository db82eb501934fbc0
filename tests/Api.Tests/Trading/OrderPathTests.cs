using System.Globalization;
using System.Net;
using System.Text.Json;

namespace Platform.Api.Tests.Trading;

/// <summary>Orders from the request to the venue and back, as a client of the API sees them.</summary>
public sealed class OrderPathTests(PlatformHost platform)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Market_order_fills_closes_and_shows_everywhere()
    {
        using var trader = await Trader.OpenAsync(platform);
        var before = await trader.GetAsync($"{trader.Path}/pnl");

        var (id, _) = await trader.PlaceAsync(new { market = Trader.Market, side = "buy", type = "market", quantity = "0.01" });
        var order = await trader.OrderWhenAsync(id, "filled");
        var after = $"after={order.GetProperty("sequence").GetInt64()}";

        Assert.Equal(("0.01", "2", false), (Text(order, "filledQuantity"), Text(order, "ordStatus"), order.GetProperty("isOpen").GetBoolean()));
        Assert.Equal(0, Number(order, "leavesQuantity"));
        var trades = (await trader.GetAsync($"{trader.Path}/trades?{after}")).GetProperty("items").EnumerateArray().ToList();
        Assert.All(trades, trade => Assert.Equal(id, trade.GetProperty("orderId").GetGuid()));
        Assert.Equal(0.01m, trades.Sum(trade => Number(trade, "quantity")));
        Assert.Equal(Number(order, "filledQuote"), trades.Sum(trade => Number(trade, "price") * Number(trade, "quantity")));
        Assert.Equal(Enumerable.Range(1, trades.Count).Reverse(), trades.Select(trade => trade.GetProperty("number").GetInt32()));

        var positions = (await trader.GetAsync($"{trader.Path}/positions?{after}")).GetProperty("items").EnumerateArray()
            .ToDictionary(position => Text(position, "asset"));
        var paidInBtc = trades.Where(trade => Text(trade.GetProperty("fee"), "asset") is "BTC").Sum(trade => Number(trade.GetProperty("fee"), "amount"));
        Assert.Equal(0.51m - paidInBtc, Number(positions["BTC"], "quantity"));
        Assert.Equal(10_000 - Number(order, "filledQuote"), Number(positions["USDT"], "quantity"));
        Assert.All(positions.Values, position => Assert.Equal(0, Number(position, "reserved")));
        Assert.Equal(Number(positions["BTC"], "quantity"), positions["BTC"].GetProperty("lots").EnumerateArray().Sum(lot => Number(lot, "remaining")));

        var pnl = await trader.GetAsync($"{trader.Path}/pnl?{after}");
        EquityAddsUp(before);
        EquityAddsUp(pnl);
        Assert.Equal(Number(before, "deposits"), Number(pnl, "deposits"));
    }

    [Fact]
    public async Task Sale_realizes_the_gain_over_the_oldest_lot()
    {
        using var trader = await Trader.OpenAsync(platform);

        var (id, _) = await trader.PlaceAsync(new { market = Trader.Market, side = "sell", type = "market", quantity = "0.02" });
        var order = await trader.OrderWhenAsync(id, "filled");
        var pnl = await trader.GetAsync($"{trader.Path}/pnl?after={order.GetProperty("sequence").GetInt64()}");

        // Bought at 40000 each, sold for what the fills say, less the fees, which the pool counts as a cost of the sale.
        var fees = order.GetProperty("fees").EnumerateArray().Where(fee => Text(fee, "asset") is "USDT").Sum(fee => Number(fee, "amount"));
        Assert.Equal(Number(order, "filledQuote") - fees - (0.02m * 40_000), Number(pnl, "realized"));
        EquityAddsUp(pnl);
    }

    [Fact]
    public async Task Order_by_quote_quantity_spends_no_more_than_it_names()
    {
        using var trader = await Trader.OpenAsync(platform);

        var (id, _) = await trader.PlaceAsync(new { market = Trader.Market, side = "buy", type = "market", quoteQuantity = "250" });
        var order = await trader.OrderWhenAsync(id, "filled");

        Assert.Equal("250", Text(order, "quoteQuantity"));
        Assert.Equal(JsonValueKind.Null, order.GetProperty("quantity").ValueKind);
        Assert.Equal(JsonValueKind.Null, order.GetProperty("leavesQuantity").ValueKind);
        Assert.InRange(Number(order, "filledQuote"), 240, 250);
    }

    [Fact]
    public async Task Limit_order_rests_holds_its_funds_and_frees_them_when_canceled()
    {
        using var trader = await Trader.OpenAsync(platform);
        var (id, _) = await trader.PlaceAsync(await trader.RestingOrderAsync());
        var order = await trader.OrderWhenAsync(id, "working");
        Assert.Equal(0.001m * Number(order, "limitPrice"), await ReservedAsync(trader, order));

        using var answer = await trader.CancelAsync(id);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        order = await trader.OrderWhenAsync(id, "canceled");

        Assert.Equal(("4", "0"), (Text(order, "ordStatus"), Text(order, "filledQuantity")));
        Assert.Equal(0, await ReservedAsync(trader, order));
        Assert.NotEqual(JsonValueKind.Null, order.GetProperty("closedAt").ValueKind);
    }

    [Theory]
    [InlineData("limit", "IOC")]
    [InlineData("limit", "FOK")]
    public async Task Order_that_cannot_trade_at_once_expires(string type, string timeInForce)
    {
        using var trader = await Trader.OpenAsync(platform);
        var (id, _) = await trader.PlaceAsync(new
        {
            market = Trader.Market, side = "buy", type, quantity = "0.001", limitPrice = await trader.PriceAsync(0.8m), timeInForce,
        });

        var order = await trader.OrderWhenAsync(id, "expired");

        Assert.Equal((timeInForce, "0"), (Text(order, "timeInForce"), Text(order, "filledQuantity")));
        Assert.Equal(0, await ReservedAsync(trader, order));
    }

    [Theory]
    [InlineData("IOC")]
    [InlineData("FOK")]
    public async Task Order_that_can_trade_at_once_fills(string timeInForce)
    {
        using var trader = await Trader.OpenAsync(platform);
        var (id, _) = await trader.PlaceAsync(new
        {
            market = Trader.Market, side = "buy", type = "limit", quantity = "0.001", limitPrice = await trader.PriceAsync(1.05m), timeInForce,
        });

        Assert.Equal("0.001", Text(await trader.OrderWhenAsync(id, "filled"), "filledQuantity"));
    }

    [Fact]
    public async Task Limit_maker_that_would_take_is_rejected_in_the_venues_words_and_rests_below()
    {
        using var trader = await Trader.OpenAsync(platform);
        var (taking, _) = await trader.PlaceAsync(new
        {
            market = Trader.Market, side = "buy", type = "limitMaker", quantity = "0.001", limitPrice = await trader.PriceAsync(1.05m),
        });
        var (resting, _) = await trader.PlaceAsync(new
        {
            market = Trader.Market, side = "buy", type = "limitMaker", quantity = "0.001", limitPrice = await trader.PriceAsync(0.8m),
        });

        var rejected = await trader.OrderWhenAsync(taking, "rejected");
        Assert.Contains("would immediately match", Text(rejected, "reason"), StringComparison.Ordinal);
        Assert.Equal("8", Text(rejected, "ordStatus"));
        await trader.OrderWhenAsync(resting, "working");
    }

    [Fact]
    public async Task Words_spelled_as_venues_spell_them_mean_the_same()
    {
        using var trader = await Trader.OpenAsync(platform);
        var (id, _) = await trader.PlaceAsync(new
        {
            market = Trader.Market, side = "BUY", type = "LIMIT_MAKER", timeInForce = "gtc", quantity = "0.001",
            limitPrice = await trader.PriceAsync(0.8m),
        });

        var order = await trader.OrderWhenAsync(id, "working");

        Assert.Equal(("buy", "limitMaker", "GTC"), (Text(order, "side"), Text(order, "type"), Text(order, "timeInForce")));
    }

    [Fact]
    public async Task Two_orders_never_spend_the_same_funds()
    {
        using var trader = await Trader.OpenAsync(platform);
        var order = JsonSerializer.Serialize(new
        {
            market = Trader.Market, side = "sell", type = "limit", quantity = "0.3", limitPrice = await trader.PriceAsync(1.2m),
        });

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => trader.SendOrderAsync(order, Trader.Key())));

        Assert.Single(answers, answer => answer.StatusCode is HttpStatusCode.Accepted);
        foreach (var refused in answers.Where(answer => answer.StatusCode is not HttpStatusCode.Accepted))
            await Problem.ExpectAsync(refused, 422, "insufficient_balance", "quantity");
        Array.ForEach(answers, answer => answer.Dispose());
    }

    [Fact]
    public async Task Cancel_of_a_closed_order_is_refused_and_of_none_is_not_found()
    {
        using var trader = await Trader.OpenAsync(platform);
        var (id, _) = await trader.PlaceAsync(new { market = Trader.Market, side = "buy", type = "market", quoteQuantity = "50" });
        await trader.OrderWhenAsync(id, "filled");
        var before = await trader.EventsAsync();

        using var closed = await trader.CancelAsync(id);
        using var unknown = await trader.CancelAsync(Guid.CreateVersion7());
        using var malformed = await trader.Http.PostAsync($"{trader.Path}/orders/last/cancel", content: null, Cancel);

        await Problem.ExpectAsync(closed, 422, "order_not_open");
        await Problem.ExpectAsync(unknown, 404, "not_found");
        await Problem.ExpectAsync(malformed, 404, "not_found");
        Assert.Equal(before, await trader.EventsAsync());
    }

    [Fact]
    public async Task Cancel_asked_twice_is_one_cancel()
    {
        using var trader = await Trader.OpenAsync(platform);
        var (id, _) = await trader.PlaceAsync(await trader.RestingOrderAsync());
        await trader.OrderWhenAsync(id, "working");

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => trader.CancelAsync(id)));

        await trader.OrderWhenAsync(id, "canceled");
        Assert.All(answers, answer => Assert.True(answer.StatusCode is HttpStatusCode.Accepted or HttpStatusCode.UnprocessableEntity));
        Assert.Single(await TypesAsync(trader, id), type => type is "order_cancel_requested");
        Array.ForEach(answers, answer => answer.Dispose());
    }

    [Fact]
    public async Task Events_tell_the_whole_life_with_who_and_which_request()
    {
        using var trader = await Trader.OpenAsync(platform);
        using var placing = await trader.SendOrderAsync(JsonSerializer.Serialize(await trader.RestingOrderAsync()), Trader.Key());
        var id = JsonDocument.Parse(await placing.Content.ReadAsStringAsync(Cancel)).RootElement.GetProperty("orderId").GetGuid();
        await trader.OrderWhenAsync(id, "working");
        using var canceling = await trader.CancelAsync(id);
        await trader.OrderWhenAsync(id, "canceled");

        var events = (await trader.GetAsync($"{trader.Path}/orders/{id}/events")).GetProperty("items").EnumerateArray().ToList();

        Assert.Equal(
            ["order_intended", "order_sent", "order_accepted", "order_cancel_requested", "order_canceled"],
            events.Select(happened => Text(happened, "type")));
        Assert.Equal(Enumerable.Range(1, 5), events.Select(happened => happened.GetProperty("version").GetInt32()));
        Assert.Equal((trader.User.ToString(), Ray(placing)), Cause(events[0]));
        Assert.Equal((trader.User.ToString(), Ray(canceling)), Cause(events[3]));
        Assert.Equal("0.001", Text(events[0].GetProperty("data").GetProperty("terms"), "quantity"));
    }

    private static (string?, string?) Cause(JsonElement happened) => (Text(happened, "actor"), Text(happened, "rayId"));

    private static string Ray(HttpResponseMessage answer) => Assert.Single(answer.Headers.GetValues("X-Ray-Id"));

    private static async Task<IEnumerable<string?>> TypesAsync(Trader trader, Guid order) =>
        (await trader.GetAsync($"{trader.Path}/orders/{order}/events")).GetProperty("items").EnumerateArray()
            .Select(happened => Text(happened, "type"));

    private static async Task<decimal> ReservedAsync(Trader trader, JsonElement order)
    {
        var positions = await trader.GetAsync($"{trader.Path}/positions?after={order.GetProperty("sequence").GetInt64()}");
        return Number(positions.GetProperty("items").EnumerateArray().Single(position => Text(position, "asset") is "USDT"), "reserved");
    }

    private static void EquityAddsUp(JsonElement pnl) => Assert.Equal(
        Number(pnl, "equity"),
        Number(pnl, "deposits") + Number(pnl, "realized") + Number(pnl, "unrealized") - Number(pnl, "expensedFees"));

    private static string Text(JsonElement json, string member) => json.GetProperty(member).GetString() ?? "";

    private static decimal Number(JsonElement json, string member) =>
        decimal.Parse(json.GetProperty(member).GetString()!, CultureInfo.InvariantCulture);
}
