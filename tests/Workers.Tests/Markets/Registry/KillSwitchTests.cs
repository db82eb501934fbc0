using Microsoft.Extensions.DependencyInjection;
using Platform.Domain.Markets;
using Platform.Domain.Markets.Aggregation;
using Platform.Domain.Markets.Registry;
using Platform.Domain.Trading;
using Platform.Tests.Support;
using Platform.Workers.Markets;
using Platform.Workers.Markets.Aggregation;
using Platform.Workers.Markets.Heatmap;
using Platform.Workers.Markets.Registry;
using Platform.Workers.Markets.Venues;
using Platform.Workers.Markets.Venues.Binance;
using Platform.Workers.Tests.Trading;

namespace Platform.Workers.Tests.Markets.Registry;

/// <summary>What a person stops has stopped, on every node and within a second.</summary>
public sealed class KillSwitchTests
{
    private static readonly VenueId Venue = VenueId.From("paper");
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

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
        await Eventually.IsTrueAsync(
            "the heatmap has a price", Patience, _ => Task.FromResult(node.Services.GetRequiredService<HeatmapBoard>().View is not null), Cancel);

        await KillAsync(node, VenueActivity.Data);

        await Eventually.IsTrueAsync(
            "nothing is followed", Patience, _ => Task.FromResult(!feed.IsConnected && StateOf(board) is not BookState.Synced), Cancel);
        var (desk, aggregator) = (node.Services.GetRequiredService<MarketVenues>(), node.Services.GetRequiredService<Aggregator>());
        await Eventually.IsTrueAsync("its price is killed", Patience, _ => Task.FromResult(VerdictOf(aggregator) is VenueVerdict.Killed), Cancel);
        await Eventually.IsTrueAsync("it says why", Patience, _ => Task.FromResult(
            Assert.Single(desk.Of(WorkerHost.Market, levels: 1)) is { KilledBecause: "A test.", Book.Book.Reason: "killed: A test." }), Cancel);
        var heatmap = node.Services.GetRequiredService<HeatmapBoard>();
        await Eventually.IsTrueAsync(
            "the heatmap says that nobody prices anything", Patience,
            _ => Task.FromResult(heatmap.View is { Tiles: { Count: > 0 } tiles } && tiles.All(tile => tile.Quality is IndexQuality.None)), Cancel);

        await node.Services.GetRequiredService<VenueDecisions>().ReviveAsync(token: null, Venue, VenueActivity.Data, "Checked.", Cancel);
        await Eventually.IsTrueAsync("the book is whole again", Patience, _ => Task.FromResult(feed.IsConnected && StateOf(board) is BookState.Synced), Cancel);
        await Eventually.IsTrueAsync("its price counts again", Patience, _ => Task.FromResult(VerdictOf(aggregator) is VenueVerdict.Used), Cancel);
        Assert.Null(desk.Of(WorkerHost.Market, levels: 1)[0].KilledBecause);
    }

    private static async Task<IReadOnlyList<BinanceOrder>> AtVenueAsync(WorkerHost node) =>
        Assert.IsType<VenueAnswer<IReadOnlyList<BinanceOrder>>.Answered>(
            await MarketsHost.Rest(node.Services).OpenOrdersAsync(market: null, Cancel)).Value;

    private static VenueVerdict? VerdictOf(Aggregator aggregator) => aggregator.Explain(new(WorkerHost.Market))?.Venues.Single().Evidence.Verdict;

    private static BookState? StateOf(MarketBoard board) => board.Book(WorkerHost.Market, levels: 1)?.Book.State;

    private static async Task KillAsync(WorkerHost node, VenueActivity activity) => Assert.Null(
        (await node.Services.GetRequiredService<VenueDecisions>().KillAsync(token: null, Venue, activity, "A test.", Cancel)).Refusal);
}
