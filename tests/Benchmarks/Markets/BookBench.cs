using System.Diagnostics;
using Platform.Domain.Markets;
using Platform.Domain.Values;

namespace Platform.Benchmarks.Markets;

/// <summary>
/// Changes of one level in a book of 1,000 levels, against a sorted map of decimals that checks nothing. Most are near the
/// best: half of all within 20 levels of it. Four in five change what stands there, the others take it away or put it back.
/// </summary>
public static class BookBench
{
    private const int Levels = 500;
    private const int Changes = 200_000;
    private const int WarmUps = 30;
    private const int Rounds = 15;

    public static Task<IReadOnlyList<BenchRow>> RunAsync(CancellationToken cancel)
    {
        var changes = Some();
        var (ours, plain, allocated) = (new Samples(), new Samples(), 0L);
        for (var round = -WarmUps; round < Rounds; round++)
        {
            cancel.ThrowIfCancellationRequested();
            var book = new LocalOrderBook(new(BookSequence.ByOne));
            book.Apply(new DepthSnapshot(0, Side(-1), Side(1)));
            var before = GC.GetAllocatedBytesForCurrentThread();
            var begin = Stopwatch.GetTimestamp();
            for (var i = 0; i < changes.Length; i++)
                if (i % 2 == 0)
                    book.Apply(new BookNumbers(i + 1, i + 1), changes.AsSpan(i, 1), []);
                else
                    book.Apply(new BookNumbers(i + 1, i + 1), [], changes.AsSpan(i, 1));
            var (our, more) = (Stopwatch.GetElapsedTime(begin), GC.GetAllocatedBytesForCurrentThread() - before);
            if (book.State is not BookState.Synced)
                throw new InvalidOperationException(book.DesyncReason);

            var plainly = Plain(changes);
            if (round < 0)
                continue;

            ours.Add(our);
            plain.Add(plainly);
            allocated += more;
        }

        return Task.FromResult<IReadOnlyList<BenchRow>>(
        [
            new(
                $"change of a level in a book of {2 * Levels}", $"{Nanoseconds(ours.At(50))}, {allocated / Rounds / Changes} B",
                Nanoseconds(plain.At(50)), Samples.Ratio(ours.At(50), plain.At(50))),
        ]);

        static string Nanoseconds(TimeSpan time) => $"{time.TotalNanoseconds / Changes:F0} ns";
    }

    private static TimeSpan Plain(BookLevel[] changes)
    {
        var (bids, asks) = (Map(-1), Map(1));
        var begin = Stopwatch.GetTimestamp();
        for (var i = 0; i < changes.Length; i++)
        {
            var side = i % 2 == 0 ? bids : asks;
            if (changes[i].Quantity == Quantity.Zero)
                side.Remove(changes[i].Price.Value);
            else
                side[changes[i].Price.Value] = changes[i].Quantity.Value;
        }

        return Stopwatch.GetElapsedTime(begin);

        static SortedDictionary<decimal, decimal> Map(int sign) =>
            new(Side(sign).ToDictionary(level => level.Price.Value, level => level.Quantity.Value));
    }

    private static BookLevel[] Side(int sign) => [.. Enumerable.Range(1, Levels).Select(away => Level(sign, away, 1))];

    private static BookLevel Level(int sign, int away, decimal quantity) =>
        new(Price.From(17_000 + (sign * away * 0.01m)), Quantity.From(quantity));

    private static BookLevel[] Some()
    {
        var random = new Random(7);
        var gone = new HashSet<(int, int)>();
        var changes = new BookLevel[Changes];
        for (var i = 0; i < Changes; i++)
        {
            var (sign, away) = (i % 2 == 0 ? -1 : 1, 1 + Math.Min(Levels - 1, (int)(-Math.Log(1 - random.NextDouble()) * 29)));
            var goes = random.Next(10) == 0 && gone.Add((sign, away));
            if (!goes)
                gone.Remove((sign, away));
            changes[i] = Level(sign, away, goes ? 0 : 1 + (i % 97));
        }

        return changes;
    }
}
