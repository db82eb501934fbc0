using System.Buffers.Text;
using System.Text.Json;
using Marten;
using Microsoft.AspNetCore.Identity;
using NpgsqlTypes;
using Platform.Domain.Identity;
using Platform.Projections;
using Platform.Projections.Identity;

namespace Platform.Api.Identity;

/// <summary>What an authenticator is to sign, and the name of the question.</summary>
/// <param name="ChallengeId">Comes back with the answer; good once, for five minutes.</param>
/// <param name="Options">As <c>navigator.credentials</c> takes it (WebAuthn Level 3, 5.4 and 5.5, JSON form).</param>
public sealed record PasskeyOptions(Guid ChallengeId, JsonElement Options);

/// <summary>An authenticator's answer.</summary>
/// <param name="Credential">As <c>navigator.credentials</c> gave it, in its JSON form.</param>
public sealed record PasskeyAnswer(Guid ChallengeId, JsonElement Credential);

/// <summary>The ceremonies of WebAuthn, which the framework's handler judges; here is what they are about.</summary>
public sealed class Passkeys(IPasskeyHandler<UserAccount> handler, IDocumentStore store, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>What a new authenticator signs.</summary>
    public async Task<PasskeyOptions> AskToCreateAsync(UserAccount account, HttpContext http)
    {
        var made = await handler.MakeCreationOptionsAsync(
            new() { Id = account.Id.ToString(), Name = account.Email, DisplayName = account.Email }, http);
        return await KeepAsync(made.CreationOptionsJson, made.AttestationState, http.RequestAborted);
    }

    /// <summary>What a known authenticator signs.</summary>
    /// <param name="account">Null: whoever it is.</param>
    public async Task<PasskeyOptions> AskToProveAsync(UserAccount? account, HttpContext http)
    {
        var made = await handler.MakeRequestOptionsAsync(account, http);
        return await KeepAsync(made.RequestOptionsJson, made.AssertionState, http.RequestAborted);
    }

    /// <summary>The new passkey; null when the answer is not good.</summary>
    /// <param name="label">What its owner calls it.</param>
    public async Task<PasskeyCredential?> CreatedAsync(UserAccount account, PasskeyAnswer answer, string label, HttpContext http)
    {
        if (await TakeAsync(answer.ChallengeId, http.RequestAborted) is not { } state)
            return null;

        var judged = await handler.PerformAttestationAsync(new()
        {
            HttpContext = http, CredentialJson = answer.Credential.GetRawText(), AttestationState = state,
        });
        if (judged is not { Succeeded: true, Passkey: { } passkey, UserEntity.Id: var owner } || !string.Equals(owner, account.Id.ToString(), StringComparison.Ordinal))
            return null;

        var credential = Base64Url.EncodeToString(passkey.CredentialId);
        return new(
            PasskeyId.For(account.Id, credential), account.Id, credential, label, Convert.ToBase64String(passkey.PublicKey),
            passkey.SignCount, passkey.Transports ?? [], passkey.IsUserVerified, passkey.IsBackupEligible, passkey.IsBackedUp,
            time.GetUtcNow(), LastUsedAt: null);
    }

    /// <summary>Whose passkey answered; null when the answer is not good.</summary>
    public async Task<UserAccount?> ProvenAsync(PasskeyAnswer answer, HttpContext http)
    {
        if (await TakeAsync(answer.ChallengeId, http.RequestAborted) is not { } state)
            return null;

        var judged = await handler.PerformAssertionAsync(new()
        {
            HttpContext = http, CredentialJson = answer.Credential.GetRawText(), AssertionState = state,
        });
        if (judged is not { Succeeded: true, User: { } account, Passkey: { } passkey })
            return null;

        await CountAsync(account, passkey, http.RequestAborted);
        return account;
    }

    private async Task<PasskeyOptions> KeepAsync(string options, string? state, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var challenge = new PasskeyChallenge(Guid.CreateVersion7(now), state ?? "", now + Patience);
        await using var session = store.LightweightSession();
        session.Insert(challenge);
        session.DeleteWhere<PasskeyChallenge>(old => old.ExpiresAt < now);
        await session.SaveChangesAsync(cancellationToken);
        return new(challenge.Id, JsonElement.Parse(options));
    }

    // One statement takes it away and tells it, so that of two answers to one question the second finds none.
    private async Task<string?> TakeAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var command = store.Storage.Database.Connections.CreateCommand(
            $"delete from {PlatformStore.Schema}.mt_doc_passkeychallenge where id = $1 returning data ->> 'state', data ->> 'expiresAt'");
        command.Parameters.Add(new() { Value = id, NpgsqlDbType = NpgsqlDbType.Uuid });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            && DateTimeOffset.Parse(reader.GetString(1), System.Globalization.CultureInfo.InvariantCulture) > time.GetUtcNow()
                ? reader.GetString(0)
                : null;
    }

    private async Task CountAsync(UserAccount account, UserPasskeyInfo passkey, CancellationToken cancellationToken)
    {
        await using var session = store.LightweightSession();
        var id = PasskeyId.For(account.Id, Base64Url.EncodeToString(passkey.CredentialId));
        if (await session.LoadAsync<PasskeyCredential>(id, cancellationToken) is not { } known)
            return;

        session.Update(known with { SignCount = passkey.SignCount, IsBackedUp = passkey.IsBackedUp, LastUsedAt = time.GetUtcNow() });
        await session.SaveChangesAsync(cancellationToken);
    }
}
