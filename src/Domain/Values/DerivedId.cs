using System.Security.Cryptography;
using System.Text;

namespace Platform.Domain.Values;

/// <summary>Ids that follow from what they name, so that a repeat meets its first attempt.</summary>
internal static class DerivedId
{
    /// <summary>The first 16 bytes of SHA-256 over the parts, each ended by a byte that no UTF-8 text contains.</summary>
    public static Guid Of(params ReadOnlySpan<string> parts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var part in parts)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(part));
            hash.AppendData([0xFF]);
        }
        return new(hash.GetHashAndReset().AsSpan(0, 16), bigEndian: true);
    }
}
