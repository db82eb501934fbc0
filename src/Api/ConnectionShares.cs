using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;

namespace Platform.Api;

/// <summary>Lets nobody hold so many connections that none are left for others.</summary>
/// <param name="max">Of one IPv4 address, or of one IPv6 network of 64 bits, which is what one customer is given.</param>
public sealed class ConnectionShares(int max)
{
    private const int NetworkBytes = 8;

    private readonly Dictionary<IPAddress, int> open = [];
    private readonly Lock guard = new();

    /// <summary>Serves a connection, or ends it unread when it is one too many.</summary>
    public async Task AdmitAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        if ((connection.RemoteEndPoint as IPEndPoint)?.Address is not { } address)
        {
            await next(connection);
            return;
        }

        var holder = HolderOf(address);
        if (!TryTake(holder))
        {
            connection.Abort();
            return;
        }

        try
        {
            await next(connection);
        }
        finally
        {
            GiveBack(holder);
        }
    }

    private static IPAddress HolderOf(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            return address.MapToIPv4();
        if (address.AddressFamily is not AddressFamily.InterNetworkV6)
            return address;

        var bytes = address.GetAddressBytes();
        bytes.AsSpan(NetworkBytes).Clear();
        return new(bytes);
    }

    private bool TryTake(IPAddress holder)
    {
        lock (guard)
        {
            var held = open.GetValueOrDefault(holder);
            if (held < max)
                open[holder] = held + 1;
            return held < max;
        }
    }

    private void GiveBack(IPAddress holder)
    {
        lock (guard)
        {
            if (--open[holder] == 0)
                open.Remove(holder);
        }
    }
}
