using System.Security.Cryptography;
using Marten;
using Microsoft.Extensions.Logging;
using Platform.Domain.Secrets;
using Platform.Domain.Values;
using Platform.Projections.Secrets;

namespace Platform.Workers.Secrets;

/// <summary>
/// Moves every secret to the newest data key, one secret a commit: whoever is killed in between has left each secret whole,
/// by the old key or by the new, and whoever comes next goes on with the rest.
/// </summary>
public sealed partial class KeyRotation(
    VaultSeal seal, KeyRingStore ring, IvSource ivs, IDocumentStore store, TimeProvider time, ILogger<KeyRotation> logger)
{
    // As many as are looked up at once.
    private const int BatchMax = 20;

    private static readonly SecretPurpose Purpose = SecretPurpose.From("keys.rotate");

    private readonly SecretCipher cipher = new(seal.Keys, ivs);

    /// <summary>Adds a data key, which seals from now on.</summary>
    /// <returns>Null when that was done; otherwise why not.</returns>
    /// <exception cref="SecretFileException">The key-encryption key, which has to wrap it, cannot be had.</exception>
    public async Task<Refusal?> BeginAsync(CancellationToken cancellationToken)
    {
        using var kek = seal.ReadKek();
        var refusal = await ring.AddAsync(kek, cancellationToken);
        await seal.RefreshAsync(cancellationToken);
        return refusal;
    }

    /// <summary>How many secrets are sealed by that data key.</summary>
    public async Task<long> CountAsync(int keyVersion, CancellationToken cancellationToken)
    {
        await using var session = store.QuerySession();
        return await session.Query<SecretEnvelope>()
            .LongCountAsync(row => row.AnyTenant() && row.KeyVersion == keyVersion, cancellationToken);
    }

    /// <summary>How many secrets are not sealed by the newest data key yet.</summary>
    public async Task<long> CountBehindAsync(CancellationToken cancellationToken)
    {
        await using var session = store.QuerySession();
        var active = seal.Keys.Active;
        return await session.Query<SecretEnvelope>().LongCountAsync(row => row.AnyTenant() && row.KeyVersion < active, cancellationToken);
    }

    /// <summary>Seals by the newest data key what is not yet, telling after each whether it could.</summary>
    /// <exception cref="VaultSealedException">Nothing can be sealed now.</exception>
    public async Task ResealAsync(Action<SecretAddress, SecretFault?> done, CancellationToken cancellationToken)
    {
        seal.Require();
        var last = Guid.Empty;
        while (await BehindAsync(last, cancellationToken) is { Count: > 0 } batch)
            foreach (var row in batch)
            {
                done(row.Address, await ResealAsync(row.Address, cancellationToken));
                last = row.Id.Value;
            }
    }

    /// <summary>Retires each data key that seals nothing any more, and destroys those that were out of use for a day.</summary>
    public async Task TidyAsync(CancellationToken cancellationToken)
    {
        if (await ring.FindAsync(cancellationToken) is not { } keys)
            return;

        foreach (var version in keys.Keys.Where(key => key != keys.Active).Select(key => key.Version))
        {
            var count = await CountAsync(version, cancellationToken);
            if (await ring.RetireAsync(version, count, cancellationToken) is null)
                await ring.DestroyAsync(version, count, cancellationToken);
        }

        await seal.RefreshAsync(cancellationToken);
    }

    private async Task<IReadOnlyList<SecretEnvelope>> BehindAsync(Guid last, CancellationToken cancellationToken)
    {
        await using var session = store.QuerySession();
        return await session.QueryAsync<SecretEnvelope>(
            """
            where d.key_version < ? and d.id > ? order by d.id limit ?
            """,
            cancellationToken, seal.Keys.Active, last, BatchMax);
    }

    private async Task<SecretFault?> ResealAsync(SecretAddress address, CancellationToken cancellationToken)
    {
        await using var session = store.LightweightSession(address.StoreTenant);
        var stream = await session.Events.FetchForExclusiveWriting<SealedSecret>(SealedSecretId.For(address).Value, cancellationToken);
        if (stream.Aggregate is not { IsDestroyed: false } secret || secret.KeyVersion >= seal.Keys.Active)
            return null;

        var row = await session.LoadAsync<SecretEnvelope>(secret.Id, cancellationToken);
        if (cipher.Open(address, row, secret, out var old) is { } fault)
        {
            LogNotResealed(address.ToString(), fault);
            await session.RecordAsync(address, secret.SecretVersion, Purpose, fault, time.GetUtcNow(), cancellationToken);
            await session.SaveChangesAsync(cancellationToken);
            return fault;
        }

        using (old)
        {
            var fresh = SealedAnew(address, secret, old!);
            var command = new ResealSecret(address, secret.SecretVersion, fresh.KeyVersion, fresh.Digest);
            stream.AppendMany((IEnumerable<object>)SealedSecretDecider.Decide(command, secret).Recorded());
            session.Store(fresh.Row(address, secret.SecretVersion, time.GetUtcNow()));
        }

        await session.SaveChangesAsync(cancellationToken);
        return null;
    }

    // Before the old envelope is given up, the new one has shown that it holds the same.
    private FreshEnvelope SealedAnew(SecretAddress address, SealedSecret secret, SecretBytes old)
    {
        var fresh = cipher.Seal(address, old.Span);
        var fault = cipher.Open(
            address, fresh.Row(address, secret.SecretVersion, time.GetUtcNow()), secret with { Digest = fresh.Digest }, out var again);
        using (again)
            return fault is null && CryptographicOperations.FixedTimeEquals(old.Span, again!.Span)
                ? fresh
                : throw new CryptographicException("What was sealed anew does not open to the same.");
    }

    [LoggerMessage(LogLevel.Critical, "Secret {Address} is not what was sealed there, and was left as it is: {Fault}")]
    private partial void LogNotResealed(string address, SecretFault fault);
}
