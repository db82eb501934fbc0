using System.Threading.Channels;

namespace Platform.Workers.Markets.Venues.Streams;

/// <summary>What is to be said on the running connection beside its subscriptions; bounded.</summary>
internal sealed class StreamRequests
{
    private const int WaitingMax = 200;

    private readonly Channel<string> waiting = Channel.CreateBounded<string>(WaitingMax);

    public ChannelReader<string> Reader => waiting.Reader;

    /// <summary>In this order; false where too much waits already.</summary>
    public bool TryAsk(params ReadOnlySpan<string> requests)
    {
        foreach (var request in requests)
            if (!waiting.Writer.TryWrite(request))
                return false;
        return true;
    }

    /// <summary>What was asked of the connection before is told by the new one anyway.</summary>
    public void Forget()
    {
        while (waiting.Reader.TryRead(out _))
        {
            // Forgotten.
        }
    }
}
