using Microsoft.AspNetCore.SignalR;
using Platform.Workers.Realtime;

namespace Platform.Api.Realtime;

/// <summary>Opens the session of each connection.</summary>
public sealed class RealtimeSessions(
    IHubContext<RealtimeHub> hub, Topics topics, RealtimeMetrics metrics, RealtimeLimits limits, VerifyToken verify,
    AuthorizeTopic authorize, TimeProvider time, ILogger<RealtimeSessions> logger)
{
    internal RealtimeSession Open(HubCallerContext connection)
    {
        var client = hub.Clients.Client(connection.ConnectionId);
        var way = new FeedConnection(
            frame => client.SendAsync("f", frame, CancellationToken.None), connection.Abort);
        return new(new Feed(way, topics, metrics, time, logger), new(limits, time), verify, authorize);
    }
}
