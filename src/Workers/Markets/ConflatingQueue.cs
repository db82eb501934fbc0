using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Platform.Workers.Markets;

/// <summary>
/// A queue in which each item waits at most once, so that it is bounded by how many there are and a slow reader
/// loses repetitions, never an item. Any number of writers, one reader.
/// </summary>
public sealed class ConflatingQueue<T> where T : notnull
{
    private readonly ConcurrentDictionary<T, byte> waiting = new();
    private readonly Channel<T> queue = Channel.CreateUnbounded<T>(new() { SingleReader = true });

    public void Offer(T item)
    {
        if (waiting.TryAdd(item, 0))
            queue.Writer.TryWrite(item);
    }

    /// <summary>An item offered again while it is being worked on comes again.</summary>
    public async IAsyncEnumerable<T> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var item in queue.Reader.ReadAllAsync(cancellationToken))
        {
            waiting.TryRemove(item, out _);
            yield return item;
        }
    }
}
