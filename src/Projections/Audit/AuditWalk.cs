using System.Runtime.CompilerServices;
using Platform.Domain.Audit;

namespace Platform.Projections.Audit;

/// <summary>One verified step through a log, or the finding that ends it. Closed: every case is in this file.</summary>
public abstract record AuditStep
{
    private protected AuditStep() { }
}

/// <summary>An event that holds.</summary>
/// <param name="Bytes">The canonical bytes of its entry, valid until the next step is asked for.</param>
public sealed record EventHolds(RecordedEvent Recorded, Digest Leaf, ReadOnlyMemory<byte> Bytes) : AuditStep;

/// <summary>A checkpoint that holds.</summary>
public sealed record CheckpointHolds(string Note) : AuditStep;

/// <summary>The first thing wrong; nothing comes after it.</summary>
public sealed record StepFails(AuditFinding Finding) : AuditStep;

/// <summary>Walks events, links and checkpoints of a database side by side, recomputing each from the events.</summary>
public static class AuditWalk
{
    public static async IAsyncEnumerable<AuditStep> StepsAsync(
        AuditLog log,
        AuditExtent extent,
        AuditVerifier verifier,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var events = log.EventsAsync(0, extent.Sequence, cancellationToken).GetAsyncEnumerator(cancellationToken);
        await using var notes = log.CheckpointsAsync(extent.SignedSize, cancellationToken).GetAsyncEnumerator(cancellationToken);
        var recorded = await NextAsync(events);
        var note = await NextAsync(notes);

        await foreach (var link in log.LinksAsync(-1, extent.Size - 1, cancellationToken))
        {
            if (Unpaired(recorded, link) is { } unpaired)
            {
                yield return new StepFails(unpaired);
                yield break;
            }

            if (verifier.Event(recorded!, link) is { } broken)
            {
                yield return new StepFails(broken);
                yield break;
            }

            yield return new EventHolds(recorded!, link.Leaf, verifier.LastEntry);
            recorded = await NextAsync(events);

            if (note is null || note.Size > verifier.Chain.Size)
            {
                continue;
            }

            if (verifier.Checkpoint(note.Note) is { } unsigned)
            {
                yield return new StepFails(unsigned);
                yield break;
            }

            yield return new CheckpointHolds(note.Note);
            note = await NextAsync(notes);
        }

        if (recorded is not null)
        {
            yield return new StepFails(NeverChained(recorded));
        }
        else if (note is not null)
        {
            yield return new StepFails(verifier.Checkpoint(note.Note) ?? Beyond(verifier));
        }
    }

    private static AuditFinding? Unpaired(RecordedEvent? recorded, AuditLink link)
    {
        if (recorded is null || recorded.Sequence > link.Sequence)
        {
            return new(AuditFault.BrokenChain, link.Sequence, "The event was chained and is gone.");
        }

        return recorded.Sequence < link.Sequence ? NeverChained(recorded) : null;
    }

    private static AuditFinding NeverChained(RecordedEvent recorded) =>
        new(AuditFault.BrokenChain, recorded.Sequence, "The event has no link in the chain.");

    // Its row claims a greater size than its note does.
    private static AuditFinding Beyond(AuditVerifier verifier) =>
        new(AuditFault.Truncated, verifier.Chain.Sequence, "A checkpoint stands where there are no entries.");

    private static async ValueTask<T?> NextAsync<T>(IAsyncEnumerator<T> items)
        where T : class =>
        await items.MoveNextAsync() ? items.Current : null;
}
