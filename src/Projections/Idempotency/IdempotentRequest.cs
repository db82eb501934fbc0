using Marten;
using Marten.Services;

namespace Platform.Projections.Idempotency;

/// <summary>
/// A request that named its intent, as long as it is carried out. Whatever is committed for it, by whichever session,
/// commits the key too.
/// </summary>
public sealed class IdempotentRequest(Guid id, string digest, DateTimeOffset at, TimeSpan kept) : IDisposable
{
    // It flows with the request into the handlers that the bus runs for it, and ends with it.
    private static readonly AsyncLocal<IdempotentRequest?> Under = new();

    private volatile bool isOver;
    private volatile bool isCommitted;

    /// <summary>Null while nothing is carried out under a key.</summary>
    public static IdempotentRequest? Current => Under.Value is { isOver: false } request ? request : null;

    public Guid Id => id;

    /// <summary>Whether the key is in the store.</summary>
    public bool IsCommitted => isCommitted;

    public static IdempotentRequest Begin(Guid id, string digest, DateTimeOffset at, TimeSpan kept) =>
        Under.Value = new(id, digest, at, kept);

    /// <summary>Without an answer yet.</summary>
    public IdempotencyRecord Record() => new(id, digest, at, at + kept, Answer: null);

    /// <summary>From now on no commit adds the key.</summary>
    public void Commit() => isCommitted = true;

    /// <summary>What messages carry on from here is no longer the request.</summary>
    public void Dispose() => isOver = true;
}

/// <summary>Adds the key to the first commit that changes something.</summary>
internal sealed class IdempotentCommit : DocumentSessionListenerBase
{
    public override Task BeforeSaveChangesAsync(IDocumentSession session, CancellationToken token)
    {
        if (IdempotentRequest.Current is { IsCommitted: false } request
            && (session.PendingChanges.Streams().Any() || session.PendingChanges.Operations().Any()))
            session.Insert(request.Record());
        return Task.CompletedTask;
    }

    public override Task AfterCommitAsync(IDocumentSession session, IChangeSet commit, CancellationToken token)
    {
        if (IdempotentRequest.Current is { } request && !request.IsCommitted && commit.Inserted.OfType<IdempotencyRecord>().Any(record => record.Id == request.Id))
            request.Commit();
        return Task.CompletedTask;
    }
}
