using Platform.Domain.Values;

namespace Platform.Domain.Pools;

/// <summary>A fund, family office or desk, as its own rules see it.</summary>
public sealed record Pool(PoolId Id, string Name, Asset ReportingAsset, bool IsClosed)
{
    public static Pool? Evolve(Pool? pool, PoolEvent happened) => (pool, happened) switch
    {
        (null, PoolOpened e) => new(e.PoolId, e.Name, e.ReportingAsset, IsClosed: false),
        (not null, PoolClosed) => pool with { IsClosed = true },
        _ => pool,
    };
}
