using Marten;
using Platform.Domain.Identity;
using Platform.Domain.Values;

namespace Platform.Workers.Identity;

/// <summary>The platform's own set-up of a pool; what people ask for comes by <see cref="MemberChanges"/>.</summary>
public static class MembershipHandler
{
    public static Task<Answer> HandleAsync(RaiseMember command, IDocumentSession session, CancellationToken cancellationToken) =>
        session.DecideAsync(command.MembershipId, member => MembershipDecider.Decide(command, member), cancellationToken);
}

/// <summary>How a decision on a membership becomes facts, in the commit of whoever asks.</summary>
public static class MembershipStreams
{
    extension(IDocumentSession session)
    {
        public async Task<Answer> DecideAsync(
            MembershipId id, Func<Membership?, Decision<MembershipEvent>> decide, CancellationToken cancellationToken)
        {
            var stream = await session.Events.FetchForWriting<Membership>(id.Value, cancellationToken);
            return decide(stream.Aggregate).Match(
                events =>
                {
                    stream.AppendMany((IEnumerable<object>)events);
                    return Answer.Done;
                },
                refusal => new Answer(refusal));
        }
    }
}

/// <summary>What keeps two owners from leaving a pool at the same moment, each because the other is there.</summary>
public static class OwnerLock
{
    // The first key of PostgreSQL's two-key advisory locks: whose locks these are.
    private const int Space = 0x0E7;

    extension(IDocumentSession session)
    {
        /// <summary>How many pools the person alone owns, each locked so that it stays so until the commit.</summary>
        public async Task<int> PoolsOwnedAloneAsync(UserId user, CancellationToken cancellationToken)
        {
            var owned = await session.Query<Membership>()
                .Where(member => member.AnyTenant() && member.UserId == user && member.Level == PoolLevel.Owner)
                .ToListAsync(cancellationToken);
            var alone = 0;
            // In one order for all, so that two who leave at once do not wait for each other.
            foreach (var pool in owned.Select(member => member.PoolId).OrderBy(pool => pool.Value))
            {
                await session.LockOwnersAsync(pool, cancellationToken);
                alone += await session.OwnersAsync(pool, cancellationToken) == 1 ? 1 : 0;
            }
            return alone;
        }

        public Task<int> OwnersAsync(PoolId pool, CancellationToken cancellationToken)
        {
            var tenant = pool.Tenant;
            return session.Query<Membership>()
                .CountAsync(member => member.TenantIsOneOf(tenant) && member.Level == PoolLevel.Owner, cancellationToken);
        }

        /// <summary>Until the session's commit nobody else takes an owner away from the pool.</summary>
        public async Task LockOwnersAsync(PoolId pool, CancellationToken cancellationToken)
        {
            await session.BeginTransactionAsync(cancellationToken);
            await session.AdvancedSql.QueryAsync<int>(
                "select 1 from (select pg_advisory_xact_lock(?, hashtext(?))) as locked", cancellationToken, Space, pool.Tenant);
        }
    }
}
