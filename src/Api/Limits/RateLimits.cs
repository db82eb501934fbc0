using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;

namespace Platform.Api.Limits;

/// <summary>Who has used how much of what, as token buckets in memory.</summary>
public sealed class RateLimits : IAsyncDisposable
{
    // A bucket is not filled more often than that.
    private static readonly TimeSpan RefillMin = TimeSpan.FromMilliseconds(100);

    private readonly Dictionary<RateTier, PartitionedRateLimiter<RatePartition>> limiters;
    private readonly Dictionary<RateTier, RateLimit> limits;

    public RateLimits(IOptions<RateLimitOptions> options)
    {
        var said = options.Value;
        limits = new()
        {
            [RateTier.Api] = said.Api, [RateTier.WebSocket] = said.WebSocket, [RateTier.Static] = said.Static, [RateTier.Guess] = said.Guess,
        };
        limiters = limits.ToDictionary(tier => tier.Key, tier => PartitionedRateLimiter.Create<RatePartition, RatePartition>(
            partition => RateLimitPartition.GetTokenBucketLimiter(partition, each => BucketOf(tier.Value, each.Factor))));
        Concurrency = new(new() { PermitLimit = said.ConcurrentMax, QueueLimit = 0 });
    }

    /// <summary>Requests that are carried out now, whoever asked.</summary>
    public ConcurrencyLimiter Concurrency { get; }

    /// <summary>Takes what something costs from a caller's bucket.</summary>
    /// <returns>Null when it was there; else for how long it will not be.</returns>
    public TimeSpan? Take(RateTier tier, RatePartition partition, int weight)
    {
        // What costs more than a bucket holds takes all of it.
        var cost = Math.Clamp(weight, 1, limits[tier].Burst * partition.Factor);
        using var lease = limiters[tier].AttemptAcquire(partition, cost);
        if (lease.IsAcquired)
            return null;

        return lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : limits[tier].Period;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var limiter in limiters.Values)
            await limiter.DisposeAsync();
        await Concurrency.DisposeAsync();
    }

    private static TokenBucketRateLimiterOptions BucketOf(RateLimit limit, int factor)
    {
        var average = limit.Average * factor;
        var tokens = (int)Math.Ceiling(average * (RefillMin / limit.Period));
        return new()
        {
            TokenLimit = limit.Burst * factor,
            TokensPerPeriod = tokens,
            ReplenishmentPeriod = limit.Period * tokens / average,
            QueueLimit = 0,
        };
    }
}
