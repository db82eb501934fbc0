using JasperFx;
using Marten;
using Platform.Projections.Identity;

namespace Platform.Workers.Identity;

/// <summary>
/// A danger token works once. Its use is written by the very commit that does the work: rolled back, the token is as new;
/// committed, a second one fails as a whole, on whatever node.
/// </summary>
public static class DangerUses
{
    extension(IDocumentSession session)
    {
        /// <summary>Spends the token when the session commits, which fails when it was spent before.</summary>
        public void Spend(DangerToken token, TimeProvider time) => session
            .ForTenant(StorageConstants.DefaultTenantId)
            .Insert(new DangerUse(token.Id, token.Binding.Operation, token.Binding.Resource, time.GetUtcNow(), token.ExpiresAt));
    }

    extension(Exception error)
    {
        /// <summary>Whether a commit failed because its danger token was spent before.</summary>
        public bool IsDangerTokenSpent => error is DocumentAlreadyExistsException spent && spent.DocType == typeof(DangerUse);
    }
}
