using System.Runtime.InteropServices;
using Marten;
using Npgsql;
using Platform.Projections;

namespace Platform.Workers.Markets.Venues.Budgets;

/// <summary>What of a limit is counted together; one row of the table.</summary>
/// <param name="Key">The print of the key; empty where the venue counts by address.</param>
internal readonly record struct BudgetRow(string Venue, string Address, string Key, string Name);

/// <summary>What a process asks for.</summary>
/// <param name="Window">The number of the window by our clock.</param>
/// <param name="Wanted">The most that is of use.</param>
/// <param name="Ceiling">All that may be given away in this window at this priority.</param>
/// <param name="GivenBack">What is left of an earlier lease of <paramref name="GivenBackOf"/>.</param>
/// <param name="Counted">What the venue said it has counted in the window; zero: nothing.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct LeaseRequest(long Window, int Wanted, int Ceiling, long GivenBackOf, int GivenBack, int Counted);

/// <param name="Window">The one that it is for; later than asked for where our clock is behind.</param>
/// <param name="Used">Given away in the window, to all, with this.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Lease(long Window, int Granted, int Used, DateTimeOffset HeldUntil);

/// <summary>The table by which processes share what a venue allows; a row's lock puts them in a queue.</summary>
internal sealed class BudgetTable(IDocumentStore store)
{
    private const string Table = $"{PlatformStore.Schema}.venue_budget";
    private const string Row = "venue = $1 and address = $2 and key = $3 and name = $4";

    // There afterwards, and locked: the next statement sees what everybody before left.
    private const string LockSql =
        $"""
        insert into {Table} as budget (venue, address, key, name, window_number, used, held_until)
        values ($1, $2, $3, $4, 0, 0, '-infinity') on conflict (venue, address, key, name) do update set used = budget.used
        """;

    // $5 window, $6 wanted, $7 ceiling, $8 given back of window, $9 given back, $10 counted by the venue, $11 now
    private const string LeaseSql =
        $"""
        update {Table} as budget
        set window_number = base.number, used = base.used + base.granted
        from (
            select number, used, case when held_until > $11 then 0 else least($6, greatest($7 - used, 0)) end as granted
            from (
                select held_until, greatest(window_number, $5) as number, greatest(
                    case when window_number < $5 then 0 else used end - case when window_number = $8 and window_number >= $5 then $9 else 0 end,
                    case when window_number <= $5 then $10 else 0 end) as used
                from {Table} where {Row}) as counted) as base
        where {Row}
        returning budget.window_number, base.granted, budget.used, budget.held_until
        """;

    private const string HoldSql =
        $"update {Table} set held_until = greatest(held_until, $3) where venue = $1 and address = $2";

    private NpgsqlDataSource Database => store.Storage.Database.Connections;

    public async Task<Lease> LeaseAsync(
        BudgetRow row, LeaseRequest request, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var batch = Database.CreateBatch();
        batch.Timeout = 1;
        batch.BatchCommands.Add(Command(LockSql, row.Venue, row.Address, row.Key, row.Name));
        batch.BatchCommands.Add(Command(
            LeaseSql, row.Venue, row.Address, row.Key, row.Name, request.Window, request.Wanted, request.Ceiling,
            request.GivenBackOf, request.GivenBack, request.Counted, now));
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return new(
            reader.GetInt64(0), reader.GetInt32(1), reader.GetInt32(2),
            await reader.GetFieldValueAsync<DateTimeOffset>(3, cancellationToken));
    }

    /// <summary>Nobody at this address is given anything until then, whatever the key.</summary>
    public async Task HoldAsync(string venue, string address, DateTimeOffset until, CancellationToken cancellationToken)
    {
        await using var batch = Database.CreateBatch();
        batch.Timeout = 1;
        batch.BatchCommands.Add(Command(HoldSql, venue, address, until));
        await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    private static NpgsqlBatchCommand Command(string sql, params ReadOnlySpan<object> values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values)
            command.Parameters.Add(new() { Value = value });
        return command;
    }
}
