using System.Collections.Concurrent;
using System.Text;
using Platform.Domain.Secrets;
using Platform.Workers.Secrets;

namespace Platform.Workers.Markets.Fetching;

/// <summary>
/// The keys that sources ask for: the platform's own secrets <c>fetch.SOURCE</c> <c>key</c>. Each is read once a version, so
/// that the audit log has one read and not one for each call.
/// </summary>
public sealed class FetchKeys(SecretVault vault) : IDisposable
{
    private static readonly SecretName Name = SecretName.From("key");
    private static readonly SecretPurpose Fetch = SecretPurpose.From("fetch");

    private readonly ConcurrentDictionary<string, OpenedSecret> known = new(StringComparer.Ordinal);

    /// <summary>How a source's secret is called; what no secret's name may hold becomes a hyphen.</summary>
    public static SecretAddress AddressOf(string source) =>
        new(Pool: null, SecretId.From($"fetch.{source.Replace(':', '-').Replace('/', '-')}"), Name);

    /// <exception cref="FetchException">There is none, or the vault is sealed.</exception>
    public async Task<string> OfAsync(string source, CancellationToken cancellationToken)
    {
        var address = AddressOf(source);
        try
        {
            var version = await vault.VersionAsync(address, cancellationToken);
            if (known.TryGetValue(source, out var had) && had.Version == version)
                return Encoding.UTF8.GetString(had.Value.Span);

            var opened = await vault.OpenAsync(address, new(Fetch), cancellationToken)
                ?? throw new FetchException(FetchFault.NoKey, $"The vault holds no {address.Id} {address.Name}.");
            // An older one may be in use this moment: it is left to the garbage collector, not zeroed.
            known[source] = opened;
            return Encoding.UTF8.GetString(opened.Value.Span);
        }
        catch (Exception error) when (error is VaultSealedException or SecretUnreadableException)
        {
            throw new FetchException(FetchFault.NoKey, error.Message);
        }
    }

    public void Dispose()
    {
        foreach (var secret in known.Values)
            secret.Dispose();
    }
}
