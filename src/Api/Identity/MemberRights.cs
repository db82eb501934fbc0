using Marten;
using Microsoft.AspNetCore.Http.HttpResults;
using Platform.Domain.Identity;
using Platform.Domain.Values;

namespace Platform.Api.Identity;

/// <summary>The part of the matrix that depends on whom it is done to: only levels below one's own are given or taken.</summary>
public sealed class MemberRights(IHttpContextAccessor accessor, Access access, IDocumentStore store)
{
    /// <param name="level">The one to be given.</param>
    /// <returns>Null when the caller may.</returns>
    public async Task<ProblemHttpResult?> WhyNotAsync(PoolId pool, UserId user, PoolLevel level, CancellationToken cancellationToken)
    {
        var http = accessor.HttpContext ?? throw new InvalidOperationException("Only a request has rights.");
        var permission = http.GetEndpoint()!.Metadata.GetRequiredMetadata<Permission>();
        await using var session = store.QuerySession(pool.Tenant);
        var held = (await session.LoadAsync<Membership>(MembershipId.For(pool, user), cancellationToken))?.Level ?? PoolLevel.Outsider;
        var decision = await access.DecideAsync(
            http.User, permission, pool, TokenTier.Danger, cancellationToken, target: held > level ? held : level);
        return decision.IsAllowed ? null : Denials.ProblemOf(decision, permission);
    }
}
