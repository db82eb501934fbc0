using Marten;
using Platform.Domain.Identity;
using Platform.Domain.Pools;
using Platform.Domain.Trading;
using Platform.Domain.Values;
using Platform.Workers.Identity;
using Platform.Workers.Identity.ApiKeys;

namespace Platform.Workers.Pools;

/// <summary>
/// Ends a pool, in one commit: its accounts take no order any more, its keys are revoked, whoever changed anything in it only
/// reads from now on, and what was issued for it is good for nothing.
/// </summary>
public sealed class PoolClosing(IDocumentStore store, Barriers barriers, BarrierSubjects subjects, TimeProvider time)
{
    public async Task<Answer> CloseAsync(DangerToken token, ClosePool command, CancellationToken cancellationToken)
    {
        await using var session = store.LightweightSession(command.PoolId.Tenant);
        session.LastModifiedBy = token.UserId.ToString();
        session.Spend(token, time);
        if (await EndAsync(session, command, cancellationToken) is { } refusal)
            return new(refusal);

        await RestAsync(session, command.PoolId, cancellationToken);
        await session.RevokeAllOfAsync(command.PoolId, cancellationToken);
        var raised = await session.RaiseBarriersAsync([subjects.Pool(command.PoolId)], BarrierCause.Deleted, cancellationToken);
        await session.SaveChangesAsync(cancellationToken);
        barriers.Learn(raised);
        return Answer.Done;
    }

    private static async Task<Refusal?> EndAsync(IDocumentSession session, ClosePool command, CancellationToken cancellationToken)
    {
        var pool = await session.Events.FetchForWriting<Pool>(command.PoolId.Value, cancellationToken);
        if (pool.Append(PoolDecider.Decide(command, pool.Aggregate)).Refusal is { } refusal)
            return refusal;

        var accounts = await session.Query<Account>().ToListAsync(cancellationToken);
        foreach (var id in accounts.Select(account => account.Id).OrderBy(id => id.Value))
        {
            // Exclusively, as whoever places an order does: an order is there before, or refused after.
            var account = await session.Events.FetchForExclusiveWriting<Account>(id.Value, cancellationToken);
            if (account.Append(AccountDecider.Decide(new CloseAccount(id), account.Aggregate!)).Refusal is { } open)
                return open;
        }

        return null;
    }

    private static async Task RestAsync(IDocumentSession session, PoolId pool, CancellationToken cancellationToken)
    {
        PoolLevel[] changing = [.. Enum.GetValues<PoolLevel>().Where(level => level > PoolLevel.Analyst)];
        var members = await session.Query<Membership>()
            .Where(member => member.Level.IsOneOf(changing) || member.Proposal != null).ToListAsync(cancellationToken);
        foreach (var member in members)
            await session.DecideAsync(
                member.Id, held => MembershipDecider.Decide(new RestMember(pool, member.UserId), held), cancellationToken);
    }
}
