using System.IO.Hashing;
using System.Net;
using System.Net.Sockets;
using System.Security.Claims;
using System.Security.Cryptography;
using Platform.Api.Identity;
using Platform.Domain.Identity;

namespace Platform.Api.Limits;

/// <summary>Whose bucket it is: an API key's, else a user's, else a network's.</summary>
/// <param name="Factor">How many times the limit a plan has; a key says nothing of a plan and has the ordinary limit.</param>
public readonly record struct RatePartition(string Name, int Factor)
{
    // Strangers may have to share a bucket, so that however many addresses somebody has, memory is bounded. Which ones
    // share nobody can find out: the seed is this process's own.
    private const int NetworksMax = 16_384;

    private static readonly long Seed = BitConverter.ToInt64(RandomNumberGenerator.GetBytes(sizeof(long)));

    /// <param name="address">Where the caller is; null when nobody knows.</param>
    public static RatePartition Of(ClaimsPrincipal caller, IPAddress? address) => Caller.Of(caller) is not Caller.Anonymous and var name
        ? new(name, UserLimits.RequestFactorOf(caller.Token?.Scope.Plan ?? Plan.Free))
        : OfNetwork(address);

    /// <summary>Of where a request comes from, whoever it says it is.</summary>
    public static RatePartition OfNetwork(IPAddress? address) =>
        new($"network:{XxHash3.HashToUInt64(Network(address), Seed) % NetworksMax}", Factor: 1);

    // A customer line has a whole /64 of IPv6.
    private static ReadOnlySpan<byte> Network(IPAddress? address) => address switch
    {
        null => [],
        { IsIPv4MappedToIPv6: true } => address.MapToIPv4().GetAddressBytes(),
        { AddressFamily: AddressFamily.InterNetworkV6 } => address.GetAddressBytes().AsSpan(0, 8),
        _ => address.GetAddressBytes(),
    };
}
