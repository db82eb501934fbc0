using Marten;
using Platform.Domain.Identity;
using Platform.Domain.Values;

namespace Platform.Workers.Identity;

/// <summary>
/// What must not happen at the same moment: two owners who leave a pool, each because the other is there; and somebody who
/// becomes a member while leaving for good. Always the person first, then pools in one order, so that nobody waits for each other.
/// </summary>
public static class MemberLocks
{
    // The first key of PostgreSQL's two-key advisory locks: whose locks these are.
    private const int Space = 0x0E7;

    extension(IDocumentSession session)
    {
        /// <summary>Until the session's commit the person becomes a member of nothing else, and does not leave for good.</summary>
        public Task LockMembershipsAsync(UserId user, CancellationToken cancellationToken) =>
            session.LockAsync($"member {user}", cancellationToken);

        /// <summary>How many owners the pool has, locked: until the session's commit nobody else takes one away.</summary>
        public async Task<int> LockOwnersAsync(PoolId pool, CancellationToken cancellationToken)
        {
            var tenant = pool.Tenant;
            await session.LockAsync($"owners {tenant}", cancellationToken);
            return await session.Query<Membership>()
                .CountAsync(member => member.TenantIsOneOf(tenant) && member.Level == PoolLevel.Owner, cancellationToken);
        }

        private async Task LockAsync(string what, CancellationToken cancellationToken)
        {
            await session.BeginTransactionAsync(cancellationToken);
            await session.AdvancedSql.QueryAsync<int>(
                "select 1 from (select pg_advisory_xact_lock(?, hashtext(?))) as locked", cancellationToken, Space, what);
        }
    }
}
