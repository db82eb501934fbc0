using Marten;
using Npgsql;
using NpgsqlTypes;
using Platform.Domain.Markets.Fetching;
using Platform.Projections;

namespace Platform.Workers.Markets.Fetching;

/// <summary>The right to run a fetcher, until a moment: of all nodes, one has it.</summary>
/// <param name="GapsAt">When its gaps were last counted; null: never.</param>
public sealed record FetchLease(FetcherId Fetcher, Guid Token, string? Position, int Failures, DateTimeOffset? GapsAt);

/// <summary>How a run went.</summary>
/// <param name="Facts">New ones and revisions.</param>
/// <param name="NewestAt">The latest value date among all that was said; null when there was none.</param>
/// <param name="Failed">The first thing that went wrong; null: nothing did.</param>
public sealed record FetchOutcome(int Calls, int Facts, int Rejected, DateTimeOffset? NewestAt, FetchException? Failed);

/// <summary>
/// Who runs what, and when: in the store, so that a restart asks no source sooner. Times are the node's, which agree within
/// a second; a lease outlasts the longest run by far more.
/// </summary>
public sealed class FetcherTable(IDocumentStore store)
{
    private const string RegisterSql =
        $"""
        insert into {PlatformStore.Schema}.fetcher as known (id, since, due_at, failures, calls, cost, facts, rejected, gaps)
        select id, $2, first, 0, 0, 0, 0, 0, 0 from unnest($1::text[], $3::timestamptz[], $4::timestamptz[]) as given(id, first, latest)
        on conflict (id) do update set due_at = least(known.due_at, (
            select latest from unnest($1::text[], $4::timestamptz[]) as given(id, latest) where given.id = known.id))
        where known.failures = 0
        """;

    private const string ClaimSql =
        $"""
        update {PlatformStore.Schema}.fetcher set lease = $3, leased_until = $4 where id = (
            select id from {PlatformStore.Schema}.fetcher
            where id = any($1) and ($5 or due_at <= $2) and (leased_until is null or leased_until <= $2)
            order by due_at limit 1 for update skip locked)
        returning id, position, failures, gaps_at
        """;

    private const string EndSql =
        $"""
        update {PlatformStore.Schema}.fetcher set lease = null, leased_until = null, due_at = $3,
            succeeded_at = case when $4::text is null then $5 else succeeded_at end,
            failed_at = case when $4::text is null then failed_at else $5 end,
            fault = $4, detail = $6, failures = case when $4::text is null then 0 else failures + 1 end,
            calls = calls + $7, cost = cost + $8, facts = facts + $9, rejected = $10, newest_at = greatest(newest_at, $11)
        where id = $1 and lease = $2
        """;

    private const string ReleaseSql =
        $"update {PlatformStore.Schema}.fetcher set lease = null, leased_until = null, due_at = $3 where id = $1 and lease = $2";

    // What was never asked has neither instant; the greatest of nothing is left out. After a failure it may be the source that said when.
    private const string HastenSql =
        $"""
        update {PlatformStore.Schema}.fetcher
        set due_at = least(due_at, greatest($2, greatest(succeeded_at, failed_at) + $3)) where id = $1 and failures = 0
        """;

    private const string GapsSql =
        $"update {PlatformStore.Schema}.fetcher set gaps = $2, gaps_at = $3 where id = $1";

    private NpgsqlDataSource Database => store.Storage.Database.Connections;

    /// <summary>Makes fetchers known; those that are keep their turn, unless their schedule has become shorter. After a failure it may be the source that said when.</summary>
    public async Task RegisterAsync(
        IReadOnlyList<(FetcherId Id, DateTimeOffset First, DateTimeOffset Latest)> fetchers, DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        await using var command = Database.CreateCommand(RegisterSql);
        command.Parameters.AddWithValue(fetchers.Select(fetcher => fetcher.Id.Value).ToArray());
        command.Parameters.AddWithValue(now);
        command.Parameters.AddWithValue(fetchers.Select(fetcher => fetcher.First).ToArray());
        command.Parameters.AddWithValue(fetchers.Select(fetcher => fetcher.Latest).ToArray());
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>The one of these that waits longest, from now on this caller's; null when none is due and free.</summary>
    /// <param name="isDueAnyway">Whether its time does not matter, as an operator wants it now.</param>
    public async Task<FetchLease?> ClaimAsync(
        IReadOnlyCollection<FetcherId> among, DateTimeOffset now, DateTimeOffset until, bool isDueAnyway, CancellationToken cancellationToken)
    {
        var token = Guid.CreateVersion7(now);
        await using var command = Database.CreateCommand(ClaimSql);
        command.Parameters.AddWithValue(among.Select(id => id.Value).ToArray());
        command.Parameters.AddWithValue(now);
        command.Parameters.AddWithValue(token);
        command.Parameters.AddWithValue(until);
        command.Parameters.AddWithValue(isDueAnyway);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        if (!await reader.ReadAsync(cancellationToken))
            return null;

        var position = await reader.IsDBNullAsync(1, cancellationToken) ? null : reader.GetString(1);
        return new(
            FetcherId.From(reader.GetString(0)), token, position, reader.GetInt32(2),
            await reader.GetFieldValueAsync<DateTimeOffset?>(3, cancellationToken));
    }

    /// <summary>
    /// Makes a fetcher due: what it brings has changed. One that runs now, or failed, keeps its next turn, which finds what it missed.
    /// </summary>
    /// <param name="apart">It does not run sooner after its last run.</param>
    public async Task HastenAsync(FetcherId fetcher, DateTimeOffset now, TimeSpan apart, CancellationToken cancellationToken)
    {
        await using var command = Database.CreateCommand(HastenSql);
        command.Parameters.AddWithValue(fetcher.Value);
        command.Parameters.AddWithValue(now);
        command.Parameters.AddWithValue(apart);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Gives the lease back, with how it went; nothing happens when it is another's by now.</summary>
    public async Task EndAsync(
        FetchLease lease, FetchOutcome outcome, decimal cost, DateTimeOffset now, DateTimeOffset next, CancellationToken cancellationToken)
    {
        await using var command = Database.CreateCommand(EndSql);
        command.Parameters.AddWithValue(lease.Fetcher.Value);
        command.Parameters.AddWithValue(lease.Token);
        command.Parameters.AddWithValue(next);
        command.Parameters.AddWithValue(NpgsqlDbType.Text, (object?)outcome.Failed?.Fault.ToString() ?? DBNull.Value);
        command.Parameters.AddWithValue(now);
        command.Parameters.AddWithValue(NpgsqlDbType.Text, (object?)outcome.Failed?.Message ?? DBNull.Value);
        command.Parameters.AddWithValue(outcome.Calls);
        command.Parameters.AddWithValue(cost);
        command.Parameters.AddWithValue(outcome.Facts);
        command.Parameters.AddWithValue(outcome.Rejected);
        command.Parameters.AddWithValue(NpgsqlDbType.TimestampTz, (object?)outcome.NewestAt ?? DBNull.Value);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Gives the lease back unused, to be taken up at the given time.</summary>
    public async Task ReleaseAsync(FetchLease lease, DateTimeOffset next, CancellationToken cancellationToken)
    {
        await using var command = Database.CreateCommand(ReleaseSql);
        command.Parameters.AddWithValue(lease.Fetcher.Value);
        command.Parameters.AddWithValue(lease.Token);
        command.Parameters.AddWithValue(next);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public async Task CountGapsAsync(FetcherId fetcher, int gaps, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var command = Database.CreateCommand(GapsSql);
        command.Parameters.AddWithValue(fetcher.Value);
        command.Parameters.AddWithValue(gaps);
        command.Parameters.AddWithValue(now);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
