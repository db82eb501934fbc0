using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using Platform.Domain.Values;
using Platform.Workers.Markets.Venues;
using Platform.Workers.Markets.Venues.Binance;

namespace Platform.Workers.Tests.Markets;

using Placed = VenueAnswer<PlacedBinanceOrder>;

/// <summary>"Nothing happened" is believed only in the venue's own words; all else is in doubt, and sent once.</summary>
public sealed class VenueDoubtTests
{
    private static readonly Symbol Market = Symbol.From("BTC-USDT");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(400, -1013, "Filter failure: LOT_SIZE")]
    [InlineData(400, -2010, "Account has insufficient balance for requested action.")]
    [InlineData(400, -1021, "Timestamp for this request is outside of the recvWindow.")]
    [InlineData(401, -2015, "Invalid API-key, IP, or permissions for action.")]
    [InlineData(400, -2011, "Order was not canceled due to cancel restrictions.")]
    public async Task Explicit_word_of_the_venue_is_a_refusal(int status, int code, string message)
    {
        var refused = Assert.IsType<Placed.Refused>(await PlacedAsync(status, Error(code, message)));

        Assert.Equal(($"{code}", message), (refused.Code, refused.Message));
    }

    [Theory]
    [InlineData(400, -1006, "An unexpected response was received.", UnknownCause.ServerError)]
    [InlineData(400, -1007, "Timeout waiting for response from backend server.", UnknownCause.ServerError)]
    [InlineData(400, -1000, "An unknown error occurred.", UnknownCause.ServerError)]
    [InlineData(503, -1008, "Server is currently overloaded.", UnknownCause.ServerError)]
    [InlineData(500, -2010, "Account has insufficient balance for requested action.", UnknownCause.ServerError)]
    [InlineData(400, -2010, "Duplicate order sent.", UnknownCause.Duplicate)]
    [InlineData(400, -1015, "Too many new orders.", UnknownCause.Throttled)]
    [InlineData(429, -1003, "Too many requests queued.", UnknownCause.Throttled)]
    [InlineData(418, -1003, "IP banned.", UnknownCause.Throttled)]
    public async Task Word_that_leaves_the_outcome_open_is_doubt(
        int status, int code, string message, UnknownCause cause) =>
        Assert.Equal(cause, Assert.IsType<Placed.Unknown>(await PlacedAsync(status, Error(code, message))).Cause);

    [Theory]
    [InlineData(200, "")]
    [InlineData(200, "{}")]
    [InlineData(200, "null")]
    [InlineData(200, """{"symbol":"BTCUSDT","orderId":1""")]
    [InlineData(403, "<html>Forbidden</html>")]
    [InlineData(400, """{"msg":"no code"}""")]
    public async Task Answer_that_says_something_else_is_doubt(int status, string body) =>
        Assert.Equal(
            UnknownCause.Unreadable, Assert.IsType<Placed.Unknown>(await PlacedAsync(status, body)).Cause);

    [Fact]
    public async Task Order_with_an_unheard_of_status_is_doubt()
    {
        await using var venue = await LoopbackVenue.SayingAsync(200, """
            {"symbol":"BTCUSDT","orderId":1,"clientOrderId":"a","price":"1","origQty":"1","executedQty":"0",
             "cummulativeQuoteQty":"0","status":"PONDERED","timeInForce":"GTC","type":"LIMIT","side":"BUY",
             "time":1,"updateTime":1}
            """);
        using var host = MarketsHost.For(venue.Address);

        var answer = await MarketsHost.Rest(host.Services).QueryOrderAsync(Market, "a", Cancel);

        Assert.Equal(UnknownCause.Unreadable, Assert.IsType<VenueAnswer<BinanceOrder>.Unknown>(answer).Cause);
    }

    [Fact]
    public async Task Order_that_the_venue_does_not_know_is_not_found()
    {
        await using var venue = await LoopbackVenue.StartAsync(context =>
        {
            context.Response.StatusCode = 400;
            return context.Response.WriteAsync(HttpMethods.IsDelete(context.Request.Method)
                ? Error(-2011, "Unknown order sent.")
                : Error(-2013, "Order does not exist."), Cancel);
        });
        using var host = MarketsHost.For(venue.Address);
        var rest = MarketsHost.Rest(host.Services);

        Assert.IsType<VenueAnswer<BinanceOrder>.NotFound>(await rest.QueryOrderAsync(Market, "a", Cancel));
        Assert.IsType<VenueAnswer<CanceledBinanceOrder>.NotFound>(await rest.CancelOrderAsync(Market, "a", Cancel));
    }

    [Fact]
    public async Task Venue_that_does_not_answer_leaves_doubt_and_is_not_asked_again()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(56));
        var asked = new TaskCompletionSource();
        await using var venue = await LoopbackVenue.StartAsync(context =>
        {
            asked.TrySetResult();
            return Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
        });
        using var host = MarketsHost.For(venue.Address, time);

        var answer = PlaceAsync(host.Services);
        await asked.Task.WaitAsync(Cancel);
        time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(UnknownCause.Timeout, Assert.IsType<Placed.Unknown>(await answer).Cause);
        Assert.Equal(1, venue.CallsTo("/api/v3/order"));
    }

    [Fact]
    public async Task Venue_that_hangs_up_leaves_doubt_and_is_not_asked_again()
    {
        await using var venue = await LoopbackVenue.StartAsync(context =>
        {
            context.Abort();
            return Task.CompletedTask;
        });
        using var host = MarketsHost.For(venue.Address);

        var answer = await PlaceAsync(host.Services);

        Assert.Equal(UnknownCause.Disconnected, Assert.IsType<Placed.Unknown>(answer).Cause);
        Assert.Equal(1, venue.CallsTo("/api/v3/order"));
    }

    [Fact]
    public async Task Answer_that_breaks_off_leaves_doubt()
    {
        await using var venue = await LoopbackVenue.StartAsync(async context =>
        {
            context.Response.ContentLength = 1000;
            await context.Response.WriteAsync("""{"symbol":"BTC""", Cancel);
            await context.Response.Body.FlushAsync(Cancel);
            context.Abort();
        });
        using var host = MarketsHost.For(venue.Address);

        Assert.Equal(UnknownCause.Disconnected, Assert.IsType<Placed.Unknown>(await PlaceAsync(host.Services)).Cause);
    }

    [Fact]
    public async Task Venue_that_is_not_there_leaves_doubt()
    {
        using var nobody = new TcpListener(IPAddress.Loopback, 0);
        nobody.Start();
        var address = new Uri($"http://{nobody.LocalEndpoint}");
        nobody.Stop();
        using var host = MarketsHost.For(address);

        Assert.Equal(UnknownCause.Disconnected, Assert.IsType<Placed.Unknown>(await PlaceAsync(host.Services)).Cause);
    }

    [Fact]
    public async Task Caller_that_gives_up_is_told_so()
    {
        await using var venue = await LoopbackVenue.StartAsync(
            context => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted));
        using var host = MarketsHost.For(venue.Address);
        using var leaving = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => MarketsHost.Rest(host.Services).PlaceOrderAsync(AnOrder, leaving.Token));
    }

    [Fact]
    public async Task After_a_429_nothing_is_sent_until_the_venue_allows_it()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(56));
        await using var venue = await LoopbackVenue.StartAsync(context =>
        {
            context.Response.StatusCode = 429;
            context.Response.Headers.RetryAfter = "30";
            return context.Response.WriteAsync(Error(-1003, "Too much request weight used."), Cancel);
        });
        using var host = MarketsHost.For(venue.Address, time);

        await PlaceAsync(host.Services);
        time.Advance(TimeSpan.FromSeconds(29));
        Assert.Equal(UnknownCause.Throttled, Assert.IsType<Placed.Unknown>(await PlaceAsync(host.Services)).Cause);
        Assert.Equal(1, venue.CallsTo("/api/v3/order"));

        time.Advance(TimeSpan.FromSeconds(2));
        await PlaceAsync(host.Services);
        Assert.Equal(2, venue.CallsTo("/api/v3/order"));
    }

    [Fact]
    public async Task Last_fifth_of_the_weight_is_kept_for_orders()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(56));
        await using var venue = await LoopbackVenue.StartAsync(context =>
        {
            context.Response.Headers["X-MBX-USED-WEIGHT-1M"] = "4799";
            return context.Response.WriteAsync("{}", Cancel);
        });
        using var host = MarketsHost.For(venue.Address, time);
        var market = MarketsHost.Listed("BTC-USDT", "BTCUSDT");
        var data = MarketsHost.MarketData(host);

        await data.DaysAsync([market], Cancel);
        await data.DaysAsync([market], Cancel);
        await PlaceAsync(host.Services);
        Assert.Equal((1, 1), (venue.CallsTo("/api/v3/ticker"), venue.CallsTo("/api/v3/order")));

        time.Advance(TimeSpan.FromMinutes(1));
        await data.DaysAsync([market], Cancel);
        Assert.Equal(2, venue.CallsTo("/api/v3/ticker"));
    }

    [Fact]
    public async Task Call_is_dated_by_the_venues_clock_and_again_after_it_complained()
    {
        await using var venue = await LoopbackVenue.SayingAsync(400, Error(-1021, "Timestamp outside of the recvWindow."));
        using var host = MarketsHost.For(venue.Address);

        await PlaceAsync(host.Services);
        await PlaceAsync(host.Services);

        Assert.Equal(2, venue.CallsTo("/api/v3/time"));
        Assert.All(
            venue.Calls.Where(call => call.Body.Length > 0),
            call => Assert.Contains("&timestamp=14998273", call.Body, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Signed_call_without_a_key_is_refused_unsent()
    {
        await using var venue = await LoopbackVenue.SayingAsync(200, "{}");
        using var host = MarketsHost.For(venue.Address, apiKey: "");

        Assert.IsType<Placed.Refused>(await PlaceAsync(host.Services));
        Assert.Empty(venue.Calls);
    }

    [Fact]
    public async Task Signed_call_while_the_vault_is_sealed_is_doubt_and_unsent()
    {
        await using var venue = await LoopbackVenue.SayingAsync(200, "{}");
        using var host = MarketsHost.Sealed(venue.Address);

        Assert.IsType<Placed.Unknown>(await PlaceAsync(host.Services));
        Assert.Empty(venue.Calls);
    }

    private static NewBinanceOrder AnOrder => new(
        Market, BinanceSide.Buy, BinanceOrderType.Market, "a", Quantity.From(1), QuoteQuantity: null,
        LimitPrice: null, TimeInForce: null);

    private static string Error(int code, string message) => $$"""{"code":{{code}},"msg":"{{message}}"}""";

    private static Task<Placed> PlaceAsync(IServiceProvider services) =>
        MarketsHost.Rest(services).PlaceOrderAsync(AnOrder, Cancel);

    private static async Task<Placed> PlacedAsync(int status, string body)
    {
        await using var venue = await LoopbackVenue.SayingAsync(status, body);
        using var host = MarketsHost.For(venue.Address);
        return await PlaceAsync(host.Services);
    }
}
