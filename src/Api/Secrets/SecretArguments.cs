using Platform.Domain.Secrets;
using Platform.Domain.Values;
using Platform.Workers.Secrets;

namespace Platform.Api.Secrets;

/// <summary>What the commands of this room have in common.</summary>
internal static class SecretArguments
{
    /// <exception cref="UsageException">It is none.</exception>
    public static SecretId Id(string text) => Parsed(() => SecretId.From(text));

    /// <exception cref="UsageException">It is none.</exception>
    public static SecretAddress Address(Guid? pool, string id, string name) =>
        new(pool is { } value ? PoolId.From(value) : null, Id(id), Parsed(() => SecretName.From(name)));

    extension(IServiceProvider services)
    {
        /// <exception cref="UsageException">It stays sealed; the message says why.</exception>
        public async Task<VaultSeal> OpenVaultAsync(CancellationToken stop)
        {
            var seal = services.GetRequiredService<VaultSeal>();
            return await seal.RefreshAsync(stop) is VaultState.Unsealed
                ? seal
                : throw new UsageException($"The vault is sealed. {seal.Trouble}");
        }
    }

    private static T Parsed<T>(Func<T> parse)
    {
        try
        {
            return parse();
        }
        catch (ArgumentException)
        {
            throw new UsageException("A secret is named by 1 to 128 of A-Z, a-z, 0-9, '_', '.' and '-'.");
        }
    }
}
