using Marten;
using Platform.Domain.Secrets;

namespace Platform.Workers.Secrets;

/// <summary>The audit log's page of one secret and one day.</summary>
internal static class SecretReads
{
    extension(IDocumentSession session)
    {
        /// <summary>Adds the read, or the alert, to what the session commits. The secret's own stream is locked by it.</summary>
        /// <param name="fault">Null for a read.</param>
        public async Task RecordAsync(
            SecretAddress address, int version, SecretPurpose purpose, SecretFault? fault, DateTimeOffset now,
            CancellationToken cancellationToken)
        {
            var today = SecretAccessId.For(address, DateOnly.FromDateTime(now.UtcDateTime));
            var reads = await session.Events.FetchForWriting<SecretAccess>(today.Value, cancellationToken);
            reads.AppendOne(fault is { } what
                ? new SecretRefused(today, address.Id, address.Name, version, purpose, what)
                : new SecretRead(today, address.Id, address.Name, version, purpose));
        }
    }
}
