using System.Collections.Frozen;
using System.Security.Cryptography;
using Platform.Domain.Secrets;

namespace Platform.Workers.Secrets;

/// <summary>The data keys of an unsealed vault, in memory. They never leave it: all that anyone gets is derived from one.</summary>
public sealed class DataKeys : IDisposable
{
    private readonly Lock gate = new();

    // Derived from where there is no key, so that it takes as long; what comes of it is thrown away.
    private readonly SecretBytes none = SecretBytes.Empty(Kek.DataKeyLength);
    private IReadOnlyDictionary<int, SecretBytes> keys = FrozenDictionary<int, SecretBytes>.Empty;
    private int minimum = 1;

    /// <summary>The version that seals; 0 while there is none.</summary>
    public int Active { get; private set; }

    /// <summary>From now on these; those that are no more among them are zeroed.</summary>
    /// <param name="unwrapped">Of each key of the ring; they become this ring's own.</param>
    public void Replace(KeyRing ring, IReadOnlyDictionary<int, SecretBytes> unwrapped)
    {
        lock (gate)
        {
            foreach (var key in keys.Values)
                key.Dispose();
            (keys, minimum, Active) = (unwrapped, ring.MinimumDecryptVersion, ring.Active.Version);
        }
    }

    /// <summary>As <see cref="DeriveKey"/> says.</summary>
    public SecretFault? Derive(int keyVersion, ReadOnlySpan<byte> info, Span<byte> key)
    {
        Span<byte> dataKey = stackalloc byte[Kek.DataKeyLength];
        try
        {
            var fault = Copy(keyVersion, dataKey);
            HKDF.DeriveKey(HashAlgorithmName.SHA256, dataKey, key, salt: [], info);
            return fault;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(dataKey);
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            foreach (var key in keys.Values)
                key.Dispose();
            (keys, Active) = (FrozenDictionary<int, SecretBytes>.Empty, 0);
        }

        none.Dispose();
    }

    private SecretFault? Copy(int version, Span<byte> to)
    {
        lock (gate)
        {
            var known = keys.TryGetValue(version, out var key);
            (known ? key! : none).Span.CopyTo(to);
            return (known, version < minimum) switch
            {
                (_, true) => SecretFault.KeyRetired,
                (false, _) => SecretFault.KeyUnknown,
                _ => null,
            };
        }
    }
}
