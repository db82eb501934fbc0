using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Platform.Domain.Identity;
using Platform.Domain.Values;
using Platform.Workers.Pki;

namespace Platform.Workers.Identity;

/// <summary>Whom a barrier may concern.</summary>
/// <param name="Name">The id in plain; null for a network, which would name a person.</param>
public sealed record BarrierSubject(BarrierScope Scope, BarrierId Id, string? Name);

/// <summary>
/// Names subjects by the first 128 bits of HMAC-SHA-256 under a key of this platform, so that neither memory nor tables
/// tell who is barred, or from where somebody came.
/// </summary>
public sealed class BarrierSubjects(byte[] key)
{
    private const int KeyBytes = 32;
    private const int AroundIPv4 = 24;
    private const int AroundIPv6 = 48;

    /// <summary>From a key file, made at first use and shared by all nodes.</summary>
    public static BarrierSubjects In(string folder) =>
        new(KeyFile.ReadOrMake(KeyFile.In(folder, "subjects.key"), () => RandomNumberGenerator.GetBytes(KeyBytes)));

    public BarrierSubject Everybody => Of(BarrierScope.Global, "everybody");

    public BarrierSubject User(UserId user) => Of(BarrierScope.User, user.ToString());

    public BarrierSubject Pool(PoolId pool) => Of(BarrierScope.Pool, pool.ToString());

    public BarrierSubject Session(SessionId session) => Of(BarrierScope.Session, session.ToString());

    public BarrierSubject ApiKey(string keyId) => Of(BarrierScope.ApiKey, keyId);

    /// <param name="thumbprint">SHA-256 of the node's certificate, base64url.</param>
    public BarrierSubject Node(string thumbprint) => Of(BarrierScope.Node, thumbprint);

    public BarrierSubject SigningKey(string keyId) => Of(BarrierScope.SigningKey, keyId);

    /// <summary>One address, or all of a network.</summary>
    public BarrierSubject Network(IPNetwork network) => new(
        BarrierScope.Network, IdOf(BarrierScope.Network, $"{network.BaseAddress}/{network.PrefixLength}"), Name: null);

    /// <summary>The address itself, and what one household or company usually has: a /24, or a /48 of IPv6.</summary>
    public (BarrierSubject Address, BarrierSubject Around) From(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return plain.AddressFamily is AddressFamily.InterNetwork
            ? (Network(new(plain, 32)), Network(Around(plain, AroundIPv4)))
            : (Network(new(plain, 128)), Network(Around(plain, AroundIPv6)));
    }

    /// <summary>A network as tokens are asked about it: one address, or what is around one. Null: nobody would ever ask.</summary>
    public BarrierSubject? Barrable(IPNetwork network)
    {
        var (exactly, around) = From(network.BaseAddress);
        return (network.BaseAddress.AddressFamily, network.PrefixLength) switch
        {
            (AddressFamily.InterNetwork, 32) or (AddressFamily.InterNetworkV6, 128) => exactly,
            (AddressFamily.InterNetwork, AroundIPv4) or (AddressFamily.InterNetworkV6, AroundIPv6) => around,
            _ => null,
        };
    }

    private static IPNetwork Around(IPAddress address, int prefix)
    {
        var bytes = address.GetAddressBytes();
        bytes.AsSpan(prefix / 8).Clear();
        return new(new IPAddress(bytes), prefix);
    }

    private BarrierSubject Of(BarrierScope scope, string name) => new(scope, IdOf(scope, name), name);

    private BarrierId IdOf(BarrierScope scope, string name)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        Span<byte> told = stackalloc byte[sizeof(int) + Encoding.UTF8.GetMaxByteCount(name.Length)];
        BinaryPrimitives.WriteInt32BigEndian(told, (int)scope);
        var length = sizeof(int) + Encoding.UTF8.GetBytes(name, told[sizeof(int)..]);
        HMACSHA256.HashData(key, told[..length], hash);
        return BarrierId.From(new(hash[..16], bigEndian: true));
    }
}
