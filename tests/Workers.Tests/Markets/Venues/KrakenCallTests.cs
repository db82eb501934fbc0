using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;
using Platform.Domain.Values;
using Platform.Tests.Support;
using Platform.Workers.Markets.Venues;

namespace Platform.Workers.Tests.Markets.Venues;

/// <summary>Orders to Kraken by WebSocket, as they were recorded; what must hold for every venue is tried on Binance.</summary>
public sealed class KrakenCallTests
{
    private static readonly NewVenueOrder Bid = new(
        MarketsHost.Listed("BTC-USD", "XBTUSD", "kraken"), "O-20260505-000001", VenueSide.Buy, VenueOrderType.LimitMaker,
        Quantity.From(0.01m), QuoteQuantity: null, Price.From(30_000), TimeInForce: null);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact, Reads(
        "nautilus/venue-payloads/kraken/ws_add_order_request.json",
        "nautilus/venue-payloads/kraken/ws_add_order_response_success.json")]
    public async Task Order_is_written_as_recorded_and_its_number_kept()
    {
        var (request, response) = (Recorded("ws_add_order_request"), Recorded("ws_add_order_response_success"));
        await using var venue = await StartAsync((line, call) => line.SayAsync(Under(call, response)));
        using var host = HostFor(venue);

        var placed = Answered(await TradingOf(host).PlaceAsync(Bid, Cancel));

        Assert.Equal(("OABCDE-12345-FGHIJ", VenueOrderStatus.New), (placed.VenueOrderId, placed.Status));
        var sent = Assert.Single(venue.Asked);
        Assert.Equal(request.GetProperty("method").GetString(), sent.GetProperty("method").GetString());
        Assert.All(request.GetProperty("params").EnumerateObject(), recorded =>
            AssertSame(recorded.Value, sent.GetProperty("params").GetProperty(recorded.Name)));
        Assert.Equal("quote", sent.GetProperty("params").GetProperty("fee_preference").GetString());
        Assert.Equal(0, venue.CallsTo("/0/private/AddOrder"));
    }

    [Fact, Reads("nautilus/venue-payloads/kraken/ws_add_order_response_failure.json")]
    public async Task Recorded_refusal_is_the_venues_word()
    {
        var response = Recorded("ws_add_order_response_failure");
        await using var venue = await StartAsync((line, call) => line.SayAsync(Under(call, response)));
        using var host = HostFor(venue);

        var refused = Assert.IsType<VenueAnswer<VenueOrder>.Refused>(await TradingOf(host).PlaceAsync(Bid, Cancel));

        Assert.Equal("EOrder:Insufficient funds", refused.Code);
        Assert.Equal((1, 0), (venue.Asked.Count, venue.CallsTo("/0/private/AddOrder")));
    }

    [Fact]
    public async Task Amounts_to_spend_go_as_such_and_orders_that_do_not_wait_say_so()
    {
        await using var venue = await StartAsync((line, call) => line.SayAsync(Under(call, Taken)));
        using var host = HostFor(venue);
        var trading = TradingOf(host);

        await trading.PlaceAsync(
            Bid with { Type = VenueOrderType.Market, Quantity = null, QuoteQuantity = Notional.From(250.5m), LimitPrice = null }, Cancel);
        await trading.PlaceAsync(
            Bid with { Side = VenueSide.Sell, Type = VenueOrderType.Limit, TimeInForce = VenueTimeInForce.ImmediateOrCancel }, Cancel);

        var sent = venue.Asked.Select(call => call.GetProperty("params")).ToList();
        Assert.Equal(("market", 250.5m), (Text(sent[0], "order_type"), sent[0].GetProperty("cash_order_qty").GetDecimal()));
        Assert.False(sent[0].TryGetProperty("order_qty", out _) || sent[0].TryGetProperty("time_in_force", out _));
        Assert.Equal(("sell", "ioc"), (Text(sent[1], "side"), Text(sent[1], "time_in_force")));
        Assert.False(sent[1].TryGetProperty("post_only", out _));
    }

    [Fact, Reads("nautilus/venue-payloads/kraken/ws_cancel_order_request.json")]
    public async Task Cancel_names_the_order_by_our_id_and_how_it_stood_then_is_asked_by_rest()
    {
        var request = Recorded("ws_cancel_order_request");
        await using var venue = await StartAsync((line, call) => line.SayAsync(Under(call, Taken)));
        using var host = HostFor(venue);

        var answer = await TradingOf(host).CancelAsync(new(Bid.Instrument, Bid.ClientOrderId), Cancel);

        Assert.IsType<VenueAnswer<VenueOrder>.NotFound>(answer);
        var sent = Assert.Single(venue.Asked);
        Assert.Equal(Text(request, "method"), Text(sent, "method"));
        Assert.Equal(Text(request.GetProperty("params"), "token"), Text(sent.GetProperty("params"), "token"));
        Assert.Equal([Bid.ClientOrderId], sent.GetProperty("params").GetProperty("cl_ord_id").EnumerateArray().Select(one => one.GetString()));
        Assert.Equal((0, 1), (venue.CallsTo("/0/private/CancelOrder"), venue.CallsTo("/0/private/OpenOrders")));
    }

    [Fact]
    public async Task Token_that_ended_leaves_doubt_and_another_is_asked_for()
    {
        var isOver = true;
        await using var venue = await StartAsync((line, call) => line.SayAsync(
            Under(call, isOver ? RecordedVenueData.Json("""{"success":false,"error":"EAPI:Invalid session"}""") : Taken)));
        using var host = HostFor(venue);
        var trading = TradingOf(host);

        var doubt = Assert.IsType<VenueAnswer<VenueOrder>.Unknown>(await trading.PlaceAsync(Bid, Cancel));
        isOver = false;
        Answered(await trading.PlaceAsync(Bid, Cancel));

        Assert.Equal(UnknownCause.ServerError, doubt.Cause);
        Assert.Equal((2, 2, 0), (venue.Asked.Count, Tokens(venue), venue.CallsTo("/0/private/AddOrder")));
    }

    [Fact]
    public async Task Token_is_taken_for_ten_minutes_and_for_one_key()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(56));
        await using var venue = await StartAsync((line, call) => line.SayAsync(Under(call, Taken)));
        using var host = HostFor(venue, time);
        var trading = TradingOf(host);

        await trading.PlaceAsync(Bid, Cancel);
        time.Advance(TimeSpan.FromMinutes(9));
        await trading.PlaceAsync(Bid, Cancel);
        Assert.Equal(1, Tokens(venue));

        time.Advance(TimeSpan.FromMinutes(1));
        await trading.PlaceAsync(Bid, Cancel);
        Assert.Equal(2, Tokens(venue));

        host.Services.GetRequiredService<VenueAccess>().Replace(MarketsHost.Credentials("another-key", "c2VjcmV0"));
        await trading.PlaceAsync(Bid, Cancel);
        Assert.Equal((3, 4, 0), (Tokens(venue), venue.Asked.Count, venue.CallsTo("/0/private/AddOrder")));
    }

    [Fact]
    public async Task Without_a_token_an_order_goes_by_rest()
    {
        await using var venue = await CallVenue.StartAsync(
            (line, call) => line.SayAsync(Under(call, Taken)), _ => """{"error":["EAPI:Invalid key"]}""");
        using var host = HostFor(venue);

        Assert.IsType<VenueAnswer<VenueOrder>.Refused>(await TradingOf(host).PlaceAsync(Bid, Cancel));

        Assert.Equal((0, 1), (venue.Asked.Count, venue.CallsTo("/0/private/AddOrder")));
    }

    private static JsonElement Taken => RecordedVenueData.Json("""{"success":true,"result":{"order_id":"O1"}}""");

    private static Task<CallVenue> StartAsync(Func<CallLine, JsonElement, Task> answer) => CallVenue.StartAsync(answer, path => path switch
    {
        "/0/private/GetWebSocketsToken" => """{"error":[],"result":{"token":"TESTTOKEN","expires":900}}""",
        "/0/private/OpenOrders" => """{"error":[],"result":{"open":{}}}""",
        "/0/private/ClosedOrders" => """{"error":[],"result":{"closed":{}}}""",
        _ => null,
    });

    private static IHost HostFor(CallVenue venue, TimeProvider? time = null)
    {
        var host = venue.Host(time, ("Platform:Venue:Connector", "kraken"));
        host.Services.GetRequiredService<VenueAccess>().Replace(MarketsHost.Credentials("a-key", "c2VjcmV0"));
        return host;
    }

    private static IVenueTrading TradingOf(IHost host) => MarketsHost.Parts(host).Trading!;

    private static int Tokens(CallVenue venue) => venue.CallsTo("/0/private/GetWebSocketsToken");

    private static JsonElement Recorded(string name) => RecordedPayload.Json("kraken", name);

    // What the venue says, under the number of the call that it answers.
    private static string Under(JsonElement call, JsonElement said)
    {
        var answer = System.Text.Json.Nodes.JsonObject.Create(said)!;
        answer["req_id"] = call.GetProperty("req_id").GetInt64();
        return answer.ToJsonString();
    }

    private static void AssertSame(JsonElement recorded, JsonElement sent)
    {
        if (recorded.ValueKind is JsonValueKind.Number)
            Assert.Equal(recorded.GetDecimal(), sent.GetDecimal());
        else
            Assert.Equal(recorded.ToString(), sent.ToString(), ignoreCase: true);
    }

    private static string? Text(JsonElement from, string name) => from.GetProperty(name).GetString();

    private static T Answered<T>(VenueAnswer<T> answer) => Assert.IsType<VenueAnswer<T>.Answered>(answer).Value;
}
