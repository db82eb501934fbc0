using Platform.Domain.Identity;

namespace Platform.Workers.Identity;

/// <summary>Gives a person who proves to be the one a token for one operation. Whether the person may was decided before.</summary>
public sealed class DangerTokens(StrongProofs proofs, TokenIssuer issuer, Barriers barriers, BarrierSubjects subjects)
{
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(2);

    /// <summary>Null: the proof is not good.</summary>
    /// <exception cref="TokensUnavailableException">This node does not know the latest barriers, or the time.</exception>
    public async Task<IssuedToken?> IssueAsync(
        OuterToken caller, DangerBinding binding, StrongProof proof, CancellationToken cancellationToken)
    {
        if (!barriers.AreFreshForDanger)
            throw new TokensUnavailableException(TokenFault.BarriersStale);

        var methods = await proofs.CheckAsync(caller.UserId, proof, cancellationToken);
        if (methods is ProofMethods.None)
            return null;

        var behind = binding.Pool is { } pool ? await barriers.BehindAsync([subjects.Pool(pool)], cancellationToken) : 0;
        return issuer.Danger(caller, binding, methods, Life, behind);
    }
}
