using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Platform.Domain.Markets;
using Platform.Domain.Markets.Aggregation;

namespace Platform.Workers.Markets.Aggregation;

/// <summary>Tells changes to whoever listens. Each listener keeps the latest of each market: a slow one skips, and holds up nobody.</summary>
internal sealed class DeltaFan
{
    private readonly ConcurrentDictionary<Listener, byte> listeners = new();

    /// <summary>To be told the next time.</summary>
    public void Add(IReadOnlyCollection<MarketDelta> changed)
    {
        foreach (var listener in listeners.Keys)
            listener.Add(changed);
    }

    public void Tell()
    {
        foreach (var listener in listeners.Keys)
            listener.Tell();
    }

    public async IAsyncEnumerable<MarketDelta[]> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var listener = new Listener();
        listeners.TryAdd(listener, 0);
        try
        {
            await foreach (var _ in listener.TellingsAsync(cancellationToken))
                if (listener.Take() is { Length: > 0 } changed)
                    yield return changed;
        }
        finally
        {
            listeners.TryRemove(listener, out _);
        }
    }

    private sealed class Listener
    {
        private readonly Lock gate = new();
        private readonly Dictionary<MarketKey, MarketDelta> pending = [];
        private readonly Channel<bool> tellings = Channel.CreateBounded<bool>(
            new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

        public void Add(IReadOnlyCollection<MarketDelta> changed)
        {
            lock (gate)
                foreach (var delta in changed)
                    pending[delta.Market] = delta;
        }

        public void Tell() => tellings.Writer.TryWrite(true);

        public IAsyncEnumerable<bool> TellingsAsync(CancellationToken cancellationToken) =>
            tellings.Reader.ReadAllAsync(cancellationToken);

        public MarketDelta[] Take()
        {
            lock (gate)
            {
                MarketDelta[] taken = [.. pending.Values];
                pending.Clear();
                return taken;
            }
        }
    }
}
