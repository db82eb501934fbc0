using Marten;
using Platform.Domain.Values;
using Platform.Projections;
using Platform.Projections.Trading;

namespace Platform.Api.Trading;

/// <summary>
/// The <c>after</c> of a read: waits until the read models have come as far as the command's answer said, at most two
/// seconds, then answers with what there is.
/// </summary>
public sealed class ReadYourWrites(IDocumentStore store, TimeProvider time)
{
    private static readonly TimeSpan WaitMax = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(20);

    /// <summary>Waits without reading; tells how far the read models have come.</summary>
    public async Task<long> ReachAsync(PoolId pool, long? after, CancellationToken cancellationToken)
    {
        await using var session = await OpenAsync(pool, after, cancellationToken);
        return await session.ProgressOfAsync(TradingStore.ReadModels, cancellationToken);
    }

    /// <summary>A session on the pool's own data.</summary>
    /// <param name="after">Null or zero: as it is now.</param>
    public async Task<IQuerySession> OpenAsync(PoolId pool, long? after, CancellationToken cancellationToken)
    {
        var session = store.QuerySession(pool.Tenant);
        var start = time.GetTimestamp();
        // Whoever waits for nothing asks nothing.
        while (after is { } wanted && wanted > await session.ProgressOfAsync(TradingStore.ReadModels, cancellationToken)
            && time.GetElapsedTime(start) < WaitMax)
            await Task.Delay(Poll, time, cancellationToken);
        return session;
    }
}
