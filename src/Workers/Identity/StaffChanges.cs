using System.Net;
using Marten;
using Platform.Domain.Identity;
using Platform.Domain.Values;

namespace Platform.Workers.Identity;

/// <summary>
/// What staff does to others. Each is one commit: the fact, the use of the danger token, and the barrier before all that was
/// issued to whoever loses by it.
/// </summary>
public sealed class StaffChanges(IDocumentStore store, Barriers barriers, BarrierSubjects subjects, TimeProvider time)
{
    /// <summary>What a null says stays as it is.</summary>
    public Task<Answer> SetLevelsAsync(
        DangerToken token, UserId id, PlatformLevel? level, Plan? plan, KycLevel? kyc, CancellationToken cancellationToken) =>
        ChangeAsync(token, async session =>
        {
            var own = await LevelOfAsync(session, token.UserId, cancellationToken);
            var stream = await session.Events.FetchForWriting<User>(id.Value, cancellationToken);
            var before = stream.Aggregate;
            var decision = UserDecider.Decide(new SetUserLevels(id, level, plan, kyc, token.UserId, own), before);
            return (stream.Append(decision), level < before?.Level ? [subjects.User(id)] : [], BarrierCause.RightsTaken);
        }, cancellationToken);

    /// <summary>Ends everything that was issued to a person.</summary>
    public Task<Answer> BarUserAsync(DangerToken token, UserId id, CancellationToken cancellationToken) =>
        ChangeAsync(token, async session =>
        {
            var own = await LevelOfAsync(session, token.UserId, cancellationToken);
            var refusal = await session.LoadAsync<User>(id, cancellationToken) switch
            {
                null or { IsDeleted: true } => Refusal.NotFound,
                var user when user.Level > own => new("level_above_own", "Nobody bars somebody of a level above their own."),
                _ => null,
            };
            return (new(refusal), [subjects.User(id)], BarrierCause.Abuse);
        }, cancellationToken);

    /// <summary>Ends everything that was issued to an address, or to a network of the one size that barriers know.</summary>
    /// <param name="network">/32 or /24 of IPv4, /128 or /48 of IPv6.</param>
    public Task<Answer> BarNetworkAsync(DangerToken token, IPNetwork network, CancellationToken cancellationToken) =>
        ChangeAsync(token, _ => Task.FromResult(subjects.Barrable(network) is { } subject
            ? (Answer.Done, [subject], BarrierCause.Abuse)
            : (new Answer(new Refusal(
                "network_size", "A barrier stands before a /32 or /24 of IPv4, or a /128 or /48 of IPv6.", "network")),
                (BarrierSubject[])[], BarrierCause.Abuse)), cancellationToken);

    /// <summary>Ends everything that was issued for a pool.</summary>
    public Task<Answer> BarPoolAsync(DangerToken token, PoolId pool, CancellationToken cancellationToken) =>
        ChangeAsync(token, async session =>
        {
            // Every pool has an owner.
            var tenant = pool.Tenant;
            var isThere = await session.Query<Membership>().AnyAsync(member => member.TenantIsOneOf(tenant), cancellationToken);
            return (isThere ? Answer.Done : new(Refusal.NotFound), [subjects.Pool(pool)], BarrierCause.Panic);
        }, cancellationToken);

    private static async Task<PlatformLevel> LevelOfAsync(IDocumentSession session, UserId id, CancellationToken cancellationToken) =>
        (await session.LoadAsync<User>(id, cancellationToken))?.Level ?? PlatformLevel.None;

    private async Task<Answer> ChangeAsync(
        DangerToken token, Func<IDocumentSession, Task<(Answer Answer, BarrierSubject[] Barred, BarrierCause Cause)>> change,
        CancellationToken cancellationToken)
    {
        await using var session = store.LightweightSession();
        session.LastModifiedBy = token.UserId.ToString();
        session.Spend(token, time);
        var (answer, barred, cause) = await change(session);
        if (answer.Refusal is not null)
            return answer;

        var raised = barred is [] ? null : await session.RaiseBarriersAsync(barred, cause, cancellationToken);
        await session.SaveChangesAsync(cancellationToken);
        if (raised is not null)
            barriers.Learn(raised);
        return answer;
    }
}
