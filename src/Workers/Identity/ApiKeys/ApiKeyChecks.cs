using System.Net;
using Marten;
using Marten.Patching;
using Platform.Domain.Identity;
using Platform.Domain.Secrets;
using Platform.Projections.Identity;
using Platform.Workers.Secrets;

namespace Platform.Workers.Identity.ApiKeys;

/// <summary>Whether a key is good, asked anew at every request: one that was revoked is good no more.</summary>
public sealed class ApiKeyChecks(IDocumentStore store, VaultKeys keys, TimeProvider time)
{
    /// <summary>The key under which secrets of API keys are hashed.</summary>
    public static readonly SecretId Pepper = SecretId.From("apikeys.pepper");

    // What an unknown key is compared with, so that it takes as long as a known one.
    private static readonly byte[] NoHash = new byte[32];

    /// <summary>Null when the key is not good, for whatever reason.</summary>
    /// <param name="text">The whole key.</param>
    /// <param name="from">Where the request came from; null when that cannot be told.</param>
    /// <exception cref="VaultSealedException">It cannot be told now.</exception>
    public async Task<ApiKeyCredential?> FindAsync(string text, IPAddress? from, CancellationToken cancellationToken)
    {
        if (await FindAnywhereAsync(text, cancellationToken) is not { } known || !MayComeFrom(known, from))
            return null;

        await TouchAsync(known, cancellationToken);
        return known;
    }

    /// <summary>The same, wherever it comes from.</summary>
    /// <exception cref="VaultSealedException">It cannot be told now.</exception>
    public async Task<ApiKeyCredential?> FindAnywhereAsync(string text, CancellationToken cancellationToken)
    {
        if (!ApiKeyText.TryParse(text, out var name, out var secret))
            return null;

        await using var session = store.QuerySession();
        var known = await session.LoadAsync<ApiKeyCredential>(ApiKeyId.For(name), cancellationToken);
        var pepper = known is null
            ? await keys.CurrentAsync(Pepper, cancellationToken)
            : await keys.OfAsync(Pepper, known.PepperVersion, cancellationToken);
        var isGood = pepper?.IsHashOf(known is null ? NoHash : Convert.FromBase64String(known.SecretHash), secret) is true;
        return isGood && known?.ExpiresAt > time.GetUtcNow() ? known : null;
    }

    private static bool MayComeFrom(ApiKeyCredential key, IPAddress? from) =>
        key.Networks.Count == 0 || (from is not null && key.Networks.Any(network => IPNetwork.Parse(network).Contains(Plain(from))));

    // A socket for both families shows IPv4 callers as IPv6.
    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

    // To the hour, so that a busy key costs no write for each request.
    private async Task TouchAsync(ApiKeyCredential key, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var hour = new DateTimeOffset(now.Year, now.Month, now.Day, now.Hour, 0, 0, TimeSpan.Zero);
        if (key.LastUsedAt >= hour)
            return;

        await using var session = store.LightweightSession();
        session.Patch<ApiKeyCredential>(stored => stored.Id == key.Id).Set(stored => stored.LastUsedAt, hour);
        await session.SaveChangesAsync(cancellationToken);
    }
}
