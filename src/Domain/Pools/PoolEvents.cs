using Platform.Domain.Values;

namespace Platform.Domain.Pools;

/// <summary>The facts of one pool. Closed: every case is in this file.</summary>
public abstract record PoolEvent
{
    private protected PoolEvent() { }
}

/// <summary>A fund, family office or desk began.</summary>
/// <param name="ReportingAsset">In what its gains are counted.</param>
public sealed record PoolOpened(PoolId PoolId, string Name, Asset ReportingAsset) : PoolEvent;

/// <summary>It ended: what happened in it can be read by who was in it, and nothing happens in it any more.</summary>
public sealed record PoolClosed(PoolId PoolId) : PoolEvent;
