using Marten;
using Microsoft.Extensions.Logging;
using Platform.Domain.Secrets;
using Platform.Domain.Values;
using Platform.Projections.Secrets;

namespace Platform.Workers.Secrets;

/// <summary>
/// Keeps secrets. A value is sealed in the commit of the operation that brings it, read only after the read was recorded,
/// and gone for good when it is destroyed.
/// </summary>
public sealed partial class SecretVault(
    VaultSeal seal, IvSource ivs, IDocumentStore store, TimeProvider time, ILogger<SecretVault> logger)
{
    private readonly SecretCipher cipher = new(seal.Keys, ivs);

    /// <summary>Adds the value, as the secret's next version, to what the session commits.</summary>
    /// <param name="session">Of the secret's own tenant.</param>
    /// <param name="value">1 to <see cref="Envelope.PlaintextBytesMax"/> bytes; the caller's to dispose of.</param>
    /// <exception cref="VaultSealedException">Nothing can be sealed now.</exception>
    /// <exception cref="ArgumentException">The session is another tenant's.</exception>
    public Task SealAsync(
        IDocumentSession session, SecretAddress address, SecretBytes value, CancellationToken cancellationToken) =>
        SealAsync(session, address, value, SealedSecretDecider.Decide, cancellationToken);

    /// <summary>The same, but only if there is no value yet.</summary>
    /// <inheritdoc cref="SealAsync(IDocumentSession, SecretAddress, SecretBytes, CancellationToken)"/>
    public Task SealFirstAsync(
        IDocumentSession session, SecretAddress address, SecretBytes value, CancellationToken cancellationToken) => SealAsync(
            session, address, value,
            (command, secret) => SealedSecretDecider.Decide(new SealFirst(command.Address, command.KeyVersion, command.Digest), secret),
            cancellationToken);

    /// <summary>The value, after the read was committed to the audit log; when that fails, so does this.</summary>
    /// <returns>Null when there is no such secret, or it was destroyed.</returns>
    /// <exception cref="VaultSealedException">No secret can be read now.</exception>
    /// <exception cref="SecretUnreadableException">What is stored is not what was sealed; the alert is recorded.</exception>
    public async Task<OpenedSecret?> OpenAsync(SecretAddress address, SecretUse use, CancellationToken cancellationToken)
    {
        seal.Require();
        await using var session = SessionOf(address);
        (session.CorrelationId, session.LastModifiedBy) = (use.RayId, use.UserName);
        // Locked: nobody seals it anew between a look at its events and one at its row.
        var stream = await session.Events.FetchForExclusiveWriting<SealedSecret>(SealedSecretId.For(address).Value, cancellationToken);
        if (stream.Aggregate is not { IsDestroyed: false } secret)
            return null;

        var row = await session.LoadAsync<SecretEnvelope>(secret.Id, cancellationToken);
        var fault = cipher.Open(address, row, secret, out var value);
        if (fault is SecretFault.KeyUnknown && await IsNewKeyAsync(row, cancellationToken))
            fault = cipher.Open(address, row, secret, out value);
        if (fault is { } what)
            LogRefused(address.ToString(), what);
        try
        {
            await session.RecordAsync(address, secret.SecretVersion, use.Purpose, fault, time.GetUtcNow(), cancellationToken);
            await session.SaveChangesAsync(cancellationToken);
        }
        catch
        {
            value?.Dispose();
            throw;
        }

        return value is null ? throw new SecretUnreadableException() : new(secret.SecretVersion, value);
    }

    /// <summary>Adds the secret's end to what the session commits.</summary>
    /// <param name="session">Of the secret's own tenant.</param>
    /// <returns>Null when it will be destroyed; otherwise why not.</returns>
    /// <exception cref="ArgumentException">The session is another tenant's.</exception>
    public static async Task<Refusal?> DestroyAsync(
        IDocumentSession session, SecretAddress address, CancellationToken cancellationToken)
    {
        RequireTenant(session, address);
        var stream = await session.Events.FetchForWriting<SealedSecret>(SealedSecretId.For(address).Value, cancellationToken);
        return SealedSecretDecider.Decide(new DestroySecret(address), stream.Aggregate).Match(
            events =>
            {
                stream.AppendMany((IEnumerable<object>)events);
                session.Delete<SecretEnvelope>((object)SealedSecretId.For(address));
                return default(Refusal);
            },
            refusal => refusal);
    }

    /// <summary>The version that is sealed now, of which nothing is read; null when there is none.</summary>
    public async Task<int?> VersionAsync(SecretAddress address, CancellationToken cancellationToken)
    {
        await using var session = SessionOf(address);
        return (await session.LoadAsync<SecretEnvelope>(SealedSecretId.For(address), cancellationToken))?.SecretVersion;
    }

    /// <summary>A session in which that secret can be sealed or destroyed.</summary>
    public IDocumentSession SessionOf(SecretAddress address) => store.LightweightSession(address.StoreTenant);

    private async Task SealAsync(
        IDocumentSession session, SecretAddress address, SecretBytes value,
        Func<SealSecret, SealedSecret?, Decision<SealedSecretEvent>> decide, CancellationToken cancellationToken)
    {
        seal.Require();
        RequireTenant(session, address);
        var stream = await session.Events.FetchForWriting<SealedSecret>(SealedSecretId.For(address).Value, cancellationToken);
        var fresh = cipher.Seal(address, value.Span);
        foreach (var happened in decide(new(address, fresh.KeyVersion, fresh.Digest), stream.Aggregate).Recorded())
        {
            stream.AppendOne(happened);
            if (happened is SecretSealed { Version: var version })
                session.Store(fresh.Row(address, version, time.GetUtcNow()));
        }
    }

    private static void RequireTenant(IDocumentSession session, SecretAddress address)
    {
        if (!string.Equals(session.TenantId, address.StoreTenant, StringComparison.Ordinal))
            throw new ArgumentException("The session is another tenant's.", nameof(session));
    }

    // Another node may have added a data key a moment ago.
    private async Task<bool> IsNewKeyAsync(SecretEnvelope? row, CancellationToken cancellationToken)
    {
        var known = seal.Keys.Active;
        await seal.RefreshAsync(cancellationToken);
        return row?.KeyVersion > known && seal.Keys.Active > known;
    }

    [LoggerMessage(LogLevel.Critical, "Secret {Address} is not what was sealed there: {Fault}")]
    private partial void LogRefused(string address, SecretFault fault);
}
