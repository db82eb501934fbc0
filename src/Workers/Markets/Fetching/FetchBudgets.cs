using Marten;
using Platform.Domain.Markets.Fetching;
using Platform.Projections;

namespace Platform.Workers.Markets.Fetching;

/// <summary>Counts the calls of each source in the store, for all processes and over restarts.</summary>
public sealed class FetchBudgets(IDocumentStore store, TimeProvider time)
{
    // A window begins with its first call; a full one is left as it is, and nothing comes back.
    private const string TakeSql =
        $"""
        insert into {PlatformStore.Schema}.fetch_budget as budget (source, calls, ends_at) values ($1, 1, $2 + $3)
        on conflict (source) do update set
            calls = case when budget.ends_at <= $2 then 1 else budget.calls + 1 end,
            ends_at = case when budget.ends_at <= $2 then excluded.ends_at else budget.ends_at end
        where budget.ends_at <= $2 or budget.calls < $4
        returning calls
        """;

    private const string EndSql = $"select ends_at from {PlatformStore.Schema}.fetch_budget where source = $1";

    /// <summary>One more call.</summary>
    /// <exception cref="FetchException">That would be too many.</exception>
    public async Task TakeAsync(FetchBudget budget, CancellationToken cancellationToken)
    {
        var database = store.Storage.Database.Connections;
        await using (var take = database.CreateCommand(TakeSql))
        {
            take.Parameters.AddWithValue(budget.Source);
            take.Parameters.AddWithValue(time.GetUtcNow());
            take.Parameters.AddWithValue(budget.Window);
            take.Parameters.AddWithValue(budget.CallsMax);
            if (await take.ExecuteScalarAsync(cancellationToken) is not null)
                return;
        }

        await using var end = database.CreateCommand(EndSql);
        end.Parameters.AddWithValue(budget.Source);
        var until = await end.ExecuteScalarAsync(cancellationToken) is DateTime at ? new DateTimeOffset(at, TimeSpan.Zero) : (DateTimeOffset?)null;
        throw new FetchException(
            FetchFault.Throttled, $"Not asked: {budget.Source} may be asked {budget.CallsMax} times in {budget.Window}.", until);
    }
}
