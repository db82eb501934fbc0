using System.Collections.Concurrent;
using System.Net;
using System.Security.Claims;
using Microsoft.AspNetCore.SignalR;
using Platform.Workers.Realtime;

namespace Platform.Api.Realtime;

/// <summary>Opens the session of each connection, and knows all that are open.</summary>
public sealed class RealtimeSessions(
    IHubContext<RealtimeHub> hub, Topics topics, RealtimeMetrics metrics, RealtimeLimits limits, VerifyToken verify,
    AuthorizeTopic authorize, TimeProvider time, ILogger<RealtimeSessions> logger)
{
    private readonly ConcurrentDictionary<string, RealtimeSession> open = new(StringComparer.Ordinal);

    /// <summary>Ends every connection whose caller is barred.</summary>
    public void CutOff(Func<ClaimsPrincipal, IPAddress?, bool> isBarred)
    {
        foreach (var (_, session) in open)
            session.CutOff(isBarred);
    }

    internal RealtimeSession Open(HubCallerContext connection)
    {
        var client = hub.Clients.Client(connection.ConnectionId);
        var way = new FeedConnection(
            frame => client.SendAsync("f", frame, CancellationToken.None), connection.Abort);
        var line = new CallerConnection(connection.GetHttpContext()?.Connection.RemoteIpAddress, connection.Abort);
        return open[connection.ConnectionId] = new(
            new Feed(way, topics, metrics, time, logger), new(limits, time), line, verify, authorize);
    }

    internal ValueTask CloseAsync(HubCallerContext connection) =>
        open.TryRemove(connection.ConnectionId, out var session) ? session.DisposeAsync() : ValueTask.CompletedTask;
}
