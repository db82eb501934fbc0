using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using Platform.Domain.Secrets;
using Platform.Projections;

namespace Platform.Workers.Secrets;

/// <summary>
/// Keys that the platform needs for itself, such as to hash API keys by. Each is a secret like any other, <c>v1</c>, <c>v2</c>,
/// … of its purpose, made at first use: so it outlives every rotation of the data keys.
/// </summary>
public sealed class VaultKeys(SecretVault vault)
{
    private static readonly SecretPurpose Use = SecretPurpose.From("vault.key");

    private readonly ConcurrentDictionary<(SecretId Purpose, int Version), VaultKey> opened = new();
    private readonly ConcurrentDictionary<SecretId, int> newest = new();

    /// <summary>The newest key of the purpose; the first to ask makes it.</summary>
    /// <exception cref="VaultSealedException">It cannot be had now.</exception>
    public async Task<VaultKey> CurrentAsync(SecretId purpose, CancellationToken cancellationToken)
    {
        if (newest.TryGetValue(purpose, out var known))
            return opened[(purpose, known)];

        var version = Math.Max(1, await NewestAsync(purpose, cancellationToken));
        var key = await OfAsync(purpose, version, cancellationToken) ?? await MakeAsync(purpose, version, cancellationToken);
        newest[purpose] = key.Version;
        return key;
    }

    /// <summary>The key by which something was made before; null when there is none of that version.</summary>
    /// <exception cref="VaultSealedException">It cannot be had now.</exception>
    public async Task<VaultKey?> OfAsync(SecretId purpose, int version, CancellationToken cancellationToken)
    {
        if (opened.TryGetValue((purpose, version), out var known))
            return known;
        if (await vault.OpenAsync(Address(purpose, version), new(Use), cancellationToken) is not { } secret)
            return null;

        return opened.GetOrAdd((purpose, version), new VaultKey(version, secret.Value));
    }

    /// <summary>A new key for the purpose, current from now on in this process, and in others from their next start.</summary>
    /// <exception cref="VaultSealedException">It cannot be made now.</exception>
    public async Task<VaultKey> RenewAsync(SecretId purpose, CancellationToken cancellationToken)
    {
        var key = await MakeAsync(purpose, await NewestAsync(purpose, cancellationToken) + 1, cancellationToken);
        newest[purpose] = key.Version;
        return key;
    }

    private async Task<VaultKey> MakeAsync(SecretId purpose, int version, CancellationToken cancellationToken)
    {
        var address = Address(purpose, version);
        using (var value = SecretBytes.Empty(VaultKey.Length))
        {
            RandomNumberGenerator.Fill(value.Span);
            await using var session = vault.SessionOf(address);
            await vault.SealFirstAsync(session, address, value, cancellationToken);
            try
            {
                await session.SaveChangesAsync(cancellationToken);
            }
            catch (Exception error) when (error.IsStoreConflict)
            {
                // Another node was first: its key is the one.
            }
        }

        return await OfAsync(purpose, version, cancellationToken) ?? throw new SecretUnreadableException();
    }

    private async Task<int> NewestAsync(SecretId purpose, CancellationToken cancellationToken)
    {
        var version = 0;
        while (await vault.VersionAsync(Address(purpose, version + 1), cancellationToken) is not null)
            version++;
        return version;
    }

    private static SecretAddress Address(SecretId purpose, int version) =>
        new(Pool: null, purpose, SecretName.From(string.Create(CultureInfo.InvariantCulture, $"v{version}")));
}
