using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Platform.Domain.Markets;
using Platform.Domain.Markets.Registry;
using Platform.Domain.Trading;
using Platform.Tests.Support;
using Platform.Workers.Markets;
using Platform.Workers.Markets.Registry;
using Platform.Workers.Markets.Venues;
using Platform.Workers.Markets.Venues.Binance;
using Platform.Workers.Tests.Trading;

namespace Platform.Workers.Tests.Markets.Registry;

/// <summary>What a person stops has stopped, on every node and within a second.</summary>
public sealed class KillSwitchTests
{
    private static readonly VenueId Venue = VenueId.From("paper");
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Kill_on_one_node_stops_submits_on_every_node_within_a_second_and_cancels_go_on()
    {
        await using var venue = new PaperVenueProcess();
        await venue.InitializeAsync();
        await using var one = await WorkerHost.StartAsync(venue, ("Platform:DurabilityMode", "Balanced"));
        await using var other = await one.JoinAsync();
        var before = await one.RestAsync();
        await one.WhenAsync(before, "the order rests", state => state is { Lifecycle: Lifecycle.Working, Doubt: null });
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var placed = new ConcurrentBag<OrderId>();
        var traders = Task.WhenAll(TradeAsync(one, placed, enough.Token), TradeAsync(other, placed, enough.Token));
        await Eventually.IsTrueAsync("both trade", Patience, _ => Task.FromResult(placed.Count > 20), Cancel);

        await KillAsync(one, VenueActivity.Trade);
        var killed = TimeProvider.System.GetUtcNow();

        // Whoever asks for more is told so, on either node, and by then nothing has left for a while.
        var refusals = await traders;
        Assert.All(refusals, refusal => Assert.Equal("venue_killed", refusal));
        foreach (var order in placed)
        {
            var events = await one.WhenAsync(order, "the order rests, or never left", state => state is { IsOpen: false } or { Lifecycle: Lifecycle.Working, Doubt: null });
            if (events[^1] is OrderDenied denied)
                Assert.Equal("venue_killed", denied.Code);
        }
        var arrived = await AtVenueAsync(one);
        Assert.NotEmpty(arrived);
        Assert.All(arrived, order => Assert.True(order.CreatedAt <= killed + Second, $"{order.ClientOrderId} arrived {order.CreatedAt - killed} after the kill"));

        Assert.Null((await other.SendAsync(new CancelOrder(one.Account, before))).Refusal);
        await one.WhenAsync(before, "the order is canceled", state => state.ClosedBy is CloseReason.Canceled);

        await one.Services.GetRequiredService<VenueDecisions>().ReviveAsync(token: null, Venue, VenueActivity.Trade, "Checked.", Cancel);
        await GateAsync(other, VenueGate.Open);
        var after = await other.RestAsync();
        await one.WhenAsync(after, "the order rests", state => state is { Lifecycle: Lifecycle.Working, Doubt: null });
    }

    [Fact]
    public async Task Order_that_waits_to_be_sent_is_denied_at_the_gate_and_its_funds_are_free_again()
    {
        await using var venue = new PaperVenueProcess();
        await venue.InitializeAsync();
        await using var node = await WorkerHost.StartAsync(venue);
        await venue.KillAsync();
        var order = await node.RestAsync();
        await node.WhenAsync(order, "the order is in doubt", state => state.Doubt is not null);
        Assert.NotEmpty((await node.LedgerAsync()).Reserved);

        await KillAsync(node, VenueActivity.Trade);
        await venue.StartAsync(Cancel);

        // The venue never saw it, so that it would be sent again.
        var events = await node.WhenAsync(order, "the order is closed", state => !state.IsOpen);
        Assert.Equal("venue_killed", Assert.IsType<OrderDenied>(events[^1]).Code);
        Assert.Empty((await node.LedgerAsync()).Reserved);
        Assert.Empty(await AtVenueAsync(node));
    }

    [Fact]
    public async Task Killed_data_ends_the_feed_and_revived_data_brings_the_books_back()
    {
        await using var venue = new PaperVenueProcess();
        await venue.InitializeAsync();
        await using var node = await WorkerHost.StartAsync(venue);
        var (feed, board) = (node.Services.GetRequiredService<MarketFeed>(), node.Services.GetRequiredService<MarketBoard>());
        await Eventually.IsTrueAsync("the book is whole", Patience, _ => Task.FromResult(StateOf(board) is BookState.Synced), Cancel);

        await KillAsync(node, VenueActivity.Data);

        await Eventually.IsTrueAsync(
            "nothing is followed", Patience, _ => Task.FromResult(!feed.IsConnected && StateOf(board) is not BookState.Synced), Cancel);
        await node.Services.GetRequiredService<VenueDecisions>().ReviveAsync(token: null, Venue, VenueActivity.Data, "Checked.", Cancel);
        await Eventually.IsTrueAsync("the book is whole again", Patience, _ => Task.FromResult(feed.IsConnected && StateOf(board) is BookState.Synced), Cancel);
    }

    private static async Task<IReadOnlyList<BinanceOrder>> AtVenueAsync(WorkerHost node) =>
        Assert.IsType<VenueAnswer<IReadOnlyList<BinanceOrder>>.Answered>(
            await MarketsHost.Rest(node.Services).OpenOrdersAsync(market: null, Cancel)).Value;

    private static BookState? StateOf(MarketBoard board) => board.Book(WorkerHost.Market, levels: 1)?.Book.State;

    private static async Task KillAsync(WorkerHost node, VenueActivity activity) => Assert.Null(
        (await node.Services.GetRequiredService<VenueDecisions>().KillAsync(token: null, Venue, activity, "A test.", Cancel)).Refusal);

    private static Task GateAsync(WorkerHost node, VenueGate wanted) => Eventually.IsTrueAsync(
        $"the gate is {wanted}", Patience,
        _ => Task.FromResult(node.Services.GetRequiredService<KillSwitches>().Ask(Venue, VenueActivity.Trade) == wanted), Cancel);

    // One after the other, until it is refused.
    private static async Task<string> TradeAsync(WorkerHost node, ConcurrentBag<OrderId> placed, CancellationToken enough)
    {
        while (true)
        {
            enough.ThrowIfCancellationRequested();
            var (order, refusal) = await node.TryPlaceAsync(node.Resting());
            if (refusal is not null)
                return refusal.Code;
            placed.Add(order);
        }
    }
}
