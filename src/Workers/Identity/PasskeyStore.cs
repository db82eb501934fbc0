using System.Buffers.Text;
using Marten;
using Microsoft.AspNetCore.Identity;
using Platform.Domain.Identity;
using Platform.Projections.Identity;

namespace Platform.Workers.Identity;

/// <summary>
/// What the framework's passkey handler reads of users and their passkeys. It writes nothing: what is to be kept, the
/// endpoints commit together with its event.
/// </summary>
public sealed class PasskeyStore(IDocumentStore store) : IUserPasskeyStore<UserAccount>
{
    public Task<string> GetUserIdAsync(UserAccount user, CancellationToken cancellationToken) => Task.FromResult(user.Id.ToString());

    public Task<string?> GetUserNameAsync(UserAccount user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Email);

    public Task<string?> GetNormalizedUserNameAsync(UserAccount user, CancellationToken cancellationToken) =>
        Task.FromResult<string?>(user.Email);

    public async Task<UserAccount?> FindByIdAsync(string userId, CancellationToken cancellationToken)
    {
        if (!Guid.TryParse(userId, out var id))
            return null;

        await using var session = store.QuerySession();
        return await session.LoadAsync<UserAccount>(UserId.From(id), cancellationToken);
    }

    public async Task<UserAccount?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken)
    {
        var email = normalizedUserName.ToLowerInvariant();
        await using var session = store.QuerySession();
        return await session.Query<UserAccount>().SingleOrDefaultAsync(user => user.Email == email, cancellationToken);
    }

    public async Task<IList<UserPasskeyInfo>> GetPasskeysAsync(UserAccount user, CancellationToken cancellationToken)
    {
        await using var session = store.QuerySession();
        var known = await session.Query<PasskeyCredential>().Where(passkey => passkey.UserId == user.Id)
            .Take(UserDecider.PasskeysMax).ToListAsync(cancellationToken);
        return [.. known.Select(Described)];
    }

    public async Task<UserAccount?> FindByPasskeyIdAsync(byte[] credentialId, CancellationToken cancellationToken)
    {
        var wanted = Base64Url.EncodeToString(credentialId);
        await using var session = store.QuerySession();
        return await session.Query<PasskeyCredential>().SingleOrDefaultAsync(passkey => passkey.CredentialId == wanted, cancellationToken)
            is { } known ? await session.LoadAsync<UserAccount>(known.UserId, cancellationToken) : null;
    }

    public async Task<UserPasskeyInfo?> FindPasskeyAsync(UserAccount user, byte[] credentialId, CancellationToken cancellationToken)
    {
        await using var session = store.QuerySession();
        return await session.LoadAsync<PasskeyCredential>(
            PasskeyId.For(user.Id, Base64Url.EncodeToString(credentialId)), cancellationToken) is { } known ? Described(known) : null;
    }

    public Task AddOrUpdatePasskeyAsync(UserAccount user, UserPasskeyInfo passkey, CancellationToken cancellationToken) => ReadsOnlyAsync();

    public Task RemovePasskeyAsync(UserAccount user, byte[] credentialId, CancellationToken cancellationToken) => ReadsOnlyAsync();

    public Task SetUserNameAsync(UserAccount user, string? userName, CancellationToken cancellationToken) => ReadsOnlyAsync();

    public Task SetNormalizedUserNameAsync(UserAccount user, string? normalizedName, CancellationToken cancellationToken) => ReadsOnlyAsync();

    public Task<IdentityResult> CreateAsync(UserAccount user, CancellationToken cancellationToken) => throw Unsupported();

    public Task<IdentityResult> UpdateAsync(UserAccount user, CancellationToken cancellationToken) => throw Unsupported();

    public Task<IdentityResult> DeleteAsync(UserAccount user, CancellationToken cancellationToken) => throw Unsupported();

    public void Dispose()
    {
        // Every call closes what it opened.
    }

    private static Task ReadsOnlyAsync() => throw Unsupported();

    private static NotSupportedException Unsupported() => new("Users and their passkeys change by commands alone.");

    private static UserPasskeyInfo Described(PasskeyCredential known) => new(
        Base64Url.DecodeFromChars(known.CredentialId), Convert.FromBase64String(known.PublicKey), known.CreatedAt, (uint)known.SignCount,
        [.. known.Transports], known.IsUserVerified, known.IsBackupEligible, known.IsBackedUp, attestationObject: [], clientDataJson: [])
    {
        Name = known.Label,
    };
}
