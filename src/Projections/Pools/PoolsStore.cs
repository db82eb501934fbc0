using JasperFx.Events;
using JasperFx.Events.Projections;
using Marten;
using Marten.Events.Aggregation;
using Platform.Domain.Pools;
using Platform.Domain.Values;

namespace Platform.Projections.Pools;

/// <summary>Everything the event store has to know about pools.</summary>
public static class PoolsStore
{
    extension(StoreOptions options)
    {
        public void AddPools()
        {
            options.Events.AddEventTypes([typeof(PoolOpened), typeof(PoolClosed)]);
            options.Projections.Add<PoolProjection>(ProjectionLifecycle.Inline);
        }
    }
}

/// <summary>Keeps the domain's <see cref="Pool"/> in the same commit: few, small, and read at every sign-in.</summary>
public sealed class PoolProjection : SingleStreamProjection<Pool, PoolId>
{
    public override Pool? Evolve(Pool? snapshot, PoolId id, IEvent e) =>
        e.Data is PoolEvent happened ? Pool.Evolve(snapshot, happened) : snapshot;
}
