using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using Marten;
using Npgsql;
using NpgsqlTypes;
using Platform.Domain.Markets.Fetching;
using Platform.Projections;

namespace Platform.Workers.Markets.Fetching;

/// <summary>Another node has the fetcher by now, and nothing more is stored for this one.</summary>
public sealed class LeaseLostException(FetcherId fetcher) : Exception($"{fetcher} is another node's by now.");

/// <summary>Keeps answers and facts: an answer, what was read in it and where to go on, in one commit.</summary>
public sealed class FactTable(IDocumentStore store)
{
    private const string FenceSql =
        $"update {PlatformStore.Schema}.fetcher set position = coalesce($3, position) where id = $1 and lease = $2";

    // The same answer again only shows that it still holds.
    private const string RawSql =
        $"""
        with latest as (
            select at, hash from {PlatformStore.Schema}.fetched_raw where fetcher = $1 and about = $2 order by at desc limit 1),
        seen as (
            update {PlatformStore.Schema}.fetched_raw as raw set seen_until = greatest(raw.seen_until, $3) from latest
            where raw.fetcher = $1 and raw.about = $2 and raw.at = latest.at and latest.hash = $4 returning raw.at),
        added as (
            insert into {PlatformStore.Schema}.fetched_raw (fetcher, about, at, seen_until, hash, size, body)
            select $1, $2, $3, $3, $4, $5, $6 where not exists (select 1 from seen)
            on conflict (fetcher, about, at) do nothing)
        select coalesce((select at from seen), $3)
        """;

    // What was last known of the value date by then is not said again. Of two words of one publication the later answer's
    // counts, and a better parser's reading before all others.
    private const string FactsSql =
        $"""
        with said as (
            select distinct on (subject, at, published_at) subject, at, published_at, content::jsonb
            from unnest($5::text[], $6::timestamptz[], $7::timestamptz[], $8::text[])
                with ordinality as given(subject, at, published_at, content, place)
            order by subject, at, published_at, place desc)
        insert into {PlatformStore.Schema}.fetched_fact as known (fetcher, subject, at, published_at, content, parser, about, raw_at)
        select $1, subject, at, published_at, content, $2, $3, $4 from said
        where (
            select before.content from {PlatformStore.Schema}.fetched_fact before
            where before.fetcher = $1 and before.subject = said.subject and before.at = said.at and before.published_at <= said.published_at
            order by before.published_at desc limit 1) is distinct from said.content
        on conflict (fetcher, subject, at, published_at) do update set
            content = excluded.content, parser = excluded.parser, about = excluded.about, raw_at = excluded.raw_at
        where (known.parser, known.raw_at) < (excluded.parser, excluded.raw_at)
        """;

    private const string KeptSql =
        $"select about, at, body from {PlatformStore.Schema}.fetched_raw where fetcher = $1 and (at, about) > ($2, $3) order by at, about limit 1";

    private NpgsqlDataSource Database => store.Storage.Database.Connections;

    /// <summary>All of it or nothing.</summary>
    /// <param name="facts">Null when the answer cannot be read: it is kept for a better parser.</param>
    /// <param name="position">Null to leave the position where it is.</param>
    /// <returns>How many facts are new, or said otherwise than before.</returns>
    /// <exception cref="LeaseLostException">Nothing was stored.</exception>
    public async Task<int> SaveAsync(
        FetcherTerms terms, FetchLease lease, RawAnswer raw, ParsedFacts? facts, string? position, CancellationToken cancellationToken)
    {
        await using var connection = await Database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using (var fence = new NpgsqlCommand(FenceSql, connection))
        {
            fence.Parameters.AddWithValue(lease.Fetcher.Value);
            fence.Parameters.AddWithValue(lease.Token);
            fence.Parameters.AddWithValue(NpgsqlDbType.Text, (object?)position ?? DBNull.Value);
            if (await fence.ExecuteNonQueryAsync(cancellationToken) == 0)
                throw new LeaseLostException(lease.Fetcher);
        }

        var rawAt = await SaveRawAsync(connection, terms.Id, raw, cancellationToken);
        var count = facts is { Facts.Count: > 0 }
            ? await SaveFactsAsync(connection, terms, raw.About, rawAt, facts.Facts, cancellationToken)
            : 0;
        await transaction.CommitAsync(cancellationToken);
        return count;
    }

    /// <summary>The facts alone: read anew in an answer that is kept, or told by a stream.</summary>
    public async Task<int> ReviseAsync(FetcherTerms terms, RawAnswer raw, ParsedFacts facts, CancellationToken cancellationToken)
    {
        await using var connection = await Database.OpenConnectionAsync(cancellationToken);
        return await SaveFactsAsync(connection, terms, raw.About, raw.At, facts.Facts, cancellationToken);
    }

    /// <summary>The next answer that is kept, in the order in which they came; null after the last.</summary>
    public async Task<RawAnswer?> NextKeptAsync(FetcherId fetcher, RawAnswer? after, CancellationToken cancellationToken)
    {
        await using var command = Database.CreateCommand(KeptSql);
        command.Parameters.AddWithValue(fetcher.Value);
        command.Parameters.AddWithValue(after?.At ?? DateTimeOffset.UnixEpoch);
        command.Parameters.AddWithValue(after?.About ?? string.Empty);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? new(
                reader.GetString(0), Decompressed(await reader.GetFieldValueAsync<byte[]>(2, cancellationToken)),
                await reader.GetFieldValueAsync<DateTimeOffset>(1, cancellationToken))
            : null;
    }

    private static async Task<DateTimeOffset> SaveRawAsync(
        NpgsqlConnection connection, FetcherId fetcher, RawAnswer raw, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(RawSql, connection);
        command.Parameters.AddWithValue(fetcher.Value);
        command.Parameters.AddWithValue(raw.About);
        command.Parameters.AddWithValue(raw.At);
        command.Parameters.AddWithValue(SHA256.HashData(raw.Body.Span));
        command.Parameters.AddWithValue(raw.Body.Length);
        command.Parameters.AddWithValue(Compressed(raw.Body));
        return new((DateTime)(await command.ExecuteScalarAsync(cancellationToken))!, TimeSpan.Zero);
    }

    private static async Task<int> SaveFactsAsync(
        NpgsqlConnection connection, FetcherTerms terms, string about, DateTimeOffset rawAt, IReadOnlyList<Fact> facts,
        CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(FactsSql, connection);
        command.Parameters.AddWithValue(terms.Id.Value);
        command.Parameters.AddWithValue(terms.Parser);
        command.Parameters.AddWithValue(about);
        command.Parameters.AddWithValue(rawAt);
        command.Parameters.AddWithValue(facts.Select(fact => fact.Subject).ToArray());
        command.Parameters.AddWithValue(facts.Select(fact => fact.At.ToUniversalTime()).ToArray());
        command.Parameters.AddWithValue(facts.Select(fact => fact.PublishedAt.ToUniversalTime()).ToArray());
        command.Parameters.AddWithValue(facts.Select(fact => JsonSerializer.Serialize(fact.Content, FactContent.Json)).ToArray());
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static byte[] Compressed(ReadOnlyMemory<byte> body)
    {
        using var output = new MemoryStream();
        using (var brotli = new BrotliStream(output, CompressionLevel.Fastest))
            brotli.Write(body.Span);
        return output.ToArray();
    }

    private static byte[] Decompressed(byte[] body)
    {
        using var output = new MemoryStream();
        using (var brotli = new BrotliStream(new MemoryStream(body), CompressionMode.Decompress))
            brotli.CopyTo(output);
        return output.ToArray();
    }
}
