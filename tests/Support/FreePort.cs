using System.Net;
using System.Net.Sockets;

namespace Platform.Tests.Support;

/// <summary>A TCP port of this machine on which nobody listened a moment ago.</summary>
public static class FreePort
{
    public static int Next()
    {
        using var listener = new TcpListener(IPAddress.Loopback, port: 0);
        listener.Start();

        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
