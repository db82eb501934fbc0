using System.Buffers;
using JasperFx.Events.Daemon;
using JasperFx.Events.Projections;
using Marten;
using Marten.Subscriptions;
using Platform.Domain.Audit;
using Platform.Projections;
using Platform.Projections.Audit;

namespace Platform.Workers.Audit;

/// <summary>
/// Chains every event of every tenant in the order of the store. The links go into the transaction that moves the
/// subscription's progress, so a crash loses both or neither; a second writer fails on the tables' keys.
/// </summary>
/// <remarks>
/// The page only says how far one may read: below its ceiling the sequence is final. The events themselves are read
/// raw, from behind the last link on, so that archived streams and events without a class are chained as well.
/// </remarks>
public sealed class AuditSubscription : SubscriptionBase
{
    private const string Append =
        """
        insert into platform.audit_link (seq, idx, leaf, link)
        select * from unnest(?::bigint[], ?::bigint[], ?::bytea[], ?::bytea[])
        """;

    public AuditSubscription()
    {
        Name = "Audit";
        IncludeArchivedEvents = true;
        Options.BatchSize = 1000;
    }

    public override async Task<IChangeListener> ProcessEventsAsync(
        EventRange page,
        ISubscriptionController controller,
        IDocumentOperations operations,
        CancellationToken cancellationToken)
    {
        var log = new AuditLog(operations.Database.Connections);
        var last = await log.LastLinkAsync(cancellationToken);
        var chain = last is null ? AuditChain.Empty : AuditChain.After(last);

        var links = new List<AuditLink>();
        var entry = new ArrayBufferWriter<byte>();
        await foreach (var recorded in log.EventsAsync(chain.Sequence, page.SequenceCeiling, cancellationToken))
        {
            entry.ResetWrittenCount();
            AuditEntry.Write(recorded, chain.Head, entry);
            var link = chain.Next(recorded.Sequence, AuditHash.Leaf(entry.WrittenSpan));
            links.Add(link);
            chain = AuditChain.After(link);
        }

        if (links.Count > 0)
        {
            operations.QueueSqlCommand(
                Append,
                links.Select(link => link.Sequence).ToArray(),
                links.Select(link => link.Index).ToArray(),
                links.Select(link => link.Leaf.ToArray()).ToArray(),
                links.Select(link => link.Link.ToArray()).ToArray());
        }

        return NullChangeListener.Instance;
    }
}
