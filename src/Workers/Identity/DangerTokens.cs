using Marten;
using Platform.Domain.Identity;

namespace Platform.Workers.Identity;

/// <summary>Gives a person who proves to be the one a token for one operation. Whether the person may was decided before.</summary>
public sealed class DangerTokens(IDocumentStore store, TokenIssuer issuer, Barriers barriers)
{
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(2);

    /// <summary>Null: the proof is not good.</summary>
    /// <exception cref="TokensUnavailableException">This node does not know the latest barriers, or the time.</exception>
    public async Task<IssuedToken?> IssueAsync(
        OuterToken caller, DangerBinding binding, StrongProof proof, CancellationToken cancellationToken)
    {
        if (!barriers.AreFreshForDanger)
            throw new TokensUnavailableException(TokenFault.BarriersStale);

        await using var session = store.QuerySession();
        var methods = await proof.MethodsAsync(session, caller.UserId, cancellationToken);
        return methods is ProofMethods.None ? null : issuer.Danger(caller, binding, methods, Life);
    }
}
