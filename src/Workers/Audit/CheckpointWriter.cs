using Npgsql;
using Platform.Domain.Audit;
using Platform.Projections.Audit;

namespace Platform.Workers.Audit;

/// <summary>
/// Signs the links that no checkpoint covers yet. It never signs a link that does not follow from what was signed
/// before, and of several nodes one signs at a time.
/// </summary>
public sealed class CheckpointWriter(NpgsqlDataSource database, AuditKey key, TimeProvider time)
{
    private const int LinksMax = 64 * Checkpoint.Interval;
    private const long LockId = 0x617564_6974; // "audit"

    private const string Insert =
        "insert into platform.audit_checkpoint (size, seq, note, peaks, at) values ($1, $2, $3, $4, $5)";

    private readonly AuditLog log = new(database);

    /// <summary>One transaction of at most 16384 links; true when there may be more.</summary>
    /// <exception cref="InvalidOperationException">The stored log does not follow from what this key signed.</exception>
    public async Task<bool> SignAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (!await TryLockAsync(connection, cancellationToken))
        {
            return false;
        }

        var (tree, chain) = Resume(await log.LastCheckpointAsync(cancellationToken));
        var signed = tree.Size;
        await foreach (var link in log.LinksAsync(signed - 1, signed - 1 + LinksMax, cancellationToken))
        {
            chain = Follow(chain, link);
            tree.Append(link.Leaf);
            if (tree.Size % Checkpoint.Interval == 0)
            {
                await WriteAsync(connection, tree, chain, cancellationToken);
            }
        }

        if (tree.Size > signed && tree.Size % Checkpoint.Interval != 0)
        {
            await WriteAsync(connection, tree, chain, cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return tree.Size - signed == LinksMax;
    }

    private (MerkleRange Tree, AuditChain Chain) Resume(StoredCheckpoint? last)
    {
        if (last is null)
        {
            return (new(), AuditChain.Empty);
        }

        if (SignedNote.Open(last.Note, key.Verifier, AuditKey.Verify, out var text) != NoteVerdict.Valid
            || Checkpoint.Parse(text) is not { } checkpoint)
        {
            throw new InvalidOperationException(
                $"The last checkpoint (size {last.Size}) was not signed by this node's audit.key; bring that key back.");
        }

        var tree = MerkleRange.Restore(last.Size, last.Peaks.Span);
        return tree.Root == checkpoint.Root && tree.Size == checkpoint.Size
            ? (tree, new(checkpoint.Size, checkpoint.Sequence, checkpoint.Head))
            : throw new InvalidOperationException($"The stored tree of checkpoint {last.Size} is not the one signed.");
    }

    private static AuditChain Follow(AuditChain chain, AuditLink link) =>
        link == chain.Next(link.Sequence, link.Leaf) && link.Sequence > chain.Sequence
            ? AuditChain.After(link)
            : throw new InvalidOperationException($"The link of event {link.Sequence} does not follow; it is not signed.");

    private async Task WriteAsync(
        NpgsqlConnection connection, MerkleRange tree, AuditChain chain, CancellationToken cancellationToken)
    {
        var checkpoint = new Checkpoint(tree.Size, tree.Root, chain.Head, chain.Sequence);
        await using var command = new NpgsqlCommand(Insert, connection);
        command.Parameters.Add(new() { Value = checkpoint.Size });
        command.Parameters.Add(new() { Value = checkpoint.Sequence });
        command.Parameters.Add(new() { Value = SignedNote.Sign(checkpoint.Text, key.Verifier, key.Sign) });
        command.Parameters.Add(new() { Value = tree.ToArray() });
        command.Parameters.Add(new() { Value = time.GetUtcNow() });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task<bool> TryLockAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("select pg_try_advisory_xact_lock($1)", connection);
        command.Parameters.Add(new() { Value = LockId });
        return await command.ExecuteScalarAsync(cancellationToken) is true;
    }
}
