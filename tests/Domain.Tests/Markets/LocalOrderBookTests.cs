using CsCheck;
using Platform.Domain.Markets;
using Platform.Domain.Values;

namespace Platform.Domain.Tests.Markets;

public sealed class LocalOrderBookTests
{
    private static readonly DepthSnapshot Snapshot = new(100, [Level(9, 1), Level(8, 2)], [Level(11, 1), Level(12, 2)]);

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

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var id = 102; id < 1_102; id++)
            book.Apply(new BookNumbers(id, id), change, []);

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.Equal(BookState.Synced, book.State);
    }

    [Fact]
    public void Any_run_of_differences_gives_the_book_that_a_plain_map_gives() =>
        Gen.Select(Gen.Int[1, 40], Gen.Int[0, 3], Gen.Bool).List[0, 200].Sample(changes =>
        {
            var tested = new LocalOrderBook(BookRules.BinanceSpot);
            tested.Apply(new DepthSnapshot(0, [], []));
            var (bids, asks) = (new SortedDictionary<int, int>(), new SortedDictionary<int, int>());
            var id = 0;
            foreach (var (offset, quantity, isBid) in changes)
            {
                var price = isBid ? 100 - offset : 100 + offset;
                (isBid ? bids : asks)[price] = quantity;
                BookLevel[] change = [Level(price, quantity)];
                tested.Apply(new DepthDifference(++id, id, isBid ? change : [], isBid ? [] : change));
            }

            var top = tested.Top(1000);
            Assert.Equal(BookState.Synced, top.State);
            Assert.Equal(bids.Reverse().Where(l => l.Value > 0).Select(l => Level(l.Key, l.Value)), top.Bids);
            Assert.Equal(asks.Where(l => l.Value > 0).Select(l => Level(l.Key, l.Value)), top.Asks);
        });

    private static DepthDifference Difference(long first, long last, BookLevel bid) => new(first, last, [bid], []);

    private static BookLevel Level(decimal price, decimal quantity) => new(Price.From(price), Quantity.From(quantity));
}
