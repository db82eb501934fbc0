using System.Text;

namespace Platform.Api.Tests.Trading;

/// <summary>Orders that cannot be: each gets its problem, nothing is recorded, and nothing reaches the venue.</summary>
public sealed class BadInputTests(PlatformHost platform)
{
    private const string Limit = """{"market":"BTC-USDT","side":"buy","type":"limit","quantity":"0.01","limitPrice":"50000"}""";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>A good order with one thing changed: what it says, what it says instead, and the answer.</summary>
    public static TheoryData<string, string, int, string, string?> Spoiled => new()
    {
        { "BTC-USDT", "XXX-YYY", 422, "unknown_market", "market" },
        { "BTC-USDT", "bitcoin", 400, "invalid_value", "market" },
        { "0.01", "0.010000001", 422, "quantity_off_lot", "quantity" },
        { "50000", "50000.001", 422, "price_off_tick", "limitPrice" },
        { "50000", "99999999", 422, "price_out_of_range", "limitPrice" },
        { "0.01", "0.00001", 422, "notional_too_small", "quantity" },
        { "0.01", "9", 422, "insufficient_balance", "quantity" },
        { "0.01", "90000", 422, "quantity_too_large", "quantity" },
        { "0.01", "0", 422, "quantity_not_positive", "quantity" },
        { "0.01", "1.0000000000000000000000000000000001", 400, "invalid_value", "quantity" },
        { "0.01", "12345678901234567890123456789012345", 400, "invalid_value", "quantity" },
        { "50000", "0", 400, "invalid_value", "limitPrice" },
        { "50000", "-50000", 400, "invalid_value", "limitPrice" },
        { "0.01", "-0.01", 400, "invalid_value", "quantity" },
        { "0.01", "NaN", 400, "invalid_value", "quantity" },
        { "0.01", "Infinity", 400, "invalid_value", "quantity" },
        { "0.01", "1e-2", 400, "invalid_value", "quantity" },
        { "0.01", " 0.01", 400, "invalid_value", "quantity" },
        { "0.01", "0,01", 400, "invalid_value", "quantity" },
        { "0.01", "", 400, "invalid_value", "quantity" },
        { "\"0.01\"", "0.01", 400, "invalid_value", "quantity" },
        { "\"0.01\"", "NaN", 400, "malformed_json", "quantity" },
        { "\"0.01\"", "null", 422, "quantity_ambiguous", "quantity" },
        { "\"quantity\"", "\"quoteQuantity\":\"100\",\"quantity\"", 422, "quantity_ambiguous", "quantity" },
        { "\"quantity\":\"0.01\"", "\"quoteQuantity\":\"100\"", 422, "quote_quantity_unexpected", "quoteQuantity" },
        { ",\"limitPrice\":\"50000\"", "", 422, "limit_price_missing", "limitPrice" },
        { "\"limit\"", "\"market\"", 422, "limit_price_unexpected", "limitPrice" },
        { "\"limit\"", "\"limitMaker\",\"timeInForce\":\"IOC\"", 422, "time_in_force_unexpected", "timeInForce" },
        { "\"buy\"", "\"bye\"", 400, "invalid_value", "side" },
        { "\"buy\"", "\"buy,sell\"", 400, "invalid_value", "side" },
        { "\"buy\"", "\"1\"", 400, "invalid_value", "side" },
        { "\"buy\"", "0", 400, "invalid_value", "side" },
        { "\"limit\"", "\"stop\"", 400, "invalid_value", "type" },
        { "\"limit\"", "\"limit\",\"timeInForce\":\"GTD\"", 400, "invalid_value", "timeInForce" },
        { "{", "{\"leverage\":\"10\",", 400, "unknown_member", "leverage" },
        { "{", "{\"a name\":\"10\",", 400, "unknown_member", "a name" },
        { "{", "{\"Market\":\"BTC-USDT\",", 400, "unknown_member", "Market" },
        { "{", "{\"side\":\"sell\",", 400, "duplicate_member", "side" },
        { "\"side\":\"buy\",", "", 400, "missing_member", "side" },
        { "\"market\":\"BTC-USDT\",", "", 400, "missing_member", "market" },
        { "\"BTC-USDT\"", "null", 400, "invalid_value", "market" },
    };

    [Theory]
    [MemberData(nameof(Spoiled))]
    public async Task Order_that_cannot_be_is_refused_by_name(string said, string instead, int status, string code, string? field)
    {
        using var trader = await Trader.OpenAsync(platform);
        var key = Trader.Key();
        var before = await trader.EventsAsync();

        using var answer = await trader.SendOrderAsync(Replaced(said, instead), key);

        await Problem.ExpectAsync(answer, status, code, field);
        Assert.Equal(before, await trader.EventsAsync());
        Assert.False(await trader.IsAtVenueAsync(key));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"buy\"")]
    [InlineData("{} {}")]
    [InlineData("<order/>")]
    public async Task Body_that_is_no_JSON_object_is_refused(string body)
    {
        using var trader = await Trader.OpenAsync(platform);
        using var answer = await trader.SendOrderAsync(body, Trader.Key());

        await Problem.ExpectAsync(answer, 400, body is "{} {}" ? "missing_member" : "malformed_json", body is "{} {}" ? "market" : null);
    }

    [Theory]
    [InlineData("\"buy\"", "\"long\"", "side is one of buy, sell.")]
    [InlineData("\"limit\"", "\"stop\"", "type is one of market, limit, limitMaker.")]
    [InlineData("\"limit\"", "\"limit\",\"timeInForce\":\"GTD\"", "timeInForce is one of GTC, IOC, FOK.")]
    [InlineData("\"side\":\"buy\",", "", "The member side is missing.")]
    [InlineData("0.01", "-0.01", "A quantity is not negative.")]
    [InlineData("50000", "0", "A price is above zero.")]
    public async Task Detail_says_in_plain_words_what_is_asked_for(string said, string instead, string detail)
    {
        using var trader = await Trader.OpenAsync(platform);
        using var answer = await trader.SendOrderAsync(Replaced(said, instead), Trader.Key());

        Assert.Contains(detail, await answer.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("buy", "\"quantity\":\"0.00001\"", "notional_too_small", "quantity")]
    [InlineData("buy", "\"quoteQuantity\":\"1\"", "notional_too_small", "quoteQuantity")]
    [InlineData("buy", "\"quoteQuantity\":\"100.123456789\"", "quantity_off_lot", "quoteQuantity")]
    [InlineData("buy", "\"quoteQuantity\":\"10000.5\"", "insufficient_balance", "quoteQuantity")]
    [InlineData("buy", "\"quantity\":\"5\"", "insufficient_balance", "quantity")]
    [InlineData("sell", "\"quantity\":\"0.50001\"", "insufficient_balance", "quantity")]
    public async Task Market_order_that_cannot_be_is_refused_by_name(string side, string size, string code, string field)
    {
        using var trader = await Trader.OpenAsync(platform);
        var (key, before) = (Trader.Key(), await trader.EventsAsync());

        using var answer = await trader.SendOrderAsync(
            $$"""{"market":"BTC-USDT","side":"{{side}}","type":"market",{{size}}}""", key);

        await Problem.ExpectAsync(answer, 422, code, field);
        Assert.Equal(before, await trader.EventsAsync());
        Assert.False(await trader.IsAtVenueAsync(key));
    }

    [Theory]
    [InlineData(null, "idempotency_key_missing")]
    [InlineData("", "idempotency_key_missing")]
    [InlineData("two words", "invalid_idempotency_key")]
    [InlineData("256", "invalid_idempotency_key")]
    public async Task Attack_13_idempotency_key_that_is_none_is_refused(string? key, string code)
    {
        using var trader = await Trader.OpenAsync(platform);
        var before = await trader.EventsAsync();

        using var answer = await trader.SendOrderAsync(Limit, key is "256" ? new string('k', 256) : key);

        await Problem.ExpectAsync(answer, 400, code, "Idempotency-Key");
        Assert.Equal(before, await trader.EventsAsync());
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/xml")]
    [InlineData("application/x-www-form-urlencoded")]
    public async Task Body_of_another_media_type_is_refused(string contentType)
    {
        using var trader = await Trader.OpenAsync(platform);
        using var answer = await trader.SendOrderAsync(Limit, Trader.Key(), contentType);

        await Problem.ExpectAsync(answer, 415, "media_type_unsupported");
    }

    [Fact]
    public async Task Body_over_a_mebibyte_is_refused_whether_or_not_its_length_is_told()
    {
        using var trader = await Trader.OpenAsync(platform);
        var before = await trader.EventsAsync();
        var body = Replaced("BTC-USDT", new string('B', 1024 * 1024));

        using var told = await trader.SendOrderAsync(body, Trader.Key());
        await Problem.ExpectAsync(told, 413, "body_too_large");

        using var request = new HttpRequestMessage(HttpMethod.Post, $"{trader.Path}/orders")
        {
            Content = new StreamContent(new MemoryStream(Encoding.UTF8.GetBytes(body))),
        };
        request.Headers.TransferEncodingChunked = true;
        request.Headers.Add("Idempotency-Key", Trader.Key());
        request.Content.Headers.ContentType = new("application/json");
        using var untold = await trader.Http.SendAsync(request, Cancel);
        await Problem.ExpectAsync(untold, 413, "body_too_large");
        Assert.Equal(before, await trader.EventsAsync());
    }

    [Theory]
    [InlineData("pnl?after=soon", "bad_request", null)]
    public async Task Query_that_cannot_be_is_refused_by_name(string query, string code, string? field)
    {
        using var trader = await Trader.OpenAsync(platform);
        using var answer = await trader.Http.GetAsync($"{trader.Path}/{query}", Cancel);

        await Problem.ExpectAsync(answer, 400, code, field);
    }

    private static string Replaced(string said, string instead)
    {
        var at = Limit.IndexOf(said, StringComparison.Ordinal);
        return at < 0 ? throw new ArgumentException("Not in the order.", nameof(said)) : Limit[..at] + instead + Limit[(at + said.Length)..];
    }
}
