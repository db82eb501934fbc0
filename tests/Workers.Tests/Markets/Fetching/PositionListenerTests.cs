using System.Net.WebSockets;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Platform.Domain.Markets.Fetching;
using Platform.Tests.Support;
using Platform.Workers.Markets;
using Platform.Workers.Markets.Fetching;
using Platform.Workers.Markets.Fetching.Accounts;

namespace Platform.Workers.Tests.Markets.Fetching;

/// <summary>What the stream of an account in derivatives says is known without waiting for the next look.</summary>
public sealed class PositionListenerTests(FleetDatabase database) : IClassFixture<FleetDatabase>
{
    private const string Filled =
        """
        {"e":"ORDER_TRADE_UPDATE","T":1568879465651,"o":{"s":"BTCUSDT","c":"autoclose-1","S":"SELL","o":"LIMIT","q":"0.014","p":"9910","x":"CALCULATED",
         "X":"FILLED","i":8886999,"l":"0.014","z":"0.014","L":"9910.12","N":"USDT","n":"0.06","T":1568879465651,"t":12345999,"m":false,"rp":"-5.67"}}
        """;

    private const string Waits =
        """
        {"e":"ALGO_UPDATE","T":1750515742297,"o":{"caid":"c","aid":2148719,"s":"BNBUSDT","S":"SELL","q":"0.01","X":"NEW","ai":"","tp":"750","p":"750",
         "wt":"CONTRACT_PRICE"}}
        """;

    private const string Changed =
        """{"e":"ACCOUNT_UPDATE","T":1564745798939,"a":{"m":"ORDER","B":[],"P":[{"s":"BTCUSDT","pa":"-1","ep":"100","up":"0","ps":"BOTH"}]}}""";

    private static readonly FetcherId Positions = FetcherId.From("account.positions@binance-futures");
    private static readonly FetcherId Fills = FetcherId.From("account.fills@binance-futures");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Fills_and_waiting_orders_are_recorded_and_positions_asked_for_as_soon_as_the_stream_tells_of_them()
    {
        var changed = new TaskCompletionSource();
        await using var venue = await LoopbackVenue.StartAsync(context => AnswerAsync(context, changed.Task));
        await using var stand = await FleetStand.RaiseAsync(database);
        var node = stand.NewNode(
            builder =>
            {
                builder.AddMarkets();
                builder.AddFetching();
            },
            ("Platform:Venue:RestUrl", "http://127.0.0.1:9"), ("Platform:Venue:StreamUrl", "ws://127.0.0.1:9"),
            ("Platform:Venues:binance-futures:RestUrl", venue.Address.ToString()),
            ("Platform:Venues:binance-futures:StreamUrl", new UriBuilder(venue.Address) { Scheme = "ws" }.Uri.ToString()),
            ("Platform:Fetchers:Run:0", "account.*@binance-futures"));
        node.Of<ConnectedVenues>().All.Single(each => each.Venue.Value is "binance-futures").Access
            .Replace(MarketsHost.Credentials(MarketsHost.ApiKey, MarketsHost.ApiSecret));
        var (table, now, due) = (node.Of<FetcherTable>(), FleetStand.Start, FleetStand.Start.AddMinutes(1));
        await table.RegisterAsync([(Positions, due, due)], now, Cancel);

        var listener = node.Services.GetServices<IHostedService>().OfType<PositionListener>().Single();
        await listener.StartAsync(Cancel);
        await Eventually.IsTrueAsync(
            "what waits is recorded", TimeSpan.FromSeconds(60), async _ => (await node.KnownAsync(Positions)).Count > 0, Cancel);
        Assert.Equal(now, (await node.ReportAsync(Positions)).Row?.DueAt);
        // As after a look a minute ago.
        var lease = await table.ClaimAsync([Positions], now, due, isDueAnyway: false, Cancel);
        await table.EndAsync(lease!, new(1, 1, 0, NewestAt: null, Failed: null), cost: 0, now.AddMinutes(-1), due, Cancel);
        changed.SetResult();
        await Eventually.IsTrueAsync(
            "the position is asked for now", TimeSpan.FromSeconds(60),
            async _ => (await node.ReportAsync(Positions)).Row?.DueAt == now, Cancel);
        await listener.StopAsync(Cancel);

        Assert.Equal(
            new DerivativeFill("BTCUSDT", "8886999", IsBuy: false, 9910.12m, 0.014m, 0.06m, "USDT", -5.67m, IsMaker: false),
            Assert.Single(await node.KnownAsync(Fills, "BTCUSDT/12345999")).Content);
        var waiting = Assert.IsType<WaitingOrder>(Assert.Single(await node.KnownAsync(Positions, "triggers/2148719")).Content);
        Assert.Equal(("BNBUSDT", "waiting", 0.01m), (waiting.VenueSymbol, waiting.State, waiting.Quantity));
    }

    [Theory]
    [InlineData(false, 5)]
    [InlineData(true, 60)]
    public async Task Account_whose_stream_is_busy_is_not_asked_all_the_time_nor_before_its_source_said(bool wasThrottled, int dueAfter)
    {
        await using var stand = await FleetStand.RaiseAsync(database);
        var table = stand.NewNode(builder =>
        {
            builder.AddMarkets();
            builder.AddFetching();
        }).Of<FetcherTable>();
        var now = FleetStand.Start;
        await table.RegisterAsync([(Positions, now, now)], now, Cancel);
        var lease = await table.ClaimAsync([Positions], now, now.AddMinutes(1), isDueAnyway: false, Cancel);
        var outcome = new FetchOutcome(1, 0, 0, NewestAt: null, wasThrottled ? new(FetchFault.Throttled, "Later.") : null);
        await table.EndAsync(lease!, outcome, cost: 0, now, now.AddMinutes(1), Cancel);

        await table.HastenAsync(Positions, now.AddSeconds(1), TimeSpan.FromSeconds(5), Cancel);

        Assert.Null(await table.ClaimAsync([Positions], now.AddSeconds(dueAfter - 1), now.AddMinutes(2), isDueAnyway: false, Cancel));
        Assert.NotNull(await table.ClaimAsync([Positions], now.AddSeconds(dueAfter), now.AddMinutes(2), isDueAnyway: false, Cancel));
    }

    private static async Task AnswerAsync(HttpContext context, Task changed)
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            await context.Response.WriteAsync("""{"listenKey":"name","serverTime":1499827319559}""", Cancel);
            return;
        }

        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        foreach (var said in (string[])[Filled, Waits])
            await SayAsync(said);
        await changed.WaitAsync(Cancel);
        await SayAsync(Changed);
        // The other side ends it.
        await socket.ReceiveAsync(new byte[1024], Cancel);

        Task SayAsync(string said) =>
            socket.SendAsync(Encoding.UTF8.GetBytes(said), WebSocketMessageType.Text, endOfMessage: true, Cancel);
    }
}
