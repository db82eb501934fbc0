using System.Net;
using System.Net.Sockets;
using System.Text;
using Platform.Api.Tests.Identity;

namespace Platform.Api.Tests.Attacks;

/// <summary>Bytes to the real server, as no client would send them.</summary>
internal sealed class RawHttp : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private readonly Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <param name="from">Of this machine; any when null.</param>
    public static async Task<RawHttp> ConnectAsync(Uri server, IPAddress? from = null)
    {
        var raw = new RawHttp();
        raw.socket.Bind(new IPEndPoint(from ?? IPAddress.Loopback, 0));
        try
        {
            await raw.socket.ConnectAsync(IPAddress.Loopback, server.Port, Cancel);
        }
        catch (SocketException reset) when (reset.SocketErrorCode is SocketError.ConnectionReset)
        {
            // One too many, and told so at once.
        }

        return raw;
    }

    /// <summary>All that the server says to that until it closes the connection.</summary>
    /// <exception cref="TimeoutException">It does not.</exception>
    public static async Task<string> UntilClosedAsync(Uri server, string request)
    {
        using var raw = await ConnectAsync(server, Person.NewAddress());
        await raw.SendAsync(request);
        return await raw.UntilClosedAsync();
    }

    /// <summary>Whether the server took the bytes; it need not, once it closed.</summary>
    public Task<bool> SendAsync(string text) => SendAsync(Encoding.Latin1.GetBytes(text));

    /// <inheritdoc cref="SendAsync(string)"/>
    public async Task<bool> SendAsync(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            await socket.SendAsync(bytes, Cancel);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    public Task<string> UntilClosedAsync() => ReadAsync(_ => false);

    /// <summary>The status line and headers of one answer.</summary>
    public Task<string> HeadAsync() => ReadAsync(said => said.Contains("\r\n\r\n", StringComparison.Ordinal));

    public void Dispose() => socket.Dispose();

    private async Task<string> ReadAsync(Predicate<string> isAll)
    {
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        waiting.CancelAfter(Deadline);
        var (said, buffer) = ("", new byte[4096]);
        try
        {
            while (!isAll(said) && await socket.ReceiveAsync(buffer, waiting.Token) is var count and > 0)
                said += Encoding.Latin1.GetString(buffer, 0, count);
        }
        catch (SocketException)
        {
            // Cut off.
        }
        catch (OperationCanceledException late) when (!Cancel.IsCancellationRequested)
        {
            throw new TimeoutException($"The server keeps the connection after: {said}", late);
        }

        return said;
    }
}
