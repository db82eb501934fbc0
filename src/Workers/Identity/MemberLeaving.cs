using Marten;
using Platform.Domain.Identity;
using Platform.Domain.Values;

namespace Platform.Workers.Identity;

/// <summary>How somebody who leaves for good leaves every pool, in the same commit.</summary>
public static class MemberLeaving
{
    extension(IDocumentSession session)
    {
        /// <returns>Why the person cannot leave; null when all of it is in the session's commit.</returns>
        public async Task<Refusal?> LeaveAllPoolsAsync(UserId user, CancellationToken cancellationToken)
        {
            await session.LockMembershipsAsync(user, cancellationToken);
            var memberships = await session.Query<Membership>()
                .Where(member => member.AnyTenant() && member.UserId == user
                    && (member.Level != PoolLevel.Outsider || member.Proposal != null))
                .ToListAsync(cancellationToken);
            foreach (var membership in memberships.OrderBy(member => member.PoolId.Value))
            {
                if (await session.LeaveAsync(membership, cancellationToken) is { } refusal)
                    return refusal;
            }

            return null;
        }

        private async Task<Refusal?> LeaveAsync(Membership membership, CancellationToken cancellationToken)
        {
            var owners = membership.Level is PoolLevel.Owner ? await session.LockOwnersAsync(membership.PoolId, cancellationToken) : 0;
            var stream = await session.ForTenant(membership.PoolId.Tenant).Events
                .FetchForWriting<Membership>(membership.Id.Value, cancellationToken);
            var decision = stream.Aggregate is { Level: PoolLevel.Outsider }
                ? MembershipDecider.Decide(new DropProposal(membership.PoolId, membership.UserId), stream.Aggregate)
                : MembershipDecider.Decide(
                    new LowerMember(membership.PoolId, membership.UserId, PoolLevel.Outsider), stream.Aggregate, owners);
            return stream.Append(decision).Refusal;
        }
    }
}
