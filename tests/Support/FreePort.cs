using System.Net;
using System.Net.Sockets;

namespace Platform.Tests.Support;

/// <summary>
/// A TCP port of this machine on which nobody listened a moment ago, and which the system gives to nobody who asks for any: so it is
/// still free when a process that takes seconds to start listens on it, and when it is started again after a while.
/// </summary>
public static class FreePort
{
    // Below those that Linux gives out by itself (net.ipv4.ip_local_port_range, from 32768).
    private const int First = 20_000;
    private const uint Count = 12_000;

    // Test processes that run side by side begin at different places.
    private static int last = Random.Shared.Next((int)Count);

    public static int Next()
    {
        while (true)
        {
            var port = First + (int)((uint)Interlocked.Increment(ref last) % Count);
            if (IsFree(port))
                return port;
        }
    }

    private static bool IsFree(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
