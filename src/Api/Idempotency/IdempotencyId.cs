using System.Security.Cryptography;
using System.Text;
using Platform.Domain.Values;

namespace Platform.Api.Idempotency;

/// <summary>The name under which a caller's key is remembered.</summary>
internal static class IdempotencyId
{
    /// <summary>The first 16 bytes of SHA-256 over caller and key.</summary>
    public static Guid For(string caller, EnsureKey key) =>
        new(SHA256.HashData(Encoding.UTF8.GetBytes($"{caller}\n{key}")).AsSpan(0, 16), bigEndian: true);
}
