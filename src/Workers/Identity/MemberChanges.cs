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
    public Task<Answer> RaiseAsync(DangerToken token, RaiseMember command, CancellationToken cancellationToken) =>
        ChangeAsync(token, command.PoolId, async session =>
            // Nobody who is not there becomes a member.
            await LivesAsync(command.UserId, cancellationToken)
                ? await session.DecideAsync(command.MembershipId, member => MembershipDecider.Decide(command, member), cancellationToken)
                : new(new Refusal("no_such_user", "There is no such user.", "userId")),
            cancellationToken);

    public Task<Answer> ApproveAsync(DangerToken token, ApproveMember command, CancellationToken cancellationToken) =>
        ChangeAsync(token, command.PoolId, session => session.DecideAsync(
            command.MembershipId, member => MembershipDecider.Decide(command, member), cancellationToken), cancellationToken);

    public Task<Answer> DropAsync(DangerToken token, DropProposal command, CancellationToken cancellationToken) =>
        ChangeAsync(token, command.PoolId, session => session.DecideAsync(
            command.MembershipId, member => MembershipDecider.Decide(command, member), cancellationToken), cancellationToken);

    /// <summary>Takes rights away, on every node within a second.</summary>
    public async Task<Answer> LowerAsync(DangerToken token, LowerMember command, CancellationToken cancellationToken)
    {
        RaisedBarriers? raised = null;
        var answer = await ChangeAsync(token, command.PoolId, async session =>
        {
            await session.LockOwnersAsync(command.PoolId, cancellationToken);
            var owners = await session.OwnersAsync(command.PoolId, cancellationToken);
            var decided = await session.DecideAsync(
                command.MembershipId, member => MembershipDecider.Decide(command, member, owners), cancellationToken);
            if (decided.Refusal is null)
                raised = await session.RaiseBarriersAsync([subjects.User(command.UserId)], BarrierCause.RightsTaken, cancellationToken);
            return decided;
        }, cancellationToken);
        if (answer.Refusal is null && raised is { } known)
            barriers.Learn(known);
        return answer;
    }

    private async Task<bool> LivesAsync(UserId id, CancellationToken cancellationToken)
    {
        await using var session = store.QuerySession();
        return await session.LoadAsync<User>(id, cancellationToken) is { IsDeleted: false };
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
