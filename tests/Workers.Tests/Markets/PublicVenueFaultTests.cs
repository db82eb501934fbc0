using System.Net.WebSockets;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Platform.Domain.Markets;
using Platform.Tests.Support;
using Platform.Workers.Markets.Venues;

namespace Platform.Workers.Tests.Markets;

/// <summary>What can go wrong between the platform and a venue of which it only asks about markets, at each of them.</summary>
public sealed class PublicVenueFaultTests
{
    private const string Ticket = """{"code":"200000","data":{"token":"t","instanceServers":[{"endpoint":"ADDRESS"}]}}""";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string, string, string> Venues => new()
    {
        { "bitfinex", "BTC-USD", "tBTCUSD" },
        { "bitstamp", "BTC-USD", "btcusd" },
        { "gate", "BTC-USDT", "BTC_USDT" },
        { "gemini", "BTC-USD", "BTCUSD" },
        { "kucoin", "BTC-USDT", "BTC-USDT" },
    };

    [Theory]
    [MemberData(nameof(Venues))]
    public async Task Venue_that_says_429_is_left_alone_for_as_long_as_it_says(string connector, string market, string symbol)
    {
        await using var venue = await LoopbackVenue.StartAsync(context =>
        {
            context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            context.Response.Headers.RetryAfter = new StringValues("3600");
            return Task.CompletedTask;
        });

        await HeldBackAsync(venue, connector, market, symbol);
    }

    [Theory]
    [MemberData(nameof(Venues))]
    public async Task Venue_that_says_418_and_not_until_when_is_left_alone(string connector, string market, string symbol)
    {
        await using var venue = await LoopbackVenue.SayingAsync(StatusCodes.Status418ImATeapot, "teapot");

        await HeldBackAsync(venue, connector, market, symbol);
    }

    [Theory]
    [MemberData(nameof(Venues))]
    public async Task Answer_that_says_nothing_is_doubt(string connector, string market, string symbol)
    {
        foreach (var (status, body, cause) in new[]
        {
            (500, "[\"error\",10000,\"unknown\"]", UnknownCause.ServerError), (502, "<html>", UnknownCause.ServerError),
            (200, "<html>", UnknownCause.Unreadable), (200, "{}", UnknownCause.Unreadable), (200, "", UnknownCause.Unreadable),
        })
        {
            await using var venue = await LoopbackVenue.SayingAsync(status, body);
            var unknown = Assert.IsType<VenueAnswer<DepthSnapshot>.Unknown>(await DepthAsync(venue, connector, market, symbol));
            Assert.Equal(cause, unknown.Cause);
        }
    }

    [Theory]
    [MemberData(nameof(Venues))]
    public async Task Stream_on_which_nothing_comes_is_dead(string connector, string market, string symbol)
    {
        var venue = new PublicVenue(connector, PublicVenue.Listed(connector, market, symbol)) { Ticket = TicketOf };

        var (heard, _) = await venue.HearAsync([], sink => sink.Connects >= 2, silence: "00:00:00.3");

        Assert.StartsWith("Nothing came for", heard.Losses.First(), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Venues))]
    public async Task Message_that_cannot_be_read_ends_the_connection_and_another_follows(
        string connector, string market, string symbol)
    {
        var venue = new PublicVenue(connector, PublicVenue.Listed(connector, market, symbol)) { Ticket = TicketOf };

        var (heard, _) = await venue.HearAsync(["no json"], sink => sink.Connects >= 2);

        Assert.NotEmpty(heard.Losses);
        Assert.Empty(heard.Depths);
    }

    [Theory]
    [MemberData(nameof(Venues))]
    public async Task Connection_that_breaks_is_made_again(string connector, string market, string symbol)
    {
        await using var venue = await LoopbackVenue.StartAsync(async context =>
        {
            if (context.WebSockets.IsWebSocketRequest)
            {
                using var socket = await context.WebSockets.AcceptWebSocketAsync();
                await socket.CloseOutputAsync(WebSocketCloseStatus.EndpointUnavailable, "away", Cancel);
            }
            else
            {
                await context.Response.WriteAsync(TicketOf(new($"ws://{context.Request.Host}/")), Cancel);
            }
        });
        using var host = MarketsHost.For(venue.Address, settings: ("Platform:Venue:Connector", connector));
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var sink = new HearingSink();

        var streaming = MarketsHost.MarketData(host).StreamAsync(
            [PublicVenue.Listed(connector, market, symbol)], sink, ending.Token);
        await Eventually.IsTrueAsync(
            "it came back", TimeSpan.FromSeconds(30), _ => Task.FromResult(sink.Losses.Count >= 3), Cancel);

        await ending.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => streaming);
    }

    private static async Task HeldBackAsync(LoopbackVenue venue, string connector, string market, string symbol)
    {
        using var host = MarketsHost.For(venue.Address, settings: ("Platform:Venue:Connector", connector));
        var data = MarketsHost.MarketData(host);
        var instrument = PublicVenue.Listed(connector, market, symbol);

        foreach (var answer in new[] { await data.DepthAsync(instrument, 20, Cancel), await data.DepthAsync(instrument, 20, Cancel) })
            Assert.Equal(UnknownCause.Throttled, Assert.IsType<VenueAnswer<DepthSnapshot>.Unknown>(answer).Cause);
        Assert.Single(venue.Calls);
    }

    private static Task<VenueAnswer<DepthSnapshot>> DepthAsync(
        LoopbackVenue venue, string connector, string market, string symbol)
    {
        var instrument = PublicVenue.Listed(connector, market, symbol);
        return new PublicVenue(connector, instrument).AskAsync(venue, data => data.DepthAsync(instrument, 20, Cancel));
    }

    private static string TicketOf(Uri address) => Ticket.Replace("ADDRESS", address.ToString(), StringComparison.Ordinal);
}
