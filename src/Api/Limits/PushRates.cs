using Microsoft.AspNetCore.SignalR;
using Platform.Api.Realtime;

namespace Platform.Api.Limits;

/// <summary>Counts what is asked over a connection of the push: each call, and each topic in one.</summary>
public sealed class PushRates(RateLimits limits) : IHubFilter
{
    public ValueTask<object?> InvokeMethodAsync(
        HubInvocationContext invocationContext, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        var weight = invocationContext.HubMethodArguments is [IReadOnlyCollection<WatchRequest> topics] ? Math.Max(1, topics.Count) : 1;
        return invocationContext.Context.GetHttpContext() is { } http
            && limits.Take(RateTier.WebSocket, RatePartition.Of(http), weight) is not null
                ? throw new HubException("rate_limited")
                : next(invocationContext);
    }
}
