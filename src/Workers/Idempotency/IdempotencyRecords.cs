using Marten;
using Platform.Projections.Idempotency;

namespace Platform.Workers.Idempotency;

/// <summary>Reads and completes what is remembered of callers' keys.</summary>
public sealed class IdempotencyRecords(IDocumentStore store, TimeProvider time)
{
    private const int EvictedAtOnce = 1_000;

    /// <summary>Null when the key is free.</summary>
    public async Task<IdempotencyRecord?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var session = store.QuerySession();
        return await session.LoadAsync<IdempotencyRecord>(id, cancellationToken) is { } record && record.ExpiresAt > time.GetUtcNow()
            ? record
            : null;
    }

    /// <summary>Adds the answer; takes the key for a request that changed nothing and so committed nothing.</summary>
    public async Task AnswerAsync(IdempotentRequest request, RecordedAnswer answer, CancellationToken cancellationToken)
    {
        await using var session = store.LightweightSession();
        var record = request.Record() with { Answer = answer };
        if (request.IsCommitted)
            session.Update(record);
        else
            session.Insert(record);
        request.Commit();
        try
        {
            await session.SaveChangesAsync(cancellationToken);
        }
        catch (Exception error) when (error.IsKeyTaken)
        {
            // Another with the same key was first, and its answer is the one.
        }
    }

    /// <summary>Forgets keys whose time is over, oldest first.</summary>
    /// <returns>Whether there may be more.</returns>
    public async Task<bool> EvictAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var session = store.LightweightSession();
        var over = await session.Query<IdempotencyRecord>().Where(record => record.ExpiresAt <= now)
            .OrderBy(record => record.ExpiresAt).Take(EvictedAtOnce).Select(record => record.Id).ToListAsync(cancellationToken);
        foreach (var id in over)
            session.Delete<IdempotencyRecord>(id);
        await session.SaveChangesAsync(cancellationToken);
        return over.Count == EvictedAtOnce;
    }
}
