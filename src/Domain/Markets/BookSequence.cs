using System.Runtime.InteropServices;

namespace Platform.Domain.Markets;

/// <summary>What to do with a difference.</summary>
public enum BookStep
{
    /// <summary>It follows what is here.</summary>
    Apply = 0,

    /// <summary>What is here holds it already.</summary>
    Skip,

    /// <summary>Something is missing before it: the book is lost.</summary>
    Gap,
}

/// <summary>Which updates a difference is of, from first to last.</summary>
/// <param name="PreviousUpdateId">The last of the difference before it, where the venue names it.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct BookNumbers(long FirstUpdateId, long LastUpdateId, long? PreviousUpdateId = null);

/// <summary>How a venue numbers the differences of a book, and so how one knows that none is missing.</summary>
public abstract class BookSequence
{
    private BookSequence() { }

    /// <summary>Each begins where the one before it ended (Binance, "How to manage a local order book correctly", spot).</summary>
    public static BookSequence Ranges { get; } = new RangesOf();

    /// <summary>Each names the last number of the one before it; the first holds the snapshot's own number (Binance, futures).</summary>
    public static BookSequence RangesWithPrevious { get; } = new RangesWithPreviousOf();

    /// <summary>Each names the number of the one before it, which may start again from below (OKX, <c>prevSeqId</c>).</summary>
    public static BookSequence Previous { get; } = new PreviousOf();

    /// <summary>Numbers rise by one (Bybit, <c>u</c>).</summary>
    public static BookSequence ByOne { get; } = new ByOneOf();

    /// <summary>Numbers rise, but by how much is not told: whoever reads the stream knows that none is missing (Coinbase, Bitstamp: time).</summary>
    public static BookSequence Rising { get; } = new RisingOf();

    /// <summary>Nothing is numbered: only a checksum tells (Kraken).</summary>
    public static BookSequence None { get; } = new NoneOf();

    /// <summary>Whether the first difference shows that something is missing between the snapshot and it.</summary>
    public virtual bool ShowsGaps => true;

    /// <param name="last">The number that the book has come to.</param>
    /// <param name="isJoined">Whether a difference was applied since the snapshot.</param>
    public abstract BookStep StepOf(in BookNumbers difference, long last, bool isJoined);

    /// <summary>Whether a snapshot reaches the first of the differences that wait for one.</summary>
    public virtual bool Reaches(DepthSnapshot snapshot, DepthDifference first) =>
        StepOf(first.Numbers, snapshot.LastUpdateId, isJoined: false) is not BookStep.Gap;

    private static BookStep Step(bool isKnown, bool follows) => (isKnown, follows) switch
    {
        (true, _) => BookStep.Skip,
        (_, true) => BookStep.Apply,
        _ => BookStep.Gap,
    };

    private sealed class RangesOf : BookSequence
    {
        // The first one may begin inside the snapshot.
        public override BookStep StepOf(in BookNumbers difference, long last, bool isJoined) => Step(
            difference.LastUpdateId <= last,
            isJoined ? difference.FirstUpdateId == last + 1 : difference.FirstUpdateId <= last + 1);
    }

    private sealed class RangesWithPreviousOf : BookSequence
    {
        public override BookStep StepOf(in BookNumbers difference, long last, bool isJoined) => isJoined
            ? Step(difference.LastUpdateId <= last, difference.PreviousUpdateId == last)
            : Step(difference.LastUpdateId < last, difference.FirstUpdateId <= last);
    }

    private sealed class PreviousOf : BookSequence
    {
        // One without changes repeats its number; after maintenance at the venue numbers begin below, and are no older for it.
        public override BookStep StepOf(in BookNumbers difference, long last, bool isJoined) =>
            difference.PreviousUpdateId == last ? BookStep.Apply : Step(difference.LastUpdateId <= last, follows: false);
    }

    private sealed class ByOneOf : BookSequence
    {
        public override BookStep StepOf(in BookNumbers difference, long last, bool isJoined) =>
            Step(difference.LastUpdateId <= last, difference.LastUpdateId == last + 1);
    }

    private sealed class RisingOf : BookSequence
    {
        public override bool ShowsGaps => false;

        // Several may bear one number, so what equals the book's own is not known to be in it, and is put in once more.
        public override BookStep StepOf(in BookNumbers difference, long last, bool isJoined) =>
            difference.LastUpdateId < last ? BookStep.Skip : BookStep.Apply;

        // One that ends before the first difference may lack another between them.
        public override bool Reaches(DepthSnapshot snapshot, DepthDifference first) =>
            snapshot.LastUpdateId >= first.LastUpdateId;
    }

    private sealed class NoneOf : BookSequence
    {
        public override BookStep StepOf(in BookNumbers difference, long last, bool isJoined) => BookStep.Apply;
    }
}
