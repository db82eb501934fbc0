using System.Net;
using System.Net.Sockets;

namespace Platform.Api.Tests.Identity;

/// <summary>Callers from other places: all of 127.0.0.0/8 is this machine, so another of its addresses is another caller.</summary>
internal static class Elsewhere
{
    public static HttpClient ClientOf(Uri platform, IPAddress from) => new(new SocketsHttpHandler
    {
        ConnectCallback = async (context, cancel) =>
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            socket.Bind(new IPEndPoint(from, 0));
            await socket.ConnectAsync(IPAddress.Loopback, context.DnsEndPoint.Port, cancel);
            return new NetworkStream(socket, ownsSocket: true);
        },
    })
    { BaseAddress = platform };
}
