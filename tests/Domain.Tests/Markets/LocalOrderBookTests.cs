using CsCheck;
using Platform.Domain.Markets;
using Platform.Domain.Values;
using Platform.Tests.Support;

namespace Platform.Domain.Tests.Markets;

public sealed class LocalOrderBookTests
{
    private static readonly DepthSnapshot Snapshot = new(100, [Level(9, 1), Level(8, 2)], [Level(11, 1), Level(12, 2)]);

    private const decimal Middle = 5_000_000_000;

    // Whole, usual, and so fine that many prices differ only behind what they are sorted by; or so large that they leave its range.
    private static readonly IGen<decimal>[] Steps =
        [Gen.Const(1m), Gen.Const(0.01m), Gen.Const(0.000000001m), Gen.Const(0.0000000000001m), Gen.Const(24_000_000m)];

    private readonly LocalOrderBook book = new(BookRules.BinanceSpot);

    [Fact]
    public void Book_starts_empty_and_buffers_until_a_snapshot_comes()
    {
        Assert.Equal(BookState.Empty, book.State);

        book.Apply(Difference(101, 101, Level(9, 5)));

        Assert.Equal(BookState.Buffering, book.State);
        Assert.Empty(book.Top(10).Bids);
    }

    [Fact]
    public void Snapshot_joins_the_buffered_differences_and_drops_what_it_holds()
    {
        book.Apply(Difference(95, 99, Level(9, 77)));
        book.Apply(Difference(100, 101, Level(9, 5)));
        book.Apply(Difference(102, 103, Level(8, 0)));

        book.Apply(Snapshot);

        Assert.Equal((BookState.Synced, 103L), (book.State, book.LastUpdateId));
        Assert.Equal([Level(9, 5)], book.Top(10).Bids);
    }

    [Fact]
    public void Snapshot_that_ends_before_the_buffer_begins_is_not_joined()
    {
        book.Apply(Difference(102, 103, Level(9, 5)));

        book.Apply(Snapshot);
        Assert.Equal(BookState.Buffering, book.State);

        book.Apply(Snapshot with { LastUpdateId = 101 });
        Assert.Equal((BookState.Synced, 103L), (book.State, book.LastUpdateId));
    }

    [Theory]
    [InlineData(101, 101, BookState.Synced)]
    [InlineData(99, 102, BookState.Synced)]
    [InlineData(98, 100, BookState.Synced)]
    [InlineData(102, 103, BookState.Desynced)]
    public void First_difference_after_the_snapshot_must_reach_it(long first, long last, BookState expected)
    {
        book.Apply(Snapshot);

        book.Apply(Difference(first, last, Level(9, 5)));

        Assert.Equal(expected, book.State);
    }

    [Theory]
    [InlineData(102, 103, BookState.Synced)]
    [InlineData(100, 101, BookState.Synced)]
    [InlineData(101, 103, BookState.Desynced)]
    [InlineData(103, 104, BookState.Desynced)]
    public void Later_difference_must_begin_where_the_one_before_ended(long first, long last, BookState expected)
    {
        book.Apply(Snapshot);
        book.Apply(Difference(101, 101, Level(9, 5)));

        book.Apply(Difference(first, last, Level(9, 6)));

        Assert.Equal(expected, book.State);
    }

    [Fact]
    public void Lost_book_shows_no_level_and_says_why_until_a_new_snapshot_comes()
    {
        book.Apply(Snapshot);
        book.Apply(Difference(105, 106, Level(9, 5)));

        Assert.Equal("gap: 100 is followed by 105", book.DesyncReason);
        Assert.Empty(book.Top(10).Bids);

        book.Apply(Difference(107, 107, Level(7, 1)));
        book.Apply(Snapshot with { LastUpdateId = 106 });

        Assert.Equal((BookState.Synced, 107L, null), (book.State, book.LastUpdateId, book.DesyncReason));
        Assert.Equal([Level(9, 1), Level(8, 2), Level(7, 1)], book.Top(10).Bids);
    }

    [Fact]
    public void What_waits_may_begin_inside_the_snapshot()
    {
        book.Apply(Difference(99, 102, Level(9, 5)));

        book.Apply(Snapshot);

        Assert.Equal((BookState.Synced, 102L), (book.State, book.LastUpdateId));
    }

    [Fact]
    public void Difference_that_showed_the_gap_waits_for_the_snapshot_and_what_waited_before_is_forgotten()
    {
        book.Apply(Snapshot);
        book.Apply(Difference(105, 106, Level(7, 3)));
        book.Lose("once more");
        book.Apply(Difference(108, 109, Level(6, 4)));
        book.Apply(Snapshot with { LastUpdateId = 107 });
        Assert.Equal([Level(9, 1), Level(8, 2), Level(6, 4)], book.Top(10).Bids);

        book.Apply(Difference(115, 116, Level(5, 5)));
        book.Apply(Snapshot with { LastUpdateId = 114 });
        Assert.Equal((BookState.Synced, 116L), (book.State, book.LastUpdateId));
        Assert.Equal([Level(9, 1), Level(8, 2), Level(5, 5)], book.Top(10).Bids);
    }

    [Fact]
    public void Snapshot_waits_for_the_first_difference_where_numbers_only_rise()
    {
        var rising = new LocalOrderBook(new(BookSequence.Rising));

        // Between it and a difference to come another may be missing, which no number would show.
        rising.Apply(Snapshot);
        rising.Apply(Difference(105, 105, Level(9, 5)));

        Assert.Equal(BookState.Buffering, rising.State);

        rising.Apply(Snapshot with { LastUpdateId = 105 });

        Assert.Equal((BookState.Synced, 105L), (rising.State, rising.LastUpdateId));
    }

    [Fact]
    public void Snapshot_replaces_all_that_was_there()
    {
        book.Apply(Snapshot);

        book.Apply(new DepthSnapshot(200, [Level(5, 1)], [Level(20, 1)]));

        Assert.Equal([Level(5, 1)], book.Top(10).Bids);
        Assert.Equal([Level(20, 1)], book.Top(10).Asks);
    }

    [Fact]
    public void Snapshot_of_the_stream_holds_all_that_waits_before_it()
    {
        book.Apply(Difference(300, 301, Level(9, 5)));

        book.Begin(Snapshot);

        Assert.Equal((BookState.Synced, 100L), (book.State, book.LastUpdateId));
        Assert.Equal([Level(9, 1), Level(8, 2)], book.Top(10).Bids);
    }

    [Fact]
    public void Snapshot_that_is_crossed_is_no_book()
    {
        book.Apply(new DepthSnapshot(100, [Level(11, 1)], [Level(11, 1)]));

        Assert.Equal(BookState.Desynced, book.State);
        Assert.Empty(book.Top(10).Asks);
    }

    [Fact]
    public void Book_that_has_nothing_cannot_be_lost()
    {
        book.Lose("nothing");

        Assert.Equal((BookState.Empty, null), (book.State, book.DesyncReason));
    }

    [Fact]
    public void Book_that_nobody_follows_any_more_says_why_though_nothing_had_come()
    {
        book.Stop("killed: A test.");

        Assert.Equal((BookState.Desynced, "killed: A test."), (book.State, book.DesyncReason));
    }

    [Fact]
    public void What_waited_for_a_book_that_nobody_follows_is_forgotten()
    {
        book.Apply(Difference(101, 101, Level(9, 5)));
        book.Stop("killed: A test.");

        book.Apply(Snapshot);

        Assert.Equal((BookState.Synced, 100L), (book.State, book.LastUpdateId));
    }

    [Fact]
    public void Crossed_book_is_lost()
    {
        book.Apply(Snapshot);

        book.Apply(Difference(101, 101, Level(11, 1)));

        Assert.Equal((BookState.Desynced, "crossed: bid 11, ask 11"), (book.State, book.DesyncReason));
    }

    [Fact]
    public void Best_levels_come_first_and_no_more_than_asked()
    {
        book.Apply(Snapshot);

        Assert.Equal([Level(9, 1)], book.Top(1).Bids);
        Assert.Equal([Level(11, 1), Level(12, 2)], book.Top(5).Asks);
    }

    [Fact]
    public void Removing_a_level_that_is_not_there_is_normal()
    {
        book.Apply(Snapshot);

        book.Apply(Difference(101, 101, Level(5, 0)));

        Assert.Equal(BookState.Synced, book.State);
    }

    [Fact]
    public void Buffer_is_bounded_and_its_oldest_goes_first()
    {
        for (var id = 101; id <= 101 + LocalOrderBook.BufferMax; id++)
            book.Apply(Difference(id, id, Level(9, id)));

        book.Apply(Snapshot);
        Assert.Equal(BookState.Buffering, book.State);

        book.Apply(Snapshot with { LastUpdateId = 101 });
        Assert.Equal(BookState.Synced, book.State);
    }

    [Fact]
    public void Levels_of_the_callers_own_are_applied_and_copied_where_they_wait()
    {
        BookLevel[] mine = [Level(9, 5)];
        book.Apply(new BookNumbers(101, 101), mine, []);
        mine[0] = Level(8, 7);
        book.Apply(Snapshot);
        Assert.Equal([Level(9, 5), Level(8, 2)], book.Top(10).Bids);

        book.Apply(new BookNumbers(102, 102), mine, [Level(10, 1)]);
        Assert.Equal([Level(9, 5), Level(8, 7)], book.Top(10).Bids);
        Assert.Equal(Level(10, 1), book.Top(1).Asks[0]);

        book.Apply(new BookNumbers(104, 104), mine, []);
        Assert.Equal(BookState.Desynced, book.State);
    }

    [Fact]
    public void Differences_of_a_synced_book_allocate_nothing()
    {
        book.Apply(Snapshot);
        BookLevel[] change = [Level(9, 5), Level(8.5m, 1), Level(8.5m, 0)];
        book.Apply(new BookNumbers(101, 101), change, []);

        var id = 101;
        var allocated = Allocations.Of(() =>
        {
            for (var count = 0; count < 1_000; count++)
                book.Apply(new BookNumbers(++id, id), change, []);
        });

        Assert.Equal(0, allocated);
        Assert.Equal(BookState.Synced, book.State);
    }

    [Fact]
    public void Any_run_of_differences_gives_the_book_that_a_plain_map_gives() =>
        Gen.Select(Gen.OneOf(Steps), Gen.Select(Gen.Int[1, 200], Gen.Int[0, 3], Gen.Bool, Gen.Bool).List[0, 600])
            .Sample((step, changes) =>
            {
                var tested = new LocalOrderBook(BookRules.BinanceSpot);
                tested.Apply(new DepthSnapshot(0, [], []));
                var (bids, asks) = (new SortedDictionary<decimal, BookLevel>(), new SortedDictionary<decimal, BookLevel>());
                var id = 0;
                foreach (var (steps, quantity, isBid, isLonger) in changes)
                {
                    // The same price comes with several numbers of places.
                    var change = Level((isBid ? Middle - (steps * step) : Middle + (steps * step)) + (isLonger ? 0.00m : 0), quantity);
                    var side = isBid ? bids : asks;
                    side.Remove(change.Price.Value);
                    if (quantity > 0)
                        side.Add(change.Price.Value, change);
                    tested.Apply(new DepthDifference(++id, id, isBid ? [change] : [], isBid ? [] : [change]));
                }

                var top = tested.Top(1000);
                Assert.Equal(BookState.Synced, top.State);
                Assert.Equal(bids.Values.Reverse().Select(Text), top.Bids.Select(Text));
                Assert.Equal(asks.Values.Select(Text), top.Asks.Select(Text));
            });

    // A checksum needs the digits that the venue sent.
    private static string Text(BookLevel level) => $"{level.Price} {level.Quantity}";

    private static DepthDifference Difference(long first, long last, BookLevel bid) => new(first, last, [bid], []);

    private static BookLevel Level(decimal price, decimal quantity) => new(Price.From(price), Quantity.From(quantity));
}
