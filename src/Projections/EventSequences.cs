using Marten;

namespace Platform.Projections;

/// <summary>Where in the one sequence of all events something stands.</summary>
public static class EventSequences
{
    extension(IQuerySession session)
    {
        /// <summary>Of a stream's first event: what the command that began it reached.</summary>
        public async Task<long> FirstOfStreamAsync(Guid stream, CancellationToken cancellationToken) =>
            (await session.AdvancedSql.QueryAsync<long>(
                $"select seq_id from {PlatformStore.Schema}.mt_events where tenant_id = ? and stream_id = ? and version = 1",
                cancellationToken, session.TenantId, stream))[0];

        /// <summary>Of a stream's latest event.</summary>
        public async Task<long> LastOfStreamAsync(Guid stream, CancellationToken cancellationToken) =>
            (await session.AdvancedSql.QueryAsync<long>(
                $"select max(seq_id) from {PlatformStore.Schema}.mt_events where tenant_id = ? and stream_id = ?",
                cancellationToken, session.TenantId, stream))[0];

        /// <summary>Up to where the read models of that name have come; 0 before their first event.</summary>
        public async Task<long> ProgressOfAsync(string readModels, CancellationToken cancellationToken) =>
            await session.AdvancedSql.QueryAsync<long>(
                $"select last_seq_id from {PlatformStore.Schema}.mt_event_progression where name = ?",
                cancellationToken, $"{readModels}:All") is [var progress] ? progress : 0;
    }
}
