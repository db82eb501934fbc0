using System.Runtime.InteropServices;
using System.Text;
using Platform.Domain.Values;

namespace Platform.Domain.Markets;

/// <summary>One price with all that stands on it; in a difference, quantity zero means that the price is gone.</summary>
public readonly record struct BookLevel(Price Price, Quantity Quantity);

/// <summary>A whole book as of one update.</summary>
/// <param name="Checksum">What the venue says of it; null: nothing.</param>
public sealed record DepthSnapshot(
    long LastUpdateId, IReadOnlyList<BookLevel> Bids, IReadOnlyList<BookLevel> Asks, uint? Checksum = null);

/// <summary>The levels that changed by the updates from first to last, both included.</summary>
/// <param name="PreviousUpdateId">The last of the difference before it, where the venue names it.</param>
/// <param name="Checksum">What the venue says of the book behind it; null: nothing.</param>
public sealed record DepthDifference(
    long FirstUpdateId, long LastUpdateId, IReadOnlyList<BookLevel> Bids, IReadOnlyList<BookLevel> Asks,
    long? PreviousUpdateId = null, uint? Checksum = null)
{
    public BookNumbers Numbers => new(FirstUpdateId, LastUpdateId, PreviousUpdateId);
}

/// <summary>How a venue lets us know that a copy of its book is right.</summary>
/// <param name="Checksum">Null: the venue sends none.</param>
/// <param name="Depth">
/// Where the venue tells only so many levels of each side, and not when one falls out behind them (Kraken); null: it tells all.
/// </param>
public sealed record BookRules(
    BookSequence Sequence, BookChecksum? Checksum = null, Crc32Of? Crc32 = null, int? Depth = null)
{
    public static BookRules BinanceSpot { get; } = new(BookSequence.Ranges);
}

/// <summary>How far a local book may be believed; only <see cref="Synced"/> and <see cref="Stale"/> have levels.</summary>
public enum BookState
{
    /// <summary>Nothing came yet.</summary>
    Empty,

    /// <summary>Differences wait for a snapshot.</summary>
    Buffering,

    /// <summary>As at the venue.</summary>
    Synced,

    /// <summary>Lost; nobody knows what stands there.</summary>
    Desynced,

    /// <summary>As it last was at the venue, of which nothing was heard for longer than it is ever quiet.</summary>
    Stale,
}

/// <summary>A book as its reader gets it: the state goes with every number. Best levels first.</summary>
/// <param name="Reason">Why it was lost; null in any other state than <see cref="BookState.Desynced"/>.</param>
/// <param name="StaleSince">When the venue was last heard; null in any other state than <see cref="BookState.Stale"/>.</param>
public sealed record BookView(
    BookState State, long LastUpdateId, IReadOnlyList<BookLevel> Bids, IReadOnlyList<BookLevel> Asks,
    string? Reason = null, DateTimeOffset? StaleSince = null);

/// <summary>
/// A copy of a venue's book: buffer the differences, take a snapshot, drop what it already holds, then accept no gap. A
/// gap, a crossed book or a wrong checksum empties it at once, and a new snapshot is due. For one writer; a reader takes
/// turns with it.
/// </summary>
public sealed class LocalOrderBook(BookRules rules)
{
    /// <summary>What may wait for a snapshot: 100 s at ten differences a second.</summary>
    public const int BufferMax = 1000;

    private readonly BookSide bids = new(isBids: true);
    private readonly BookSide asks = new(isBids: false);
    private readonly Queue<DepthDifference> buffer = new();
    private bool joined;

    public BookState State { get; private set; }

    /// <summary>Why the book was lost; null in any other state than <see cref="BookState.Desynced"/>.</summary>
    public string? DesyncReason { get; private set; }

    public long LastUpdateId { get; private set; }

    /// <summary>A difference from the stream: applied when synced, otherwise kept for the snapshot.</summary>
    public void Apply(DepthDifference difference)
    {
        if (State is BookState.Synced)
            Advance(difference);
        else
            Keep(difference);
    }

    /// <summary>The same of levels that stay the caller's; while the book is synced, nothing is allocated.</summary>
    /// <param name="checksum">What the venue says of the book behind it; null: nothing.</param>
    public void Apply(
        in BookNumbers numbers, ReadOnlySpan<BookLevel> changedBids, ReadOnlySpan<BookLevel> changedAsks, uint? checksum = null)
    {
        if (State is BookState.Synced)
            Advance(numbers, changedBids, changedAsks, checksum);
        else
            Keep(Copy(numbers, changedBids, changedAsks, checksum));
    }

    /// <summary>
    /// A snapshot from the venue. One that ends before the buffered differences begin cannot be joined, nor one before the first
    /// difference where that would not show what is missing between them: the book stays as it was, and a newer snapshot is due.
    /// </summary>
    public void Apply(DepthSnapshot snapshot)
    {
        if (buffer.TryPeek(out var first) ? rules.Sequence.Reaches(snapshot, first) : rules.Sequence.ShowsGaps)
            Join(snapshot);
    }

    /// <summary>A snapshot in the stream itself: all that came before is in it.</summary>
    public void Begin(DepthSnapshot snapshot)
    {
        buffer.Clear();
        Join(snapshot);
    }

    /// <summary>What comes next does not follow from what is here. Nothing is lost of a book that has nothing.</summary>
    public void Lose(string reason)
    {
        if (State is not BookState.Empty)
            Stop(reason);
    }

    /// <summary>Nobody follows the venue's book any more: a reader is told why, though nothing had come yet.</summary>
    public void Stop(string reason)
    {
        bids.Clear();
        asks.Clear();
        buffer.Clear();
        (State, DesyncReason, LastUpdateId) = (BookState.Desynced, reason, 0);
    }

    public BookView Top(int levels) => new(State, LastUpdateId, bids.Top(levels), asks.Top(levels), DesyncReason);

    private void Join(DepthSnapshot snapshot)
    {
        bids.Clear();
        asks.Clear();
        Set(SpanOf(snapshot.Bids), SpanOf(snapshot.Asks));
        (State, DesyncReason, LastUpdateId, joined) = (BookState.Synced, null, snapshot.LastUpdateId, false);
        DesyncWhenWrong(snapshot.Checksum);

        while (State is BookState.Synced && buffer.TryDequeue(out var difference))
            Advance(difference);
    }

    private static DepthDifference Copy(
        in BookNumbers numbers, ReadOnlySpan<BookLevel> changedBids, ReadOnlySpan<BookLevel> changedAsks, uint? checksum) => new(
            numbers.FirstUpdateId, numbers.LastUpdateId, [.. changedBids], [.. changedAsks], numbers.PreviousUpdateId, checksum);

    private static ReadOnlySpan<BookLevel> SpanOf(IReadOnlyList<BookLevel> levels) => levels switch
    {
        BookLevel[] array => array,
        List<BookLevel> list => CollectionsMarshal.AsSpan(list),
        _ => levels.ToArray(),
    };

    private void Keep(DepthDifference difference)
    {
        if (State is BookState.Empty)
            State = BookState.Buffering;
        if (buffer.Count == BufferMax)
            buffer.Dequeue();
        buffer.Enqueue(difference);
    }

    private void Advance(DepthDifference difference) =>
        Advance(difference.Numbers, SpanOf(difference.Bids), SpanOf(difference.Asks), difference.Checksum);

    private void Advance(
        in BookNumbers numbers, ReadOnlySpan<BookLevel> changedBids, ReadOnlySpan<BookLevel> changedAsks, uint? checksum)
    {
        var step = rules.Sequence.StepOf(numbers, LastUpdateId, joined);
        if (step is BookStep.Skip)
            return;
        if (step is BookStep.Gap)
        {
            Lose($"gap: {LastUpdateId} is followed by {numbers.FirstUpdateId}");
            buffer.Enqueue(Copy(numbers, changedBids, changedAsks, checksum));
            return;
        }

        Set(changedBids, changedAsks);
        (LastUpdateId, joined) = (numbers.LastUpdateId, true);
        DesyncWhenWrong(checksum);
    }

    private void Set(ReadOnlySpan<BookLevel> changedBids, ReadOnlySpan<BookLevel> changedAsks)
    {
        foreach (ref readonly var level in changedBids)
            bids.Set(level);
        foreach (ref readonly var level in changedAsks)
            asks.Set(level);
    }

    private void DesyncWhenWrong(uint? checksum)
    {
        if (checksum is { } told && rules is { Checksum: { } kind, Crc32: { } crc32 }
            && crc32(Encoding.ASCII.GetBytes(kind.TextOf(bids.Top(kind.Levels), asks.Top(kind.Levels)))) is var ours && ours != told)
            Lose($"checksum: {told} at the venue, {ours} here");
        else if (BookSide.IsCrossed(bids, asks))
            Lose($"crossed: bid {bids.Best.Price}, ask {asks.Best.Price}");
    }
}
