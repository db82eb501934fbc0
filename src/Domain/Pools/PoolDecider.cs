using Platform.Domain.Values;

namespace Platform.Domain.Pools;

/// <summary>Begin a pool.</summary>
public sealed record OpenPool(PoolId PoolId, string Name, Asset ReportingAsset);

/// <summary>End a pool for good.</summary>
public sealed record ClosePool(PoolId PoolId);

/// <summary>The rules of a pool.</summary>
public static class PoolDecider
{
    public static Decision<PoolEvent> Decide(OpenPool command, Pool? pool) => pool switch
    {
        null => new PoolOpened(command.PoolId, command.Name, command.ReportingAsset),
        _ => Decision<PoolEvent>.Nothing,
    };

    public static Decision<PoolEvent> Decide(ClosePool command, Pool? pool) => pool switch
    {
        null => Refusal.NotFound,
        { IsClosed: true } => Decision<PoolEvent>.Nothing,
        _ => new PoolClosed(command.PoolId),
    };
}
