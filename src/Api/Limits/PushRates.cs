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
        var connection = invocationContext.Context;
        var partition = RatePartition.Of(connection.Caller, connection.GetHttpContext()?.Connection.RemoteIpAddress);
        return limits.Take(RateTier.WebSocket, partition, weight) is null ? next(invocationContext) : throw new HubException("rate_limited");
    }
}
