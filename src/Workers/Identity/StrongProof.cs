using Marten;
using Platform.Domain.Identity;
using Platform.Projections.Identity;

namespace Platform.Workers.Identity;

/// <summary>What a person brings to prove to be the one, now.</summary>
/// <param name="Password">Null: none was given.</param>
/// <param name="Code">Of an authenticator app; null: none was given.</param>
/// <param name="HasPasskey">Whether a passkey of this very person signed this very challenge; the framework said so before.</param>
public sealed record StrongProof(TokenOrigin Origin, string? Password, string? Code = null, bool HasPasskey = false)
{
    // A proof prints as nothing.
    public override string ToString() => "(proof)";
}

/// <summary>
/// Whether a proof is good enough for something that cannot be taken back: a passkey, or a one-time code; the password alone
/// only of who has set up neither.
/// </summary>
public sealed class StrongProofs(IDocumentStore store, Totp totp, GuessBudget guesses)
{
    private const int PasswordLengthMax = 256;

    /// <summary>How the person proved to be the one; <see cref="ProofMethods.None"/>: not at all.</summary>
    /// <exception cref="TooManyGuessesException">There were too many wrong proofs lately.</exception>
    public async Task<ProofMethods> CheckAsync(UserId id, StrongProof proof, CancellationToken cancellationToken)
    {
        if (proof.HasPasskey)
            return ProofMethods.Passkey;

        await using var session = store.QuerySession();
        if (await session.LoadAsync<User>(id, cancellationToken) is not { IsDeleted: false } user)
            return ProofMethods.None;
        if (user.HasTotp)
            return proof.Code is { } code && await totp.TakeAsync(id, code, proof.Origin, cancellationToken) ? ProofMethods.OneTimeCode : ProofMethods.None;
        if (!user.Passkeys.IsEmpty || proof.Password is not { Length: <= PasswordLengthMax } password)
            return ProofMethods.None;

        if (await session.LoadAsync<UserAccount>(id, cancellationToken) is not { } account)
            return ProofMethods.None;

        return await guesses.TryAsync(
            Guess.AtPassword(account.Email, id, proof.Origin), () => new(Passwords.Verify(password, account.PasswordHash)), cancellationToken)
                ? ProofMethods.Password
                : ProofMethods.None;
    }
}
