using Microsoft.Extensions.DependencyInjection;
using Platform.Domain.Markets;
using Platform.Domain.Values;
using Platform.Tests.Support;
using Platform.Workers.Markets;
using Platform.Workers.Markets.Venues;

namespace Platform.Workers.Tests.Markets;

/// <summary>The feed on the paper venue's own process, through its death and return.</summary>
public sealed class PaperVenueFeedTests
{
    private static readonly Symbol Market = Symbol.From("BTC-USDT");
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(90);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Board_fills_tells_changes_and_comes_back_after_the_venue_died()
    {
        await using var venue = new PaperVenueProcess();
        await venue.InitializeAsync();
        using var host = MarketsHost.For(venue.Address, apiKey: venue.ApiKey, apiSecret: venue.ApiSecret);
        await host.StartAsync(Cancel);
        var board = host.Services.GetRequiredService<MarketBoard>();
        var feed = host.Services.GetRequiredService<MarketFeed>();

        await EventuallyAsync("the board is full", () => IsFull(board));
        Assert.Equal(4, board.Watched.Count);
        Assert.Equal(1, board.Mark(Asset.From("USDT"), Asset.From("USDT")));
        Assert.NotNull(board.Mark(Asset.From("BTC"), Asset.From("USDT")));
        Assert.NotNull(board.Mark(Asset.From("BNB"), Asset.From("BTC")));
        await EveryTopicIsToldAsync(board);

        await venue.KillAsync();
        await EventuallyAsync("the loss shows", () =>
            !feed.IsConnected && board.Book(Market, 5) is { Book: { State: BookState.Desynced, Bids.Count: 0 } });

        await venue.StartAsync(Cancel);
        await EventuallyAsync("the board is full again", () => feed.IsConnected && IsFull(board));
        await host.StopAsync(Cancel);
    }

    [Fact]
    public async Task Book_agrees_with_the_venues_own()
    {
        await using var venue = new PaperVenueProcess();
        await venue.InitializeAsync();
        using var host = MarketsHost.For(venue.Address, apiKey: venue.ApiKey, apiSecret: venue.ApiSecret);
        await host.StartAsync(Cancel);
        var board = host.Services.GetRequiredService<MarketBoard>();
        var data = MarketsHost.MarketData(host);
        var listed = MarketsHost.Listed("BTC-USDT", "BTCUSDT");

        // Both move: they are compared where they stand at the same update.
        await EventuallyAsync("both show the same update", async () =>
        {
            var ours = board.Book(Market, 20)?.Book;
            if (await data.DepthAsync(listed, 20, Cancel) is not VenueAnswer<DepthSnapshot>.Answered { Value: var theirs })
                return false;
            ours = ours?.LastUpdateId == theirs.LastUpdateId ? ours : board.Book(Market, 20)?.Book;
            if (ours is not { State: BookState.Synced } || ours.LastUpdateId != theirs.LastUpdateId)
                return false;

            Assert.Equal(theirs.Bids, ours.Bids);
            Assert.Equal(theirs.Asks, ours.Asks);
            return true;
        });
        await host.StopAsync(Cancel);
    }

    private static bool IsFull(MarketBoard board) =>
        board.Ticker(Market) is { Last: not null, Bid: not null, Ask: not null, Open24h: not null }
        && board.Watched.All(market => board.Book(market, 5) is { Book: { State: BookState.Synced, Bids.Count: > 0 } })
        && board.Tape(Market, 10) is { Count: > 0 }
        && board.Candles(Market, 10) is { Count: > 0 };

    private static async Task EveryTopicIsToldAsync(MarketBoard board)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        deadline.CancelAfter(Deadline);
        var missing = Enum.GetValues<MarketTopic>().ToHashSet();
        await foreach (var change in board.ChangesAsync(deadline.Token))
            if (missing.Remove(change.Topic) && missing.Count == 0)
                return;
    }

    private static Task EventuallyAsync(string what, Func<bool> isSo) =>
        EventuallyAsync(what, () => Task.FromResult(isSo()));

    private static Task EventuallyAsync(string what, Func<Task<bool>> isSo) =>
        Eventually.IsTrueAsync(what, Deadline, _ => isSo(), Cancel);
}
