using Npgsql;
using Platform.Domain.Markets.Fetching;

namespace Platform.Projections.Markets;

/// <summary>How a fetcher fares, as it is stored; times are null until it first happened.</summary>
/// <param name="Since">When it was first known here.</param>
/// <param name="Fault">Why it failed the last time; null after a success.</param>
/// <param name="Failures">In a row.</param>
/// <param name="NewestAt">The latest value date that it brought.</param>
/// <param name="Cost">Of all its calls so far, in US dollars.</param>
/// <param name="Rejected">How many facts of its last run could not be kept as they were meant.</param>
public sealed record FetcherRow(
    FetcherId Id, DateTimeOffset Since, DateTimeOffset DueAt, DateTimeOffset? LeasedUntil, DateTimeOffset? SucceededAt,
    DateTimeOffset? FailedAt, string? Fault, string? Detail, int Failures, DateTimeOffset? NewestAt, long Calls, decimal Cost,
    long Facts, int Rejected, int Gaps)
{
    private const string AllSql =
        $"""
        select id, since, due_at, leased_until, succeeded_at, failed_at, fault, detail, failures, newest_at, calls, cost, facts,
            rejected, gaps
        from {PlatformStore.Schema}.fetcher
        """;

    public static async Task<IReadOnlyDictionary<FetcherId, FetcherRow>> AllAsync(NpgsqlDataSource store, CancellationToken cancellationToken)
    {
        await using var command = store.CreateCommand(AllSql);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        Dictionary<FetcherId, FetcherRow> rows = [];
        while (await reader.ReadAsync(cancellationToken))
        {
            var row = Read(reader);
            rows.Add(row.Id, row);
        }

        return rows;
    }

    private static FetcherRow Read(NpgsqlDataReader reader) => new(
        FetcherId.From(reader.GetString(0)), reader.GetFieldValue<DateTimeOffset>(1), reader.GetFieldValue<DateTimeOffset>(2),
        Time(reader, 3), Time(reader, 4), Time(reader, 5), Text(reader, 6), Text(reader, 7), reader.GetInt32(8), Time(reader, 9),
        reader.GetInt64(10), reader.GetDecimal(11), reader.GetInt64(12), reader.GetInt32(13), reader.GetInt32(14));

    private static DateTimeOffset? Time(NpgsqlDataReader reader, int at) =>
        reader.IsDBNull(at) ? null : reader.GetFieldValue<DateTimeOffset>(at);

    private static string? Text(NpgsqlDataReader reader, int at) => reader.IsDBNull(at) ? null : reader.GetString(at);
}
