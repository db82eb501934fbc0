using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace Platform.Workers.Identity;

/// <summary>
/// Tokens whose signature was found good, by SHA-256 of the token: what can change about one (time, barriers, who brings it)
/// is asked each time all the same. Two generations, so that it is bounded and the busy ones stay.
/// </summary>
internal sealed class VerificationCache
{
    private const int GenerationMax = 10_000;

    private ConcurrentDictionary<UInt128, VerifiedToken> young = new();
    private ConcurrentDictionary<UInt128, VerifiedToken> old = new();

    /// <summary>The first half of the digest: two tokens that share it would take 2^64 signatures of ours to find.</summary>
    public static UInt128 KeyOf(string token)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        Span<byte> bytes = stackalloc byte[Paseto.LengthMax];
        SHA256.HashData(bytes[..Encoding.Latin1.GetBytes(token, bytes)], digest);
        return BinaryPrimitives.ReadUInt128BigEndian(digest);
    }

    public T? Find<T>(UInt128 key) where T : VerifiedToken
    {
        if (young.TryGetValue(key, out var found))
            return found as T;
        if (!old.TryGetValue(key, out found))
            return null;

        Add(key, found);
        return found as T;
    }

    public void Add(UInt128 key, VerifiedToken token)
    {
        if (young.Count >= GenerationMax)
            (old, young) = (young, new());
        young[key] = token;
    }
}
