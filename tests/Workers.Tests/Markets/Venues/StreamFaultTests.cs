using Platform.Domain.Markets;
using Platform.Tests.Support;
using Platform.Workers.Markets;

namespace Platform.Workers.Tests.Markets.Venues;

/// <summary>
/// Every way in which a venue's stream goes wrong, on every connector: the book of the board is the venue's again, and it was
/// never said to be so while it was not.
/// </summary>
public sealed class StreamFaultTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public Task Book_follows_the_venue() => AssertAgreesAfterAsync();

    [Fact]
    public Task Gap_loses_the_book_until_it_was_read_anew() =>
        AssertAgreesAfterAsync(StreamFault.Gap);

    [Fact]
    public Task Duplicate_changes_nothing() => AssertAgreesAfterAsync(StreamFault.Duplicate);

    [Fact]
    public Task Wrong_order_loses_the_book_until_it_was_read_anew() =>
        AssertAgreesAfterAsync(StreamFault.Reorder);

    [Fact]
    public Task Message_that_cannot_be_read_ends_the_connection_for_another() =>
        AssertAgreesAfterAsync(StreamFault.Garbage, connects: 2);

    [Fact]
    public Task Connection_that_the_venue_closes_is_made_again() =>
        AssertAgreesAfterAsync(StreamFault.Close, connects: 2);

    [Fact]
    public Task Connection_that_breaks_is_made_again() =>
        AssertAgreesAfterAsync(StreamFault.Drop, connects: 2);

    [Fact]
    public Task Connection_that_stands_but_brings_nothing_is_made_again() =>
        AssertAgreesAfterAsync(StreamFault.Silence, connects: 2);

    [Fact]
    public Task Wrong_checksum_loses_the_book_until_it_was_read_anew() => AssertAgreesAfterAsync(StreamFault.WrongChecksum);

    [Fact]
    public Task Book_of_a_venue_that_is_not_heard_any_more_is_stale() => WireFormats.EachAsync(async format =>
    {
        await using var venue = await WireVenue.StartAsync(format);
        using var host = WireHost.For(format, venue, time: null, ("Platform:Venue:Silence", "00:00:02"));
        await using var followed = await FollowedMarket.StartAsync(host, format, Cancel);
        var board = followed.Board;
        await AgreeAsync(venue, board);

        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        deadline.CancelAfter(Patience);
        // Whoever watches is told, and need not ask.
        var reading = await board.ChangesAsync(deadline.Token)
            .Where(change => change.Topic is MarketTopic.Book)
            .Select(_ => board.Book(WireHost.Market, 50)!)
            .FirstAsync(read => read.Book.State is BookState.Stale, deadline.Token);

        Assert.Equal(venue.Market.Bids.Count, reading.Book.Bids.Count);
        Assert.NotNull(reading.Book.StaleSince);
        Assert.InRange(reading.Age, TimeSpan.FromSeconds(0.9), Patience);
    });

    private static Task AssertAgreesAfterAsync(StreamFault fault = StreamFault.None, int connects = 1) => WireFormats.EachAsync(async format =>
    {
        if (fault is StreamFault.Gap or StreamFault.Reorder && !format.ShowsGaps)
            return;
        await using var venue = await WireVenue.StartAsync(format);
        using var host = WireHost.For(format, venue, time: null, ("Platform:Venue:Silence", "00:00:01"));
        await using var followed = await FollowedMarket.StartAsync(host, format, Cancel);
        await AgreeAsync(venue, followed.Board);

        venue.Move(fault);
        await AgreeAsync(venue, followed.Board, connects);
    });

    // While the market moves nothing can be compared; so it moves, rests, and both must come to the same.
    private static async Task AgreeAsync(WireVenue venue, MarketBoard board, int connects = 1)
    {
        var rounds = 0;
        await Eventually.IsTrueAsync("the book is the venue's", Patience, async _ =>
        {
            venue.Move();
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Cancel);
            // Whatever is under way: a book that is said to be the venue's is, or was a moment ago.
            if (board.Book(WireHost.Market, 50)?.Book is { State: BookState.Synced } book)
                Assert.True(venue.Market.Was(book.Bids, book.Asks), "The book looks as the venue's never did.");
            return venue.Listeners > 0 && venue.Connects >= connects && ++rounds > 5 && IsSame(venue, board);
        }, Cancel);
    }

    private static bool IsSame(WireVenue venue, MarketBoard board) =>
        board.Book(WireHost.Market, 50)?.Book is { State: BookState.Synced } book
        && book.Bids.SequenceEqual(venue.Market.Bids) && book.Asks.SequenceEqual(venue.Market.Asks);
}
