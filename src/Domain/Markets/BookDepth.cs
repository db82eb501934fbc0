namespace Platform.Domain.Markets;

/// <summary>How much stands near the middle of a book.</summary>
public static class BookDepth
{
    /// <summary>In quote units, both sides, no further from the middle than so; null where the book cannot be believed or lacks a side.</summary>
    /// <param name="share">Of the middle: 0.01 is one per cent.</param>
    public static decimal? Within(BookView book, decimal share)
    {
        if (book is not { State: BookState.Synced, Bids: [var bid, ..], Asks: [var ask, ..] })
            return null;

        var middle = (bid.Price.Value + ask.Price.Value) / 2;
        return book.Bids.Concat(book.Asks).Where(level => Math.Abs(level.Price.Value - middle) <= middle * share)
            .Sum(level => level.Price.Value * level.Quantity.Value);
    }
}
