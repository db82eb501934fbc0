using Platform.Domain.Markets;
using Platform.Domain.Values;

namespace Platform.Domain.Tests.Markets;

public sealed class BookDepthTests
{
    private static readonly BookView Book = new(BookState.Synced, 1, [Level(99.5m, 2), Level(98, 5)], [Level(100.5m, 3), Level(101, 1), Level(102, 9)]);

    [Fact]
    public void Depth_is_what_stands_near_the_middle_on_both_sides() =>
        Assert.Equal((2 * 99.5m) + (3 * 100.5m) + 101, BookDepth.Within(Book, 0.01m));

    [Fact]
    public void Book_that_cannot_be_believed_has_no_depth()
    {
        Assert.Null(BookDepth.Within(Book with { State = BookState.Desynced }, 0.01m));
        Assert.Null(BookDepth.Within(Book with { Asks = [] }, 0.01m));
    }

    private static BookLevel Level(decimal price, decimal quantity) => new(Price.From(price), Quantity.From(quantity));
}
