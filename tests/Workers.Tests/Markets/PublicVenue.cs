using System.Net.WebSockets;
using System.Text;
using Microsoft.AspNetCore.Http;
using Platform.Domain.Markets;
using Platform.Tests.Support;
using Platform.Workers.Markets.Venues;

namespace Platform.Workers.Tests.Markets;

/// <summary>One connector of public market data, against a venue on loopback that speaks its wire format.</summary>
internal sealed class PublicVenue(string connector, Instrument instrument)
{
    /// <summary>What some venues say before they let anybody in to their streams; nothing by default.</summary>
    public Func<Uri, string>? Ticket { get; init; }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static Instrument Listed(string connector, string market, string venueSymbol) =>
        MarketsHost.Listed(market, venueSymbol, connector);

    /// <summary>What the connector makes of one answer.</summary>
    public async Task<T> AnsweredAsync<T>(string body, Func<IVenueMarketData, Task<VenueAnswer<T>>> ask)
    {
        await using var venue = await LoopbackVenue.SayingAsync(200, body);
        return Assert.IsType<VenueAnswer<T>.Answered>(await AskAsync(venue, ask)).Value;
    }

    /// <summary>The same where the answer depends on the route; all that was asked for comes back.</summary>
    public async Task<(T Value, string[] Asked)> AnsweredAsync<T>(
        Func<string, string> bodyOf, Func<IVenueMarketData, Task<VenueAnswer<T>>> ask)
    {
        await using var venue = await LoopbackVenue.StartAsync(
            context => context.Response.WriteAsync(bodyOf(context.Request.Path), Cancel));
        var value = Assert.IsType<VenueAnswer<T>.Answered>(await AskAsync(venue, ask)).Value;
        return (value, [.. venue.Calls.Select(call => call.Target)]);
    }

    public async Task<VenueAnswer<T>> AskAsync<T>(LoopbackVenue venue, Func<IVenueMarketData, Task<VenueAnswer<T>>> ask)
    {
        using var host = MarketsHost.For(venue.Address, settings: ("Platform:Venue:Connector", connector));
        return await ask(MarketsHost.MarketData(host));
    }

    /// <summary>What is heard of the messages, sent on each connection once all subscriptions are in.</summary>
    public async Task<(HearingSink Heard, string[] Subscriptions)> HearAsync(
        IReadOnlyList<string> messages, Func<HearingSink, bool> isEnough, int subscriptions = 1, string silence = "00:00:30")
    {
        var asked = new System.Collections.Concurrent.ConcurrentQueue<string>();
        await using var venue = await LoopbackVenue.StartAsync(context => SpeakAsync(context, messages, subscriptions, asked));
        (string, string)[] settings = [("Platform:Venue:Connector", connector), ("Platform:Venue:Silence", silence)];
        using var host = MarketsHost.For(venue.Address, settings: settings);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var sink = new HearingSink();
        var streaming = MarketsHost.MarketData(host).StreamAsync([instrument], sink, ending.Token);
        await Eventually.IsTrueAsync(
            "enough was heard", TimeSpan.FromSeconds(60), _ => Task.FromResult(isEnough(sink)), Cancel);
        await ending.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => streaming);
        return (sink, [.. asked]);
    }

    /// <summary>A book that is kept by the venue's rules, from its snapshot and what was heard.</summary>
    public static LocalOrderBook BookOf(BookRules rules, DepthSnapshot? snapshot, IEnumerable<HeardDepth> heard)
    {
        var book = new LocalOrderBook(rules);
        if (snapshot is not null)
            book.Apply(snapshot);
        foreach (var depth in heard)
            if (depth.IsSnapshot)
                book.Apply(new DepthSnapshot(depth.LastUpdateId, depth.Bids, depth.Asks, depth.Checksum));
            else
                book.Apply(new DepthDifference(
                    depth.FirstUpdateId, depth.LastUpdateId, depth.Bids, depth.Asks, depth.PreviousUpdateId, depth.Checksum));
        return book;
    }

    private async Task SpeakAsync(
        HttpContext context, IReadOnlyList<string> messages, int subscriptions,
        System.Collections.Concurrent.ConcurrentQueue<string> asked)
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            await context.Response.WriteAsync(
                Ticket?.Invoke(new($"ws://{context.Request.Host}/")) ?? "{}", context.RequestAborted);
            return;
        }

        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        var buffer = new byte[64 * 1024];
        try
        {
            for (var subscription = 0; subscription < subscriptions; subscription++)
            {
                var read = await socket.ReceiveAsync(buffer, context.RequestAborted);
                asked.Enqueue(Encoding.UTF8.GetString(buffer, 0, read.Count));
            }

            foreach (var message in messages)
                await socket.SendAsync(
                    Encoding.UTF8.GetBytes(message), WebSocketMessageType.Text, endOfMessage: true, context.RequestAborted);
            while (socket.State is WebSocketState.Open)
                await socket.ReceiveAsync(buffer, context.RequestAborted);
        }
        catch (Exception error) when (error is WebSocketException or OperationCanceledException)
        {
            // The connector has gone, as it may.
        }
    }
}
