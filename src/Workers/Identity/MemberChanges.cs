using JasperFx;
using Marten;
using Platform.Domain.Identity;
using Platform.Domain.Values;

namespace Platform.Workers.Identity;

/// <summary>
/// What members change about who else is one. Each is one commit: the fact, the use of the danger token and, where rights are
/// taken away, the barrier before all that was issued to whoever had them.
/// </summary>
public sealed class MemberChanges(IDocumentStore store, Barriers barriers, BarrierSubjects subjects, TimeProvider time)
{
    private static readonly Answer NoSuchUser = new(new Refusal("no_such_user", "There is no such user.", "userId"));

    public Task<Answer> RaiseAsync(DangerToken token, RaiseMember command, CancellationToken cancellationToken) =>
        ChangeAsync(token, command.PoolId, async session =>
            await LivesAsync(session, command.UserId, cancellationToken)
                ? await session.DecideAsync(command.MembershipId, member => MembershipDecider.Decide(command, member), cancellationToken)
                : NoSuchUser,
            cancellationToken);

    public Task<Answer> ApproveAsync(DangerToken token, ApproveMember command, CancellationToken cancellationToken) =>
        ChangeAsync(token, command.PoolId, async session =>
            await LivesAsync(session, command.UserId, cancellationToken)
                ? await session.DecideAsync(command.MembershipId, member => MembershipDecider.Decide(command, member), cancellationToken)
                : NoSuchUser,
            cancellationToken);

    public Task<Answer> DropAsync(DangerToken token, DropProposal command, CancellationToken cancellationToken) =>
        ChangeAsync(token, command.PoolId, session => session.DecideAsync(
            command.MembershipId, member => MembershipDecider.Decide(command, member), cancellationToken), cancellationToken);

    /// <summary>Takes rights away, on every node within a second.</summary>
    public async Task<Answer> LowerAsync(DangerToken token, LowerMember command, CancellationToken cancellationToken)
    {
        RaisedBarriers? raised = null;
        var answer = await ChangeAsync(token, command.PoolId, async session =>
        {
            var owners = await session.LockOwnersAsync(command.PoolId, cancellationToken);
            var stream = await session.Events.FetchForWriting<Membership>(command.MembershipId.Value, cancellationToken);
            var decision = MembershipDecider.Decide(command, stream.Aggregate, owners);
            // Who has nothing to lose keeps what they have elsewhere: else anyone could be signed out by a proposal.
            if (decision is Decision<MembershipEvent>.Accepted { Events.Count: > 0 })
                raised = await session.RaiseBarriersAsync([subjects.User(command.UserId)], BarrierCause.RightsTaken, cancellationToken);
            return stream.Append(decision);
        }, cancellationToken);
        if (answer.Refusal is null && raised is { } known)
            barriers.Learn(known);
        return answer;
    }

    // Nobody who is not there becomes a member, and nobody leaves for good meanwhile.
    private static async Task<bool> LivesAsync(IDocumentSession session, UserId id, CancellationToken cancellationToken)
    {
        await session.LockMembershipsAsync(id, cancellationToken);
        return await session.ForTenant(StorageConstants.DefaultTenantId).LoadAsync<User>(id, cancellationToken) is { IsDeleted: false };
    }

    private async Task<Answer> ChangeAsync(
        DangerToken token, PoolId pool, Func<IDocumentSession, Task<Answer>> change, CancellationToken cancellationToken)
    {
        await using var session = store.LightweightSession(pool.Tenant);
        session.LastModifiedBy = token.UserId.ToString();
        session.Spend(token, time);
        var answer = await change(session);
        if (answer.Refusal is null)
            await session.SaveChangesAsync(cancellationToken);
        return answer;
    }
}
