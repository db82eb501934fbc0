using System.Net;
using Platform.Domain.Identity;

namespace Platform.Workers.Identity;

/// <summary>A token that was verified: nobody but the verifier makes one. Its kind is its type, so one is never taken for another.</summary>
public abstract class VerifiedToken
{
    private protected VerifiedToken(TokenClaims claims, TokenSubjects subjects) => (Claims, Subjects) = (claims, subjects);

    public UserId UserId => Claims.UserId;

    public SessionId SessionId => Claims.SessionId;

    /// <summary>What it may be used for at most.</summary>
    public TokenScope Scope => Claims.Scope;

    public DateTimeOffset ExpiresAt => DateTimeOffset.FromUnixTimeMilliseconds(Claims.ExpiresAt);

    /// <summary>When the person last proved to be the one.</summary>
    public DateTimeOffset StrongAt => DateTimeOffset.FromUnixTimeMilliseconds(Claims.StrongAt);

    internal TokenClaims Claims { get; }

    internal TokenSubjects Subjects { get; }
}

/// <summary>Whose barriers stop a token, but for the network of whoever brings it.</summary>
/// <param name="Named">Those that it names.</param>
/// <param name="Key">The key that signed it.</param>
internal sealed record TokenSubjects(BarrierId[] Named, BarrierId Key);

/// <summary>What a person's client, or a partner's, holds.</summary>
public sealed class OuterToken : VerifiedToken
{
    internal OuterToken(TokenClaims claims, TokenSubjects subjects) : base(claims, subjects) { }
}

/// <summary>What a node holds that acts for a person or a run. It stands for no person's will: nothing dangerous takes it.</summary>
public sealed class InnerToken : VerifiedToken
{
    internal InnerToken(TokenClaims claims, TokenSubjects subjects) : base(claims, subjects) { }
}

/// <summary>
/// A person's proof of wanting one operation on one thing with exactly this payload. A handler that takes one does what it
/// does once: see <see cref="DangerUses"/>.
/// </summary>
public sealed class DangerToken : VerifiedToken
{
    internal DangerToken(TokenClaims claims, TokenSubjects subjects, DangerBinding binding) : base(claims, subjects) =>
        Binding = binding;

    public Guid Id => Claims.TokenId;

    /// <summary>What it is good for, and nothing else.</summary>
    public DangerBinding Binding { get; }
}

/// <summary>One operation on one thing.</summary>
/// <param name="Operation">The operation's id.</param>
/// <param name="Resource">What it is done to, as the address of the request names it; empty when it has nothing yet.</param>
/// <param name="Pool">Null: it is done in no pool.</param>
/// <param name="PayloadDigest">See <see cref="DangerPayload"/>.</param>
public sealed record DangerBinding(string Operation, string Resource, Domain.Values.PoolId? Pool, string PayloadDigest);

/// <summary>Either the token or why not.</summary>
/// <param name="Token">Null when it is not believed.</param>
/// <param name="Fault">For whoever answers to tell a bad token from a node that cannot judge; never for the caller.</param>
public readonly record struct TokenCheck<T>(T? Token, TokenFault? Fault) where T : VerifiedToken;

/// <summary>Where a token came from.</summary>
/// <param name="Address">Null: from within this process.</param>
public readonly record struct TokenOrigin(IPAddress? Address);
