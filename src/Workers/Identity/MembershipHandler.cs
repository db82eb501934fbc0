using Marten;
using Platform.Domain.Identity;
using Platform.Domain.Values;

namespace Platform.Workers.Identity;

/// <summary>Every command of a membership; they come in the pool's own tenant.</summary>
public static class MembershipHandler
{
    public static Task<Answer> HandleAsync(RaiseMember command, IDocumentSession session, CancellationToken cancellationToken) =>
        DecideAsync(session, command.MembershipId, member => MembershipDecider.Decide(command, member), cancellationToken);

    public static Task<Answer> HandleAsync(ApproveMember command, IDocumentSession session, CancellationToken cancellationToken) =>
        DecideAsync(session, command.MembershipId, member => MembershipDecider.Decide(command, member), cancellationToken);

    public static Task<Answer> HandleAsync(DropProposal command, IDocumentSession session, CancellationToken cancellationToken) =>
        DecideAsync(session, command.MembershipId, member => MembershipDecider.Decide(command, member), cancellationToken);

    public static async Task<Answer> HandleAsync(LowerMember command, IDocumentSession session, CancellationToken cancellationToken)
    {
        await session.LockOwnersAsync(command.PoolId, cancellationToken);
        var owners = await session.Query<Membership>().CountAsync(member => member.Level == PoolLevel.Owner, cancellationToken);
        return await DecideAsync(
            session, command.MembershipId, member => MembershipDecider.Decide(command, member, owners), cancellationToken);
    }

    private static async Task<Answer> DecideAsync(
        IDocumentSession session, MembershipId id, Func<Membership?, Decision<MembershipEvent>> decide, CancellationToken cancellationToken)
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

/// <summary>What keeps two owners from leaving a pool at the same moment, each because the other is there.</summary>
public static class OwnerLock
{
    // The first key of PostgreSQL's two-key advisory locks: whose locks these are.
    private const int Space = 0x0E7;

    extension(IDocumentSession session)
    {
        /// <summary>Until the session's commit nobody else takes an owner away from the pool.</summary>
        public async Task LockOwnersAsync(PoolId pool, CancellationToken cancellationToken)
        {
            await session.BeginTransactionAsync(cancellationToken);
            await session.AdvancedSql.QueryAsync<int>(
                "select 1 from (select pg_advisory_xact_lock(?, hashtext(?))) as locked", cancellationToken, Space, pool.Tenant);
        }
    }
}
