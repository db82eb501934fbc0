using JasperFx;
using Marten;
using Platform.Domain.Identity;

namespace Platform.Workers.Identity;

/// <summary>How a barrier is raised: in the very commit of its cause.</summary>
public static class BarrierRaising
{
    extension(IDocumentSession session)
    {
        /// <summary>
        /// Raises barriers when the session commits, and not otherwise. Call it last: from here to the commit nobody
        /// else can raise one.
        /// </summary>
        /// <param name="subjects">Each of them once.</param>
        /// <returns>What <see cref="Barriers.Learn"/> takes once the session has committed.</returns>
        public async Task<RaisedBarriers> RaiseBarriersAsync(
            IReadOnlyList<BarrierSubject> subjects, BarrierCause cause, CancellationToken cancellationToken)
        {
            await session.BeginTransactionAsync(cancellationToken);
            var ids = subjects.Select(subject => subject.Id.Value).ToArray();
            var until = (await session.AdvancedSql.QueryAsync<long>(
                BarrierTable.Raise, cancellationToken, ids, (long)ids.Length, (long)TokenLife.SkewMax.TotalMilliseconds))[0];

            // Barriers are the platform's, whichever pool's session raises them.
            var events = session.ForTenant(StorageConstants.DefaultTenantId).Events;
            var barredBefore = (await session.AdvancedSql.QueryAsync<Guid>(
                BarrierTable.Streams, cancellationToken, StorageConstants.DefaultTenantId, ids)).ToHashSet();
            foreach (var subject in subjects)
            {
                var raised = new BarrierRaised(
                    subject.Id, subject.Scope, subject.Name, DateTimeOffset.FromUnixTimeMilliseconds(until), cause);
                if (barredBefore.Contains(subject.Id.Value))
                    events.Append(subject.Id.Value, raised);
                else
                    events.StartStream<BarrierEvent>(subject.Id.Value, raised);
            }

            return new(ids, until);
        }
    }
}

/// <summary>Barriers that stand once their session commits.</summary>
/// <param name="Until">Unix ms.</param>
public sealed record RaisedBarriers(IReadOnlyList<Guid> Subjects, long Until);
