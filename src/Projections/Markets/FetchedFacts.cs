using System.Runtime.CompilerServices;
using System.Text.Json;
using Npgsql;
using Platform.Domain.Markets.Fetching;

namespace Platform.Projections.Markets;

/// <summary>Reads what was fetched: as it is known now, or as it was known then.</summary>
public sealed class FetchedFacts(NpgsqlDataSource store)
{
    // Of all revisions of a value date, the last one that had been published.
    private const string KnownSql =
        $"""
        select distinct on (subject, at) subject, at, published_at, content from {PlatformStore.Schema}.fetched_fact
        where fetcher = $1 and ($2::text is null or subject = $2) and at >= $3 and at < $4 and published_at <= $5
        order by subject, at, published_at desc
        limit $6
        """;

    private const string RevisionsSql =
        $"""
        select subject, at, published_at, content from {PlatformStore.Schema}.fetched_fact
        where fetcher = $1 and subject = $2 and at = $3 order by published_at
        """;

    // What was seen last need not be anything.
    private const string LastSeenSql =
        $"""
        select seen.at, fact.content from (
            select seen_until as at from {PlatformStore.Schema}.fetched_raw where fetcher = $1 and about = $2 order by at desc limit 1) as seen
        left join {PlatformStore.Schema}.fetched_fact as fact on fact.fetcher = $1 and fact.published_at = seen.at and fact.about = $2
        order by fact.subject limit $3
        """;

    private const string GapsSql =
        $"""
        select subject, at, next from (
            select subject, at, lead(at) over (partition by subject order by at) as next from (
                select distinct subject, at from {PlatformStore.Schema}.fetched_fact where fetcher = $1 and at >= $2) as dates) as pairs
        where next is null or next - at > $3
        order by subject, at
        limit $4
        """;

    /// <summary>The most that one question is answered with.</summary>
    public const int RowsMax = 100_000;

    /// <summary>What was known at an instant: a backtest that stands there may read this and nothing later.</summary>
    /// <param name="subject">Null for all.</param>
    /// <param name="from">Of value dates, with <paramref name="to"/> half-open; <see cref="Fact.Standing"/> is before all others.</param>
    /// <param name="knownAt">Facts published later are left out.</param>
    public async IAsyncEnumerable<Fact> KnownAsync(
        FetcherId fetcher, string? subject, DateTimeOffset from, DateTimeOffset to, DateTimeOffset knownAt,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var command = store.CreateCommand(KnownSql);
        command.Parameters.AddWithValue(fetcher.Value);
        command.Parameters.AddWithValue((object?)subject ?? DBNull.Value);
        command.Parameters.AddWithValue(from);
        command.Parameters.AddWithValue(to);
        command.Parameters.AddWithValue(knownAt);
        command.Parameters.AddWithValue(RowsMax);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            yield return Read(reader);
    }

    /// <summary>All that was ever said of one value date, in the order in which it became known.</summary>
    public async Task<IReadOnlyList<Fact>> RevisionsAsync(
        FetcherId fetcher, string subject, DateTimeOffset at, CancellationToken cancellationToken)
    {
        await using var command = store.CreateCommand(RevisionsSql);
        command.Parameters.AddWithValue(fetcher.Value);
        command.Parameters.AddWithValue(subject);
        command.Parameters.AddWithValue(at);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        List<Fact> facts = [];
        while (await reader.ReadAsync(cancellationToken))
            facts.Add(Read(reader));
        return facts;
    }

    /// <summary>What a fetcher saw when it last had an answer about something, of facts that are new with each look.</summary>
    /// <returns>When that was, and what was there; null where it never had an answer.</returns>
    public async Task<(DateTimeOffset At, IReadOnlyList<FactContent> Seen)?> LastSeenAsync(
        FetcherId fetcher, string about, CancellationToken cancellationToken)
    {
        await using var command = store.CreateCommand(LastSeenSql);
        command.Parameters.AddWithValue(fetcher.Value);
        command.Parameters.AddWithValue(about);
        command.Parameters.AddWithValue(RowsMax);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        DateTimeOffset? at = null;
        List<FactContent> seen = [];
        while (await reader.ReadAsync(cancellationToken))
        {
            at = await reader.GetFieldValueAsync<DateTimeOffset>(0, cancellationToken);
            if (!await reader.IsDBNullAsync(1, cancellationToken))
                seen.Add(ContentOf(reader.GetString(1)));
        }

        return at is { } instant ? (instant, seen) : null;
    }

    /// <summary>The times of which something is missing, by the fetcher's own rule; oldest first within a subject.</summary>
    /// <param name="since">Older value dates are not looked at.</param>
    public async Task<IReadOnlyList<FactGap>> GapsAsync(
        FetcherTerms terms, DateTimeOffset since, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (terms.Gaps.Step is GapStep.None)
            return [];

        await using var command = store.CreateCommand(GapsSql);
        command.Parameters.AddWithValue(terms.Id.Value);
        command.Parameters.AddWithValue(since);
        command.Parameters.AddWithValue(terms.Gaps.Shortest);
        command.Parameters.AddWithValue(RowsMax);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        List<FactGap> gaps = [];
        while (await reader.ReadAsync(cancellationToken))
            if (Gap(terms, reader, now) is { } gap)
                gaps.Add(gap);
        return gaps;
    }

    private static FactGap? Gap(FetcherTerms terms, NpgsqlDataReader reader, DateTimeOffset now)
    {
        var (subject, at) = (reader.GetString(0), reader.GetFieldValue<DateTimeOffset>(1));
        if (!reader.IsDBNull(2))
            return terms.Gaps.Between(at, reader.GetFieldValue<DateTimeOffset>(2)) is { } missing
                ? new(terms.Id, subject, missing.From, missing.To, GapCause.Missing)
                : null;

        return terms.Gaps.After(at) is { } expected && expected + terms.StaleAfter < now
            ? new(terms.Id, subject, expected, now, GapCause.Late)
            : null;
    }

    private static Fact Read(NpgsqlDataReader reader) => new(
        reader.GetString(0), reader.GetFieldValue<DateTimeOffset>(1), reader.GetFieldValue<DateTimeOffset>(2),
        ContentOf(reader.GetString(3)));

    private static FactContent ContentOf(string json) => JsonSerializer.Deserialize<FactContent>(json, FactContent.Json)!;
}
