using System.Threading.Channels;

namespace Platform.Workers.Realtime;

/// <summary>Wakes one waiting loop; any number of settings before it looks are one.</summary>
internal sealed class Signal
{
    private readonly Channel<bool> set = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    public void Set() => set.Writer.TryWrite(true);

    public async Task WaitAsync(CancellationToken cancellationToken) => await set.Reader.ReadAsync(cancellationToken);
}
