using JasperFx;
using Marten;
using Platform.Domain.Identity;
using Platform.Domain.Values;
using Platform.Projections.Identity;

namespace Platform.Workers.Identity.ApiKeys;

/// <summary>Ends a key that gave itself away.</summary>
public static class ApiKeyHandler
{
    public static Task<Answer> HandleAsync(RevokeApiKey command, IDocumentSession session, CancellationToken cancellationToken) =>
        session.RevokeAsync(command, cancellationToken);
}

/// <summary>How keys end, in the commit of whatever ends them.</summary>
public static class ApiKeyRevocation
{
    extension(IDocumentSession session)
    {
        public async Task<Answer> RevokeAsync(RevokeApiKey command, CancellationToken cancellationToken)
        {
            // Keys are the platform's, whichever pool's session ends them.
            var stream = await session.ForTenant(StorageConstants.DefaultTenantId).Events
                .FetchForWriting<ApiKey>(command.ApiKeyId.Value, cancellationToken);
            var answer = stream.Append(ApiKeyDecider.Decide(command, stream.Aggregate));
            if (answer.Refusal is null)
                session.Delete<ApiKeyCredential>((object)command.ApiKeyId);
            return answer;
        }

        /// <summary>Every key that the user owns ends with the user.</summary>
        public async Task RevokeAllOfAsync(UserId user, CancellationToken cancellationToken)
        {
            var owned = await session.Query<ApiKeyCredential>()
                .Where(key => key.UserId == user && key.PoolId == null).ToListAsync(cancellationToken);
            await session.RevokeAsync(owned, cancellationToken);
        }

        /// <summary>Every key of the pool ends with the pool.</summary>
        public async Task RevokeAllOfAsync(PoolId pool, CancellationToken cancellationToken)
        {
            var owned = await session.Query<ApiKeyCredential>().Where(key => key.PoolId == pool).ToListAsync(cancellationToken);
            await session.RevokeAsync(owned, cancellationToken);
        }

        private async Task RevokeAsync(IEnumerable<ApiKeyCredential> keys, CancellationToken cancellationToken)
        {
            foreach (var key in keys)
                await session.RevokeAsync(new RevokeApiKey(key.Id, RevocationCause.OwnerGone), cancellationToken);
        }
    }
}
