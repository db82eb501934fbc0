using System.Runtime.CompilerServices;
using Npgsql;
using Platform.Domain.Audit;

namespace Platform.Projections.Audit;

/// <summary>A checkpoint as it is stored.</summary>
/// <param name="Peaks">Of the Merkle tree at this size; worth nothing unless they give the root that was signed.</param>
public sealed record StoredCheckpoint(long Size, long Sequence, string Note, ReadOnlyMemory<byte> Peaks);

/// <summary>How far a log reaches.</summary>
/// <param name="Size">Links.</param>
/// <param name="Sequence">Of the last event chained; zero when there is none.</param>
/// <param name="SignedSize">Links that the last checkpoint covers.</param>
public sealed record AuditExtent(long Size, long Sequence, long SignedSize);

/// <summary>
/// The event log of one database and the audit log beside it, read in order, page by page. Writer and verifier of the
/// chain read events through this class alone, so that both see the same bytes.
/// </summary>
public sealed class AuditLog(NpgsqlDataSource database)
{
    private const int PageSize = 2000;

    // A tombstone fills the place of an event that was never committed. The store may write it long after the place
    // was passed, and it says nothing, so it has no part in the chain.
    private const string EventPage =
        """
        select seq_id, id, stream_id, version, tenant_id, type, mt_dotnet_type, timestamp,
               user_name, correlation_id, causation_id, headers, data
        from platform.mt_events
        where seq_id > $1 and seq_id <= $2 and type <> 'tombstone'
        order by seq_id limit $3
        """;

    private const string LinkPage =
        "select seq, idx, leaf, link from platform.audit_link where idx > $1 and idx <= $2 order by idx limit $3";

    private const string CheckpointPage =
        "select size, seq, note, peaks from platform.audit_checkpoint where size > $1 and size <= $2 order by size limit $3";

    /// <summary>Events of every tenant with a sequence in (after, upTo], in their order.</summary>
    public IAsyncEnumerable<RecordedEvent> EventsAsync(long after, long upTo, CancellationToken cancellationToken) =>
        PagesAsync(EventPage, after, upTo, ReadEvent, recorded => recorded.Sequence, cancellationToken);

    /// <summary>Links with an index in (after, upTo], in their order; -1 reads from the first.</summary>
    public IAsyncEnumerable<AuditLink> LinksAsync(long after, long upTo, CancellationToken cancellationToken) =>
        PagesAsync(LinkPage, after, upTo, ReadLink, link => link.Index, cancellationToken);

    /// <summary>Checkpoints with a size in (0, upTo], in their order.</summary>
    public IAsyncEnumerable<StoredCheckpoint> CheckpointsAsync(long upTo, CancellationToken cancellationToken) =>
        PagesAsync(CheckpointPage, 0, upTo, ReadCheckpoint, checkpoint => checkpoint.Size, cancellationToken);

    /// <summary>Null while nothing is chained.</summary>
    public Task<AuditLink?> LastLinkAsync(CancellationToken cancellationToken) =>
        LastAsync("select seq, idx, leaf, link from platform.audit_link order by idx desc limit 1", ReadLink, cancellationToken);

    /// <summary>Null while nothing is signed.</summary>
    public Task<StoredCheckpoint?> LastCheckpointAsync(CancellationToken cancellationToken) =>
        LastAsync(
            "select size, seq, note, peaks from platform.audit_checkpoint order by size desc limit 1",
            ReadCheckpoint,
            cancellationToken);

    /// <summary>How far the log reaches now. What is appended while one reads lies behind this mark.</summary>
    public async Task<AuditExtent> ExtentAsync(CancellationToken cancellationToken)
    {
        // In this order: a checkpoint is written after the links that it covers.
        var signed = await LastCheckpointAsync(cancellationToken);
        var last = await LastLinkAsync(cancellationToken);
        return new(last is null ? 0 : last.Index + 1, last?.Sequence ?? 0, signed?.Size ?? 0);
    }

    /// <summary>Events after a sequence: those that wait to be chained.</summary>
    public async Task<long> CountEventsAsync(long after, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            "select count(*) from platform.mt_events where seq_id > $1 and type <> 'tombstone'");
        command.Parameters.Add(new() { Value = after });
        return await command.ExecuteScalarAsync(cancellationToken) is long count ? count : 0;
    }

    private async Task<T?> LastAsync<T>(string sql, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
        where T : class
    {
        await using var command = database.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? read(reader) : null;
    }

    private async IAsyncEnumerable<T> PagesAsync<T>(
        string sql,
        long after,
        long upTo,
        Func<NpgsqlDataReader, T> read,
        Func<T, long> position,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var page = new List<T>(PageSize);
        do
        {
            page.Clear();
            await using (var command = database.CreateCommand(sql))
            {
                command.Parameters.Add(new() { Value = after });
                command.Parameters.Add(new() { Value = upTo });
                command.Parameters.Add(new() { Value = PageSize });
                await using var reader = await command.ExecuteReaderAsync(cancellationToken);
                while (await reader.ReadAsync(cancellationToken))
                {
                    page.Add(read(reader));
                }
            }

            foreach (var item in page)
            {
                yield return item;
            }

            after = page.Count > 0 ? position(page[^1]) : after;
        }
        while (page.Count == PageSize);
    }

    private static RecordedEvent ReadEvent(NpgsqlDataReader row) => new(
        row.GetInt64(0),
        row.GetGuid(1),
        row.GetGuid(2),
        row.GetInt64(3),
        row.GetString(4),
        row.GetString(5),
        Text(row, 6),
        row.GetFieldValue<DateTimeOffset>(7),
        Text(row, 8),
        Text(row, 9),
        Text(row, 10),
        row.IsDBNull(11) ? ReadOnlyMemory<byte>.Empty : row.GetFieldValue<byte[]>(11),
        row.GetFieldValue<byte[]>(12));

    private static AuditLink ReadLink(NpgsqlDataReader row) =>
        new(row.GetInt64(0), row.GetInt64(1), ReadDigest(row, 2), ReadDigest(row, 3));

    private static StoredCheckpoint ReadCheckpoint(NpgsqlDataReader row) =>
        new(row.GetInt64(0), row.GetInt64(1), row.GetString(2), row.GetFieldValue<byte[]>(3));

    // Bytes of another length are nobody's digest: the default fits no link, so the verifier names the place.
    private static Digest ReadDigest(NpgsqlDataReader row, int column) =>
        row.GetFieldValue<byte[]>(column) is { Length: Digest.Length } bytes ? Digest.From(bytes) : default;

    private static string? Text(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
