using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Platform.Workers.Tests.Trading;

/// <summary>A line to the venue that a test can cut and mend: it copies bytes both ways.</summary>
internal sealed class Line : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, port: 0);
    private readonly CancellationTokenSource ending = new();
    private readonly ConcurrentDictionary<TcpClient, bool> open = [];
    private readonly Uri target;
    private readonly Task accepting;
    private volatile bool isCut;

    public Line(Uri target)
    {
        this.target = target;
        listener.Start();
        accepting = AcceptAsync();
    }

    public Uri Address => new($"ws://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");

    /// <summary>Breaks what is connected and lets nothing through until mended.</summary>
    public void Cut()
    {
        isCut = true;
        foreach (var connection in open.Keys)
            connection.Close();
    }

    public void Mend() => isCut = false;

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        Cut();
        await accepting;
        listener.Dispose();
        ending.Dispose();
    }

    private async Task AcceptAsync()
    {
        List<Task> carrying = [];
        try
        {
            while (true)
                carrying.Add(CarryAsync(await listener.AcceptTcpClientAsync(ending.Token)));
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(carrying);
        }
    }

    private async Task CarryAsync(TcpClient client)
    {
        using var near = client;
        using var far = new TcpClient();
        open[near] = true;
        try
        {
            if (isCut)
                return;
            await far.ConnectAsync(target.Host, target.Port, ending.Token);
            await await Task.WhenAny(
                near.GetStream().CopyToAsync(far.GetStream(), ending.Token), far.GetStream().CopyToAsync(near.GetStream(), ending.Token));
        }
        catch (Exception error) when (error is IOException or SocketException or ObjectDisposedException or OperationCanceledException or InvalidOperationException)
        {
            // Cut, or ended by either side: both ends see it at once.
        }
        finally
        {
            open.TryRemove(near, out _);
        }
    }
}
