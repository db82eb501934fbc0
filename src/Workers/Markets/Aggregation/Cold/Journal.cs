using System.Collections.Concurrent;
using System.Threading.Channels;
using Platform.Domain.Markets;

namespace Platform.Workers.Markets.Aggregation.Cold;

/// <summary>The segments of all shards in one folder: which is the next, which wait for the database, and how much they are.</summary>
internal sealed class Journal : IDisposable
{
    private readonly Channel<string> closed = Channel.CreateUnbounded<string>(new() { SingleReader = true });
    private readonly ConcurrentDictionary<string, SecondSpan> waiting = new(StringComparer.Ordinal);
    private readonly Aggregator aggregator;
    private readonly FileStream owned;
    private readonly Lock growing = new();
    private long next;
    private long length;

    private Journal(string folder, FileStream owned, AggregationOptions options, Aggregator aggregator)
    {
        (Folder, this.owned, Options, this.aggregator) = (folder, owned, options, aggregator);
        Id = ReadId();
        Left = JournalSegment.In(folder);
        next = Left.Count > 0 ? JournalSegment.NumberOf(Left[^1]) + 1 : 1;
        foreach (var path in Left)
            Grew(new FileInfo(path).Length);
    }

    /// <summary>Null while another process has the folder.</summary>
    public static Journal? TryOpen(string folder, AggregationOptions options, Aggregator aggregator)
    {
        Directory.CreateDirectory(folder);
        try
        {
            return new(
                folder, new(Path.Combine(folder, "owner"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None), options, aggregator);
        }
        catch (IOException) when (File.Exists(Path.Combine(folder, "owner")))
        {
            return null;
        }
    }

    public string Folder { get; }

    public AggregationOptions Options { get; }

    /// <summary>Names the folder, for good.</summary>
    public Guid Id { get; }

    /// <summary>The segments that an earlier life left, oldest first.</summary>
    public IReadOnlyList<string> Left { get; }

    public VenueId VenueOf(short number) => aggregator.VenueOf(number);

    public JournalSegment Begin() => JournalSegment.Create(Folder, Interlocked.Increment(ref next) - 1);

    /// <summary>Nothing is appended to it any more: it is for the database.</summary>
    public void Close(string path, SecondSpan seconds)
    {
        waiting[path] = seconds;
        closed.Writer.TryWrite(path);
    }

    /// <summary>What is for the database and not in it with all that is made of it, as far as it has such seconds.</summary>
    public IEnumerable<SecondRows> Waiting(SecondSpan seconds)
    {
        foreach (var path in waiting.Where(segment => segment.Value.Meets(seconds)).Select(segment => segment.Key))
            if (TryRead(path) is { } rows)
                yield return rows;
    }

    /// <summary>What is for the database, oldest first.</summary>
    public IAsyncEnumerable<string> ClosedAsync(CancellationToken cancellationToken) => closed.Reader.ReadAllAsync(cancellationToken);

    /// <summary>The database has it.</summary>
    public void Remove(string path)
    {
        var shorter = new FileInfo(path).Length;
        waiting.TryRemove(path, out _);
        File.Delete(path);
        Grew(-shorter);
    }

    /// <summary>While the journal is full, venues keep their trades: they are asked for again later.</summary>
    public void Grew(long bytes)
    {
        // What is said last is what is so: shards grow while what the database has is removed.
        lock (growing)
        {
            length += bytes;
            aggregator.AreTradesHeld = length > Options.JournalMax;
        }
    }

    public void Dispose() => owned.Dispose();

    // It may be written, and gone, while it is asked for.
    private static SecondRows? TryRead(string path)
    {
        try
        {
            return SecondRows.Of(JournalSegment.Read(path));
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    private Guid ReadId()
    {
        Span<byte> id = stackalloc byte[16];
        if (owned.ReadAtLeast(id, id.Length, throwOnEndOfStream: false) == id.Length)
            return new(id);

        var fresh = Guid.CreateVersion7();
        owned.Position = 0;
        owned.Write(fresh.ToByteArray());
        owned.Flush(flushToDisk: true);
        return fresh;
    }
}
