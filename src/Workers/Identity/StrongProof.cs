using Marten;
using Platform.Domain.Identity;
using Platform.Projections.Identity;

namespace Platform.Workers.Identity;

/// <summary>What a person brings to prove to be the one, now. Each kind that the person has set up is asked for.</summary>
/// <param name="Password">Null: none was given.</param>
public sealed record StrongProof(string? Password)
{
    private const int PasswordLengthMax = 256;

    /// <summary>How the person proved to be the one; <see cref="ProofMethods.None"/>: not at all.</summary>
    public async Task<ProofMethods> MethodsAsync(IQuerySession session, UserId user, CancellationToken cancellationToken)
    {
        var account = await session.LoadAsync<UserAccount>(user, cancellationToken);
        return Password is { Length: <= PasswordLengthMax } && Passwords.Verify(Password, account?.PasswordHash) 
            ? ProofMethods.Password
            : ProofMethods.None;
    }
}
