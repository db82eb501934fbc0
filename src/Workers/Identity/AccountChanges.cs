using Marten;
using Platform.Domain.Identity;
using Platform.Domain.Values;
using Platform.Projections.Identity;
using Platform.Workers.Identity.ApiKeys;

namespace Platform.Workers.Identity;

/// <summary>
/// What people change about how they prove to be the ones. Each is one commit: the fact, the credential, the use of the
/// danger token, and the barrier before every token that the person had. The session that asked goes on with a new one.
/// </summary>
public sealed class AccountChanges(
    IDocumentStore store, Barriers barriers, BarrierSubjects subjects, Sessions sessions, Totp totp, AddressProof proof, TimeProvider time)
{
    private static readonly Answer CodeNotGood = new(
        new Refusal("invalid_code", "The code is not good, too old or used: ask for another letter.", "code"));

    /// <summary>The first password, or another one for whoever forgot theirs: the letter's code is the proof, and good once.</summary>
    /// <param name="code">Of the letter.</param>
    /// <returns>The address when there is no refusal.</returns>
    public async Task<(Answer Answer, string Email)> ChoosePasswordAsync(
        string code, string password, CancellationToken cancellationToken)
    {
        if (proof.ClaimedUser(code) is not { } id)
            return (CodeNotGood, "");

        await using var session = SessionOf(id);
        // The stream before the account: a password that changes in between changes the stream too, and this commit fails.
        var answer = await session.DecideAsync(id, user => UserDecider.Decide(new ChoosePassword(id), user), cancellationToken);
        var account = await session.LoadAsync<UserAccount>(id, cancellationToken);
        if (answer.Refusal is not null || account is null || !proof.IsFor(code, account))
            return (CodeNotGood, "");
        if (PasswordRules.WhyNot(password, account.Email) is { } weak)
            return (new(weak), "");

        session.Store(account with { PasswordHash = Passwords.Hash(password) });
        await CommitAsync(session, id, kept: null, cancellationToken);
        return (answer, account.Email);
    }

    /// <param name="hash">Argon2id in the PHC string format.</param>
    public Task<Answer> ReplacePasswordAsync(DangerToken token, string hash, CancellationToken cancellationToken) =>
        ChangeAsync(token, async session =>
        {
            if (await session.LoadAsync<UserAccount>(token.UserId, cancellationToken) is not { } account)
                return new(Refusal.NotFound);

            session.Store(account with { PasswordHash = hash });
            return await DecideAsync(session, token, user => UserDecider.Decide(new ReplacePassword(token.UserId), user), cancellationToken);
        }, cancellationToken);

    public Task<Answer> RemoveTotpAsync(DangerToken token, CancellationToken cancellationToken) =>
        ChangeAsync(token, async session =>
        {
            await Totp.RemoveAsync(session, token.UserId, cancellationToken);
            return await DecideAsync(session, token, user => UserDecider.Decide(new RemoveTotp(token.UserId), user), cancellationToken);
        }, cancellationToken);

    public Task<Answer> AddPasskeyAsync(DangerToken token, PasskeyCredential passkey, CancellationToken cancellationToken) =>
        ChangeAsync(token, session =>
        {
            session.Store(passkey);
            return DecideAsync(session, token, user => UserDecider.Decide(new AddPasskey(token.UserId, passkey.Id), user), cancellationToken);
        }, cancellationToken);

    public Task<Answer> RemovePasskeyAsync(DangerToken token, PasskeyId passkey, CancellationToken cancellationToken) =>
        ChangeAsync(token, session =>
        {
            session.Delete<PasskeyCredential>((object)passkey);
            return DecideAsync(session, token, user => UserDecider.Decide(new RemovePasskey(token.UserId, passkey), user), cancellationToken);
        }, cancellationToken);

    /// <summary>For who lost the second factor; whoever asks for it was looked at by a person.</summary>
    public async Task<Answer> ResetFactorsAsync(UserId id, CancellationToken cancellationToken)
    {
        await using var session = store.LightweightSession();
        var answer = await session.DecideAsync(id, user => UserDecider.Decide(new ResetFactors(id), user), cancellationToken);
        if (answer.Refusal is not null)
            return answer;

        await Totp.RemoveAsync(session, id, cancellationToken);
        session.DeleteWhere<PasskeyCredential>(passkey => passkey.UserId == id);
        await CommitAsync(session, id, kept: null, cancellationToken);
        return answer;
    }

    /// <summary>The person's facts stay, for they name nobody; everything that does is erased.</summary>
    public Task<Answer> DeleteAsync(DangerToken token, CancellationToken cancellationToken) =>
        ChangeAsync(token, async session =>
        {
            if (await session.LeaveAllPoolsAsync(token.UserId, cancellationToken) is { } refusal)
                return new(refusal);

            var answer = await DecideAsync(session, token, user => UserDecider.Decide(new DeleteUser(token.UserId), user), cancellationToken);
            await Totp.RemoveAsync(session, token.UserId, cancellationToken);
            await session.RevokeAllOfAsync(token.UserId, cancellationToken);
            session.DeleteWhere<PasskeyCredential>(passkey => passkey.UserId == token.UserId);
            session.Delete<UserAccount>((object)token.UserId);
            return answer;
        }, cancellationToken);

    /// <summary>No danger token, and nothing ends: a second factor only makes it harder to be the person.</summary>
    public async Task<Answer> ConfirmTotpAsync(UserId id, string code, CancellationToken cancellationToken)
    {
        await using var session = SessionOf(id);
        if (!await totp.ConfirmAsync(session, id, code, cancellationToken))
            return new(new Refusal("code_wrong", "That code is not right; the next one may be.", "code"));

        var answer = await session.DecideAsync(id, user => UserDecider.Decide(new EnrollTotp(id), user), cancellationToken);
        if (answer.Refusal is null)
            await session.SaveChangesAsync(cancellationToken);
        return answer;
    }

    private static Task<Answer> DecideAsync(
        IDocumentSession session, DangerToken token, Func<User?, Decision<UserEvent>> decide, CancellationToken cancellationToken) =>
        session.DecideAsync(token.UserId, decide, cancellationToken);

    private IDocumentSession SessionOf(UserId id)
    {
        var session = store.LightweightSession();
        session.LastModifiedBy = id.ToString();
        return session;
    }

    private async Task<Answer> ChangeAsync(
        DangerToken token, Func<IDocumentSession, Task<Answer>> change, CancellationToken cancellationToken)
    {
        await using var session = SessionOf(token.UserId);
        var answer = await change(session);
        if (answer.Refusal is not null)
            return answer;

        session.Spend(token, time);
        await CommitAsync(session, token.UserId, token.SessionId, cancellationToken);
        return answer;
    }

    private async Task CommitAsync(IDocumentSession session, UserId user, SessionId? kept, CancellationToken cancellationToken)
    {
        var raised = await session.RaiseBarriersAsync([subjects.User(user)], BarrierCause.CredentialChanged, cancellationToken);
        await session.SaveChangesAsync(cancellationToken);
        barriers.Learn(raised);
        // No token of theirs is good any more; that they also show as ended may come a moment later.
        await sessions.EndOthersAsync(user, kept, SessionEnding.CredentialChanged, cancellationToken);
    }
}
